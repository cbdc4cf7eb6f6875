import { type Partition, partitionOf } from './regions.ts';

/**
 * AWS's host names, label by label. In a pattern `*` is exactly one label and `{region}` one region of the partition.
 * Source: AWS CLI v2 customizations/sso/resolve.py (start-URL resolver) and AWS's endpoint rules; docs/threat-model.md.
 */
/** `sign-in`: where the person proves who they are, and where AWS has begun to compare codes, too. */
type HostKind = 'portal' | 'device' | 'sign-in';

/**
 * AWS serves Identity Center under two families of host names that must not be mixed: StartDeviceAuthorization answers
 * with a portal of the family that was asked, and an IdP may take only one of them (fwdcloudsec/granted #960,
 * aws/aws-cli #10507). The portal's own host tells which one is meant.
 */
export type Family = 'ipv4' | 'dual-stack';

interface HostPattern {
  kind: HostKind;
  partition: Partition['id'];
  /** `null`: the host tells none (`awsapps.com` is older than the families). */
  family: Family | null;
  /** Where the pages begin on their host; other paths of `awsapps.com` are mail and documents of other services. */
  base: '' | '/start' | '/directory' | '/platform';
  pattern: string;
}

/** What a host name is to awsher. `region` and `family` are `null` where the name tells none. */
export interface PageSite {
  kind: HostKind;
  partition: Partition['id'];
  region: string | null;
  family: Family | null;
  base: HostPattern['base'];
}

type Id = Partition['id'];
const portal = (partition: Id, base: HostPattern['base'], pattern: string): HostPattern => {
  const family = base !== '' ? null : /\.portal\.\{region\}\./.test(pattern) ? 'dual-stack' : 'ipv4';
  return { kind: 'portal', partition, family, base, pattern };
};
const device = (partition: Id, pattern: string): HostPattern => ({
  kind: 'device',
  partition,
  family: 'ipv4',
  base: '',
  pattern,
});

export const PAGE_HOSTS: readonly HostPattern[] = [
  portal('aws', '/start', '*.awsapps.com'),
  portal('aws', '', '*.{region}.portal.amazonaws.com'),
  portal('aws', '', '*.portal.{region}.app.aws'),
  portal('aws-us-gov', '/directory', 'start.us-gov-home.awsapps.com'),
  portal('aws-us-gov', '/directory', 'start.{region}.us-gov-home.awsapps.com'),
  portal('aws-us-gov', '', '*.{region}.portal.amazonaws.com'),
  portal('aws-us-gov', '', '*.portal.{region}.app.aws'),
  portal('aws-cn', '/directory', 'start.home.awsapps.cn'),
  portal('aws-cn', '/directory', 'start.{region}.home.awsapps.cn'),
  portal('aws-cn', '', '*.{region}.portal.amazonaws.com.cn'),
  portal('aws-cn', '', '*.portal.{region}.app.amazonwebservices.com.cn'),
  portal('aws-eusc', '', '*.{region}.portal.amazonaws.eu'),
  portal('aws-eusc', '', '*.portal.{region}.api.amazonwebservices.eu'),
  device('aws', 'device.sso.{region}.amazonaws.com'),
  device('aws-us-gov', 'device.sso.{region}.amazonaws.com'),
  device('aws-cn', 'device.sso.{region}.amazonaws.com.cn'),
  // `https://ap-southeast-2.signin.aws/platform/authorize?request_uri=…` (ByteNess/aws-vault #440, September 2026).
  { kind: 'sign-in', partition: 'aws', family: null, base: '/platform', pattern: '{region}.signin.aws' },
];

/** The site behind a host name, or `null` for every other host of the world. */
export function pageHost(hostname: string): PageSite | null {
  const labels = hostname.split('.');
  for (const { kind, partition, family, base, pattern } of PAGE_HOSTS) {
    const wanted = pattern.split('.');
    if (wanted.length !== labels.length) continue;
    let region: string | null = null;
    const fits = wanted.every((want, index) => {
      const label = labels[index] ?? '';
      if (want === '*') return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label);
      if (want !== '{region}') return want === label;
      region = label;
      return partitionOf(label)?.id === partition;
    });
    if (fits) return { kind, partition, region, family, base };
  }
  return null;
}

/** The services of Identity Center by the first labels of their host names. */
const SERVICES = { oidc: 'oidc', portal: 'portal.sso' } as const;

/** `https://oidc.{region}.amazonaws.com`, or `https://oidc.{region}.api.aws` in the dual-stack family. */
export function serviceOrigin(
  service: keyof typeof SERVICES,
  region: string,
  family: Family | null = null,
): string {
  const { dnsSuffix, dualStackSuffix } = partitionOf(region) ?? {
    dnsSuffix: 'amazonaws.com',
    dualStackSuffix: 'api.aws',
  };
  return `https://${SERVICES[service]}.${region}.${family === 'dual-stack' ? dualStackSuffix : dnsSuffix}`;
}

/**
 * Where a program of this computer waits for the answer of the PKCE flow (RFC 8252 §7.3). AWS takes no other loopback
 * name: AWS CLI v2 customizations/sso/utils.py registers `http://127.0.0.1/oauth/callback`.
 */
export const LOOPBACK_HOST = '127.0.0.1';

/** The region whose sso-oidc endpoint, of either family, a host name is, or `null` for every other host of the world. */
export function oidcRegion(hostname: string): string | null {
  const region = hostname.split('.')[1] ?? '';
  const origins = [serviceOrigin('oidc', region), serviceOrigin('oidc', region, 'dual-stack')];
  return partitionOf(region) && origins.includes(`https://${hostname}`) ? region : null;
}
