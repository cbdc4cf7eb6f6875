import { createHash } from 'node:crypto';

/** AWS's two families of host names; an instance has a portal in each, and answers with the one of the host that was asked. */
export type Family = 'ipv4' | 'dual-stack';

export interface Portal {
  readonly host: string;
  /** Path of the portal without a trailing slash: `/start`, `/directory/corp` or empty. */
  readonly base: string;
  readonly startUrl: string;
}

/** One Identity Center instance: where its portals live and in which region. The first one is that of its start URL. */
export interface Directory extends Portal {
  readonly alias: string;
  readonly region: string;
  /** `d-` and ten digits, as in a sign-in address. */
  readonly id: string;
  /** `ssoins-` and 16 digits, as in its issuer address. */
  readonly instance: string;
  readonly portals: Readonly<Record<Family, Portal>>;
}

type Place = (alias: string, region: string, instance: string) => readonly [host: string, base: string];

/** The portal addresses that exist, by partition and age (AWS CLI v2 keeps the same list in its start-URL resolver). */
const PORTALS = {
  awsapps: (alias) => [`${alias}.awsapps.com`, '/start'],
  instance: (_, region, instance) => [`${instance}.${region}.portal.amazonaws.com`, ''],
  'instance-dual-stack': (_, region, instance) => [`${instance}.portal.${region}.app.aws`, ''],
  'builder-id': () => ['view.awsapps.com', '/start'],
  govcloud: (alias) => ['start.us-gov-home.awsapps.com', `/directory/${alias}`],
  'govcloud-instance': (_, region, instance) => [`${instance}.${region}.portal.amazonaws.com`, ''],
  'govcloud-regional': (alias, region) => [`start.${region}.us-gov-home.awsapps.com`, `/directory/${alias}`],
  china: (alias) => ['start.home.awsapps.cn', `/directory/${alias}`],
  'china-regional': (alias, region) => [`start.${region}.home.awsapps.cn`, `/directory/${alias}`],
  'china-instance': (_, region, instance) => [`${instance}.${region}.portal.amazonaws.com.cn`, ''],
  'china-dual-stack': (_, region, instance) => [
    `${instance}.portal.${region}.app.amazonwebservices.com.cn`,
    '',
  ],
  'eu-sovereign': (_, region, instance) => [`${instance}.${region}.portal.amazonaws.eu`, ''],
  'eu-sovereign-dual-stack': (_, region, instance) => [
    `${instance}.portal.${region}.api.amazonwebservices.eu`,
    '',
  ],
} satisfies Record<string, Place>;

export type PortalForm = keyof typeof PORTALS;

/** The form of the same instance in the other family. */
const OTHER: Record<PortalForm, PortalForm> = {
  awsapps: 'instance-dual-stack',
  instance: 'instance-dual-stack',
  'instance-dual-stack': 'instance',
  'builder-id': 'instance-dual-stack',
  govcloud: 'instance-dual-stack',
  'govcloud-instance': 'instance-dual-stack',
  'govcloud-regional': 'instance-dual-stack',
  china: 'china-dual-stack',
  'china-regional': 'china-dual-stack',
  'china-instance': 'china-dual-stack',
  'china-dual-stack': 'china-instance',
  'eu-sovereign': 'eu-sovereign-dual-stack',
  'eu-sovereign-dual-stack': 'eu-sovereign',
};

/** A directory with ids that follow from its alias, so that two runs agree. */
export function createDirectory(alias: string, region: string, form: PortalForm): Directory {
  const digits = createHash('sha256').update(alias).digest('hex');
  const instance = `ssoins-${digits.slice(0, 16)}`;
  const portalIn = (one: PortalForm): Portal => {
    const place: Place = PORTALS[one];
    const [host, base] = place(alias, region, instance);
    return { host, base, startUrl: `https://${host}${base}` };
  };
  const own = portalIn(form);
  const other = portalIn(OTHER[form]);
  const portals = form.endsWith('dual-stack')
    ? { ipv4: other, 'dual-stack': own }
    : { ipv4: own, 'dual-stack': other };
  return { alias, region, id: `d-${digits.slice(16, 26)}`, instance, portals, ...own };
}

/** The portal of a directory that has this host name. */
export const portalAt = ({ portals }: Directory, host: string): Portal | undefined =>
  Object.values(portals).find((portal) => portal.host === host);

