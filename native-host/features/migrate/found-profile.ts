import type { SharedConfig } from '../../base/formats/profiles.ts';
import type { SamlSettings } from '../saml/saml-settings.ts';

/** Where profiles can come from. */
export const TOOLS = ['saml2aws', 'aws-sso-cli', 'granted', 'aws-vault', 'leapp', 'legacy-sso'] as const;
export type Tool = (typeof TOOLS)[number];

/** A profile that another tool fills, with what its files tell of it. Nothing of it is checked yet. */
export interface FoundProfile {
  readonly tool: Tool;
  readonly profile: string;
  /** In which file its section is. */
  readonly where: 'config' | 'credentials';
  readonly accountId?: string;
  readonly roleName?: string;
  readonly startUrl?: string;
  readonly ssoRegion?: string;
  readonly region?: string;
  readonly output?: string;
  /** Keys of the section that belong to the tool. */
  readonly oldKeys: readonly string[];
  /** The SAML sign-in that it can become where no portal offers the role. */
  readonly saml?: SamlSettings;
  /** Why it cannot be taken over at all. */
  readonly obstacle?: string;
}

export interface Sources {
  readonly config: SharedConfig;
  readonly credentialsFile: string;
  /** Text of `~/.saml2aws`; empty when there is none. */
  readonly saml2aws: string;
  readonly platform: string;
}

/** Account and role of an ARN: of a role, or of a session with one. */
export function ofArn(arn: string | undefined): Pick<FoundProfile, 'accountId' | 'roleName'> {
  const { account, path } =
    /^arn:[\w-]+:(?:iam|sts)::(?<account>\d{12}):(?:role|assumed-role)\/(?<path>\S+)$/.exec(arn ?? '')
      ?.groups ?? {};
  if (account === undefined || path === undefined) return {};
  const parts = path.split('/');
  const name = /:assumed-role\//.test(arn ?? '') ? parts[0] : parts.at(-1);
  return { accountId: account, ...(name ? { roleName: name } : {}) };
}

/** Without what is not told. */
export function told<T extends Record<string, string | undefined>>(facts: T): { [K in keyof T]?: string } {
  const known: { [K in keyof T]?: string } = {};
  for (const name in facts) {
    const value: string | undefined = facts[name];
    if (value !== undefined) known[name] = value;
  }
  return known;
}
