import { type PageSite, pageHost } from '../aws/hosts.ts';
import { PAGE_FACTS } from './page-facts.ts';
import type { Route } from './page-facts-schema.ts';
import { isUserCode } from './user-code.ts';

/**
 * The address of a page as the browser reports it, taken apart. `site` is `null` unless the origin is exactly one of
 * AWS's approval origins: https, default port, no user info, host matched label by label, and a path of the portal.
 */
export interface PageAddress {
  site: PageSite | null;
  hostname: string;
  route: /** The page where the code is compared. `userCode` is `null` when the address has none, or not exactly one. */
    | { name: 'device'; userCode: string | null }
    /** The consent page; with `deviceContextId` in the device flow, without it in the PKCE flow. */
    | { name: 'consent'; deviceContextId: string | null }
    | { name: 'other' };
}

export function readPageAddress(
  address: string,
  routes: readonly Route[] = PAGE_FACTS.routes,
): PageAddress | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  const { hostname } = url;
  const exact = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
  const site = exact ? pageHost(hostname) : null;
  // Below the same domain live mail and documents of other services.
  const onPortal = site !== null && (url.pathname === site.base || url.pathname.startsWith(`${site.base}/`));
  const route = site?.kind === 'sign-in' ? signInRoute(url, routes) : readRoute(url, routes);
  return { site: onPortal ? site : null, hostname, route };
}

/**
 * On the sign-in host an address tells a code's page from a sign-in page only where it has a code in it; else what the page
 * shows does (`decide`).
 */
const signInRoute = (url: URL, routes: readonly Route[]): PageAddress['route'] => ({
  name: 'device',
  userCode: onlyCode(valuesIn(url, parametersOf('device', routes))),
});

/** What names a request on such pages, each once. */
const parametersOf = (page: Route['page'], routes: readonly Route[]): string[] => [
  ...new Set(routes.filter((route) => route.page === page).map(({ parameter }) => parameter)),
];

/** Every value that an address has under these names, before `#` and behind it. */
function valuesIn(url: URL, names: readonly string[]): string[] {
  const { query } = fragmentOf(url);
  return names.flatMap((name) => [...url.searchParams.getAll(name), ...query.getAll(name)]);
}

/** The portal's router keeps path and query in the fragment: `#/device?user_code=ABCD-EFGH`. */
function fragmentOf({ hash }: URL): { path: string; query: URLSearchParams } {
  const fragment = hash.replace('#', '');
  const cut = fragment.indexOf('?');
  const path = (cut < 0 ? fragment : fragment.slice(0, cut)).replace(/\/+$/, '');
  return { path, query: new URLSearchParams(cut < 0 ? '' : fragment.slice(cut + 1)) };
}

/**
 * Whether an address is the very one that AWS returned with a code: same page, every parameter of it once and unchanged, no
 * other code, and at least one thing that names the request.
 */
export function isPageOf(
  { page, userCode }: { page: string; userCode: string },
  address: string,
  routes: readonly Route[] = PAGE_FACTS.routes,
): boolean {
  const [returned, here] = [new URL(page), new URL(address)];
  if (returned.origin !== here.origin || returned.pathname !== here.pathname) return false;
  const ofCode = parametersOf('device', routes);
  const codes = valuesIn(here, ofCode);
  const names = [...new Set([...returned.searchParams].map(([name]) => name))].filter(
    (name) => !ofCode.includes(name),
  );
  const values = ({ searchParams }: URL, name: string) => JSON.stringify(searchParams.getAll(name));
  return (
    codes.every((code) => code === userCode) &&
    names.every((name) => values(here, name) === values(returned, name)) &&
    names.length + codes.length > 0
  );
}

/**
 * An address with a code under any name is the page of a code. It has one to press for where it is as AWS writes it, and names
 * the code once.
 *
 * Routers take more for the same route than AWS ever writes (`#device`, `#/DEVICE`, `#/%64evice`). Such an address is
 * a device page without a code: nothing is pressed there, and a stranger's code on it still gets the notice.
 */
function readRoute(url: URL, routes: readonly Route[]): PageAddress['route'] {
  const { path, query } = fragmentOf(url);
  const of = (page: Route['page']) => routes.filter((route) => route.page === page);
  const isAt = ({ place, path: wanted }: Route): boolean => {
    const end = wanted === '/' ? '' : wanted;
    return place === 'fragment'
      ? path === end
      : path === '' && url.pathname.replace(/\/+$/, '').endsWith(end);
  };
  const isLike = ({ place, path: wanted }: Route): boolean => {
    if (wanted === '/') return false;
    return place === 'fragment' ? `/${words(path)}` === wanted : `/${words(url.pathname)}`.endsWith(wanted);
  };
  const has = ({ place, parameter }: Route): boolean =>
    (place === 'fragment' ? query : url.searchParams).has(parameter);

  const codes = valuesIn(url, parametersOf('device', routes));
  if (codes.length > 0 || of('device').some(isLike)) {
    const asAwsWritesIt = of('device').some(
      (route) => isAt(route) && (route.place === 'fragment' || has(route)),
    );
    return { name: 'device', userCode: asAwsWritesIt ? onlyCode(codes) : null };
  }
  const isConsent = (route: Route) => isAt(route) && has(route);
  // Two values are another consent than either of them.
  if (of('consent').some(isConsent))
    return { name: 'consent', deviceContextId: valuesIn(url, parametersOf('consent', routes)).join('\n') };
  if (of('authorization').some(isConsent)) return { name: 'consent', deviceContextId: null };
  return { name: 'other' };
}

/** A path without what routers do not mind. */
const words = (path: string): string =>
  decoded(path)
    .replace(/^\/+|\/+$/g, '')
    .toLowerCase();

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function onlyCode(codes: readonly string[]): string | null {
  const [code] = codes;
  return codes.length === 1 && code !== undefined && isUserCode(code) ? code : null;
}
