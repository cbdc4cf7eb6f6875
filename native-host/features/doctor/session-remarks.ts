import { startUrlFacts } from '../../../shared/aws/start-url.ts';
import { wantsVariant } from '../../aws/calls/endpoints.ts';
import { type ConfigSection, type SharedConfig, textValue } from '../../base/formats/profiles.ts';
import { type Finding, inline, ok } from './check.ts';

type Env = Readonly<Record<string, string | undefined>>;

const MOST = 5;

/** What the AWS CLI will stumble over in sessions that awsher copes with: worth knowing, and nothing to mend for awsher. */
export function sessionRemarks({ ssoSessions }: SharedConfig, env: Env): Finding[] {
  const remarks = [...ssoSessions.values()].flatMap((section) => [
    ...withoutScopes(section),
    ...otherFamily(section, env),
  ]);
  return remarks.slice(0, MOST).map((remark) => ok(inline(remark)));
}

/** Without a scope AWS gives the CLI no refresh token (aws-cli customizations/sso: `sso_registration_scopes`). */
function withoutScopes(section: ConfigSection): string[] {
  const scopes = textValue(section, 'sso_registration_scopes') ?? '';
  if (scopes.trim() !== '') return [];
  return [`sso-session ${section.name} has no sso_registration_scopes: the AWS CLI cannot renew its sign-in`];
}

/** The AWS CLI chooses its endpoints by a setting, awsher by the portal: where they differ the CLI asks the other family. */
function otherFamily(section: ConfigSection, env: Env): string[] {
  const { family } = startUrlFacts(textValue(section, 'sso_start_url') ?? '');
  const asked = wantsVariant('DUALSTACK', env) ? 'dual-stack' : 'ipv4';
  if (family === null || family === asked) return [];
  const change = family === 'dual-stack' ? 'set' : 'unset';
  return [
    `sso-session ${section.name} has a portal of the ${family} family, and the AWS CLI would ask the ${asked} endpoints: ${change} AWS_USE_DUALSTACK_ENDPOINT=true for it`,
  ];
}
