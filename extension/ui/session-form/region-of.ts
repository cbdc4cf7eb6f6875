import { pageHost } from '../../../shared/aws/hosts.ts';

/**
 * The region that a start URL tells by itself, as far as it is typed: newer portals carry it in their host name
 * (`ssoins-….eu-west-1.portal.amazonaws.com`), those under `awsapps.com` do not.
 */
export function regionOf(startUrl: string): string | null {
  const [, hostname] = /^https:\/\/([^/?#:]+)/i.exec(startUrl.trim()) ?? [];
  return hostname === undefined ? null : (pageHost(hostname.toLowerCase())?.region ?? null);
}
