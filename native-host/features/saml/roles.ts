/** A role that a SAML response offers, with the provider that vouches for it. */
export interface SamlRole {
  readonly roleArn: string;
  readonly providerArn: string;
  readonly accountId: string;
  /** Without its path. */
  readonly roleName: string;
}

const ROLE = String.raw`arn:aws[a-z-]*:iam::\d{12}:role\/[\x21-\x39\x3b-\x7e]{1,576}`;
const PROVIDER = String.raw`arn:aws[a-z-]*:iam::\d{12}:saml-provider\/[\w.-]{1,128}`;
/** A role's name may have a comma of its own, so the place to part the two is before `arn:`. */
const PAIRS = [
  new RegExp(`^(?<role>${ROLE})\\s*,\\s*(?<provider>${PROVIDER})$`),
  new RegExp(`^(?<provider>${PROVIDER})\\s*,\\s*(?<role>${ROLE})$`),
];
const PARTS = /^arn:(?<partition>[^:]+):iam::(?<accountId>\d{12}):(?<rest>.+)$/;

/**
 * One value of the attribute `https://aws.amazon.com/SAML/Attributes/Role`: two ARNs of one partition, in either order
 * (IAM User Guide, "Configure SAML assertions for the authentication response"). Undefined for anything else.
 */
export function parseRoleValue(value: string): SamlRole | undefined {
  for (const pattern of PAIRS) {
    const { role, provider } = pattern.exec(value.trim())?.groups ?? {};
    if (role === undefined || provider === undefined) continue;
    const { partition, accountId = '', rest = '' } = PARTS.exec(role)?.groups ?? {};
    if (partition !== PARTS.exec(provider)?.groups?.partition) return undefined;
    const roleName = rest.slice(rest.lastIndexOf('/') + 1);
    if (!/^[\w+=,.@-]{1,64}$/.test(roleName)) return undefined;
    return { roleArn: role, providerArn: provider, accountId, roleName };
  }
  return undefined;
}

/** Identity Center makes these roles; STS gives them to nobody else, whatever an assertion says. */
export const isIdentityCenterRole = ({ roleName }: Pick<SamlRole, 'roleName'>): boolean =>
  roleName.startsWith('AWSReservedSSO_');
