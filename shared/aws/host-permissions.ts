import { pageHost, serviceOrigin } from './hosts.ts';
import { PARTITIONS } from './regions.ts';
import { startUrlFacts } from './start-url.ts';

/**
 * Every portal that there is or will be, in any region. A match pattern has its `*` at the left end only, so these also
 * cover neighbours of the portals: the address of a page is judged label by label all the same (`pageHost`).
 */
const PORTALS = [
  '*.awsapps.com',
  '*.portal.amazonaws.com',
  '*.app.aws',
  '*.awsapps.cn',
  '*.portal.amazonaws.com.cn',
  '*.app.amazonwebservices.com.cn',
  '*.portal.amazonaws.eu',
  '*.api.amazonwebservices.eu',
] as const;

/** AWS's sign-in hosts. No installation asks for them: the person is asked when AWS compares a code there. */
export const SIGN_IN_PAGES = 'https://*.signin.aws/*';

/** The patterns of the portals, for the manifest. */
export const portalPatterns = (): string[] => PORTALS.map((host) => `https://${host}/*`);

/** Every sso-oidc endpoint of both families as a match pattern, for `path` (`*` or the like). */
export const oidcPatterns = (path: string): string[] =>
  PARTITIONS.flatMap(({ regions }) => regions).flatMap((region) =>
    (['ipv4', 'dual-stack'] as const).map((family) => `${serviceOrigin('oidc', region, family)}/${path}`),
  );

/** A place to sign in, as far as host permissions go. `portal`: where the start URL leads, when that is known. */
export interface PermissionSubject {
  startUrl: string;
  region: string;
  portal?: string | undefined;
  family?: 'ipv4' | 'dual-stack' | null | undefined;
}

/**
 * The WebExtension match patterns that a sign-in to a portal needs: sso-oidc of its region and family, and the portal's
 * page. They are the manifest's own patterns where it has them, so that a person who grants one gets its protection for
 * every portal under it. A company's own address names no page of AWS; the region alone is asked for then.
 */
export function hostPermissionsFor({ startUrl, region, portal, family }: PermissionSubject): string[] {
  const facts = startUrlFacts(portal ?? startUrl);
  const page = facts.portal === null ? null : pagePattern(new URL(facts.portal).hostname);
  return [
    ...(page === null ? [] : [page]),
    `${serviceOrigin('oidc', region, facts.family ?? family ?? null)}/*`,
  ];
}

/** The manifest's pattern for an approval page, or `null` for every other host. */
export function pagePattern(hostname: string): string | null {
  const site = pageHost(hostname);
  if (site === null) return null;
  if (site.kind === 'sign-in') return SIGN_IN_PAGES;
  const wide = PORTALS.find((host) => hostname.endsWith(host.slice(1)));
  return `https://${wide ?? hostname}/*`;
}
