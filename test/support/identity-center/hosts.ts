import { createHash } from 'node:crypto';

/** One Identity Center instance: where its portal lives and in which region. */
export interface Directory {
  readonly alias: string;
  readonly region: string;
  /** `d-` and ten digits, as in a sign-in address. */
  readonly id: string;
  /** Host of the portal. */
  readonly host: string;
  /** Path of the portal without a trailing slash: `/start`, `/directory/corp` or empty. */
  readonly base: string;
  readonly startUrl: string;
}

type Place = (alias: string, region: string, instance: string) => readonly [host: string, base: string];

/** The portal addresses that exist, by partition and age (AWS CLI v2 keeps the same list in its start-URL resolver). */
const PORTALS = {
  awsapps: (alias) => [`${alias}.awsapps.com`, '/start'],
  instance: (_, region, instance) => [`${instance}.${region}.portal.amazonaws.com`, ''],
  'instance-dual-stack': (_, region, instance) => [`${instance}.portal.${region}.app.aws`, ''],
  'builder-id': () => ['view.awsapps.com', '/start'],
  govcloud: (alias) => ['start.us-gov-home.awsapps.com', `/directory/${alias}`],
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

/** A directory with ids that follow from its alias, so that two runs agree. */
export function createDirectory(alias: string, region: string, form: PortalForm): Directory {
  const digits = createHash('sha256').update(alias).digest('hex');
  const place: Place = PORTALS[form];
  const [host, base] = place(alias, region, `ssoins-${digits.slice(0, 16)}`);
  return { alias, region, id: `d-${digits.slice(16, 26)}`, host, base, startUrl: `https://${host}${base}` };
}

/** The hosts of a region that are not the portal. Sign-in hosts outside the commercial partition are our guess. */
export function regionHosts(region: string): {
  oidc: string;
  portalApi: string;
  device: string;
  signIn: string;
} {
  const suffix = region.startsWith('cn-')
    ? 'amazonaws.com.cn'
    : region.startsWith('eusc-')
      ? 'amazonaws.eu'
      : 'amazonaws.com';
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
    device: `device.sso.${region}.${suffix}`,
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
] as const;

export type HostRole =
  | 'oidc'
  | 'portal-api'
  | 'sts'
  | 'portal'
  | 'sign-in'
  | 'aws-sign-in'
  | 'device'
  | 'loopback';

const DNS_SUFFIX = String.raw`(?:amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|api\.aws)`;
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
  if (directories.some((directory) => directory.host === host)) return ['portal', null];
  const behind = directories.find((directory) => regionHosts(directory.region).signIn === host);
  return behind === undefined ? null : ['sign-in', behind.region];
}