/** The family of an API's or a portal's host name; `null` where it has none. */
export function familyOfHost(host: string): Family | null {
  if (/(^|\.)(api\.aws|app\.aws|amazonwebservices\.(com\.cn|eu))$/.test(host)) return 'dual-stack';
  return /(^|\.)(amazonaws\.(com|com\.cn|eu)|awsapps\.(com|cn))$/.test(host) ? 'ipv4' : null;
}

/** The hosts of a region that are not the portal. Sign-in hosts outside the commercial partition are our guess. */
export function regionHosts(
  region: string,
  family: Family = 'ipv4',
): {
  oidc: string;
  portalApi: string;
  device: string;
  signIn: string;
} {
  const suffixes = region.startsWith('cn-')
    ? (['amazonaws.com.cn', 'api.amazonwebservices.com.cn'] as const)
    : region.startsWith('eusc-')
      ? (['amazonaws.eu', 'api.amazonwebservices.eu'] as const)
      : (['amazonaws.com', 'api.aws'] as const);
  const suffix = suffixes[family === 'ipv4' ? 0 : 1];
  const signIn = region.startsWith('cn-')
    ? `${region}.signin.amazonaws.cn`
    : region.startsWith('eusc-')
      ? `${region}.signin.amazonaws-eusc.eu`
      : region.startsWith('us-gov-')
        ? 'signin-fips.amazonaws-us-gov.com'
        : `${region}.signin.aws`;
  return {
    oidc: `oidc.${region}.${suffix}`,
    portalApi: `portal.sso.${region}.${suffix}`,
    device: `device.sso.${region}.${suffixes[0]}`,
    signIn,
  };
}

/** What a browser has to be told to find here; anything else it must not find at all. */
export const HOST_PATTERNS = [
  '*.awsapps.com',
  '*.awsapps.cn',
  '*.amazonaws.com',
  '*.amazonaws.com.cn',
  '*.amazonaws.cn',
  '*.amazonaws.eu',
  '*.amazonwebservices.com.cn',
  '*.amazonwebservices.eu',
  '*.amazonaws-eusc.eu',
  '*.amazonaws-us-gov.com',
  '*.aws.amazon.com',
  '*.app.aws',
  '*.api.aws',
  '*.signin.aws',
  // Start URLs of a company's own.
  '*.corp.example',
] as const;

export type HostRole =
  | 'oidc'
  | 'portal-api'
  | 'sts'
  | 'portal'
  | 'sign-in'
  | 'aws-sign-in'
  | 'device'
  | 'own'
  | 'loopback';

const DNS_SUFFIX = String.raw`(?:amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|api\.aws|api\.amazonwebservices\.(?:com\.cn|eu))`;
const API_HOSTS: readonly (readonly [HostRole, RegExp])[] = [
  ['oidc', new RegExp(`^oidc\\.([a-z0-9-]+)\\.${DNS_SUFFIX}$`)],
  ['portal-api', new RegExp(`^portal\\.sso\\.([a-z0-9-]+)\\.${DNS_SUFFIX}$`)],
  ['device', new RegExp(`^device\\.sso\\.([a-z0-9-]+)\\.${DNS_SUFFIX}$`)],
  [
    'aws-sign-in',
    /^(?:([a-z0-9-]+)\.)?signin\.(?:aws\.amazon\.com|amazonaws-us-gov\.com|amazonaws\.cn|amazonaws-eusc\.eu)$/,
  ],
  ['sts', new RegExp(`^sts\\.(?:([a-z0-9-]+)\\.)?${DNS_SUFFIX}$`)],
];

/** What a host name stands for here, and its region where the name tells; null is a host that AWS has and we do not. */
export function hostRole(host: string, directories: readonly Directory[]): [HostRole, string | null] | null {
  if (host === '127.0.0.1' || host === 'localhost') return ['loopback', null];
  for (const [role, pattern] of API_HOSTS) {
    const match = pattern.exec(host);
    if (match !== null) return [role, match[1] ?? null];
  }
  if (host.endsWith('.corp.example')) return ['own', null];
  if (directories.some((directory) => portalAt(directory, host) !== undefined)) return ['portal', null];
  const behind = directories.find((directory) => regionHosts(directory.region).signIn === host);
  return behind === undefined ? null : ['sign-in', behind.region];
}
