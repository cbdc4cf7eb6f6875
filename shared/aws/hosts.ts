import { PARTITIONS, type Partition, partitionOf } from './regions.ts';

/**
 * AWS's host names, label by label. In a pattern `*` is exactly one label and `{region}` one region of the partition.
 * Source: AWS CLI v2 customizations/sso/resolve.py (start-URL resolver) and AWS's endpoint rules; docs/threat-model.md.
 */
type HostKind = 'portal' | 'device';

interface HostPattern {
  kind: HostKind;
  partition: Partition['id'];
  pattern: string;
}

/** What a host name is to awsher. `region` is `null` where the name holds none. */
export interface PageSite {
  kind: HostKind;
  partition: Partition['id'];
  region: string | null;
}

export const PAGE_HOSTS: readonly HostPattern[] = [
  { kind: 'portal', partition: 'aws', pattern: '*.awsapps.com' },
  { kind: 'portal', partition: 'aws', pattern: '*.{region}.portal.amazonaws.com' },
  { kind: 'portal', partition: 'aws', pattern: '*.portal.{region}.app.aws' },
  { kind: 'portal', partition: 'aws-us-gov', pattern: 'start.us-gov-home.awsapps.com' },
  { kind: 'portal', partition: 'aws-us-gov', pattern: 'start.{region}.us-gov-home.awsapps.com' },
  { kind: 'portal', partition: 'aws-us-gov', pattern: '*.portal.{region}.app.aws' },
  { kind: 'portal', partition: 'aws-cn', pattern: 'start.home.awsapps.cn' },
  { kind: 'portal', partition: 'aws-cn', pattern: 'start.{region}.home.awsapps.cn' },
  { kind: 'portal', partition: 'aws-cn', pattern: '*.{region}.portal.amazonaws.com.cn' },
  { kind: 'portal', partition: 'aws-cn', pattern: '*.portal.{region}.app.amazonwebservices.com.cn' },
  { kind: 'portal', partition: 'aws-eusc', pattern: '*.{region}.portal.amazonaws.eu' },
  { kind: 'portal', partition: 'aws-eusc', pattern: '*.portal.{region}.api.amazonwebservices.eu' },
  { kind: 'device', partition: 'aws', pattern: 'device.sso.{region}.amazonaws.com' },
  { kind: 'device', partition: 'aws-us-gov', pattern: 'device.sso.{region}.amazonaws.com' },
  { kind: 'device', partition: 'aws-cn', pattern: 'device.sso.{region}.amazonaws.com.cn' },
];

/** The site behind a host name, or `null` for every other host of the world. */
export function pageHost(hostname: string): PageSite | null {
  const labels = hostname.split('.');
  for (const { kind, partition, pattern } of PAGE_HOSTS) {
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
    if (fits) return { kind, partition, region };
  }
  return null;
}

/** The sso-oidc endpoint of a region: `https://oidc.{region}.amazonaws.com`. */
export function oidcOrigin(region: string): string {
  return `https://oidc.${region}.${partitionOf(region)?.dnsSuffix ?? 'amazonaws.com'}`;
}

/**
 * Where a program of this computer waits for the answer of the PKCE flow (RFC 8252 §7.3). AWS takes no other loopback
 * name: AWS CLI v2 customizations/sso/utils.py registers `http://127.0.0.1/oauth/callback`.
 */
export const LOOPBACK_HOST = '127.0.0.1';

/**
 * WebExtension match patterns. They allow `*` only as the leftmost label, so regions are spelled out.
 * `pages`: where the content script reads; `apis`: what the background fetches. Nothing else is asked for.
 */
export function matchPatterns(): { pages: string[]; apis: string[] } {
  const pages = PAGE_HOSTS.flatMap(({ pattern, partition }) => {
    const regions = PARTITIONS.find(({ id }) => id === partition)?.regions ?? [];
    return pattern.includes('{region}')
      ? regions.map((region) => pattern.replace('{region}', region))
      : [pattern];
  });
  const apis = PARTITIONS.flatMap(({ regions }) => regions.map(oidcOrigin));
  const unique = (list: string[]) => [...new Set(list)];
  return {
    pages: unique(pages.map((host) => `https://${host}/*`)),
    apis: unique(apis.map((origin) => `${origin}/*`)),
  };
}

/** The region whose sso-oidc endpoint a host name is, or `null` for every other host of the world. */
export function oidcRegion(hostname: string): string | null {
  const region = hostname.split('.')[1] ?? '';
  return partitionOf(region) && oidcOrigin(region) === `https://${hostname}` ? region : null;
}
