import { matchPatterns, oidcOrigin, pageHost } from './hosts.ts';

/**
 * The WebExtension match patterns that a sign-in to a portal needs: sso-oidc of its region and the portal's page. They
 * are the manifest's own patterns where it has them, so that a person who grants one gets its protection for every
 * portal under it. A start URL of the company's own domain names no AWS page; the region alone is asked for then.
 */
export function hostPermissionsFor({ startUrl, region }: { startUrl: string; region: string }): string[] {
  const page = URL.canParse(startUrl) ? pagePattern(new URL(startUrl).hostname) : null;
  return [...(page === null ? [] : [page]), `${oidcOrigin(region)}/*`];
}

/** The manifest's pattern for an approval page, or `null` for every other host. */
export function pagePattern(hostname: string): string | null {
  if (pageHost(hostname) === null) return null;
  const { pages } = matchPatterns();
  const parent = hostname.slice(hostname.indexOf('.') + 1);
  return (
    [`https://${hostname}/*`, `https://*.${parent}/*`].find((pattern) => pages.includes(pattern)) ?? null
  );
}
