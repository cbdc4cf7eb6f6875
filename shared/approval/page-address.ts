import { type PageSite, pageHost } from '../aws/hosts.ts';
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
    | { name: 'consent'; deviceContextId: string | null; clientId: string | null }
    | { name: 'other' };
}

export function readPageAddress(address: string): PageAddress | null {
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
  const route = site?.kind === 'sign-in' ? signInRoute(url) : readRoute(url.hash, url.searchParams);
  return { site: onPortal ? site : null, hostname, route };
}

/**
 * On the sign-in host an address tells a code's page from a sign-in page only where it has a code in it; else what the page
 * shows does (`decide`).
 */
const signInRoute = (url: URL): PageAddress['route'] => ({
  name: 'device',
  userCode: onlyCode(codesIn(url)),
});

/** Every code that an address names, before `#` and behind it. */
function codesIn({ searchParams, hash }: URL): string[] {
  const behind = new URLSearchParams(hash.includes('?') ? hash.slice(hash.indexOf('?') + 1) : '');
  return [...searchParams.getAll('user_code'), ...behind.getAll('user_code')];
}

/**
 * Whether an address is the very one that AWS returned with a code: same page, every parameter of it once and unchanged, no
 * other code, and at least one thing that names the request.
 */
export function isPageOf({ page, userCode }: { page: string; userCode: string }, address: string): boolean {
  const [returned, here] = [new URL(page), new URL(address)];
  if (returned.origin !== here.origin || returned.pathname !== here.pathname) return false;
  const codes = codesIn(here);
  const names = [...new Set([...returned.searchParams].map(([name]) => name))].filter(
    (name) => name !== 'user_code',
  );
  const values = ({ searchParams }: URL, name: string) => JSON.stringify(searchParams.getAll(name));
  return (
    codes.every((code) => code === userCode) &&
    names.every((name) => values(here, name) === values(returned, name)) &&
    names.length + codes.length > 0
  );
}

/**
 * The portal's router keeps path and query in the fragment: `#/device?user_code=ABCD-EFGH`. Until the end of 2024 the
 * code stood in the query of a host of its own; AWS's docs still show it. An address with both has two codes.
 *
 * Routers take more for the same route than AWS ever writes (`#device`, `#/DEVICE`, `#/%64evice`). Such an address is
 * a device page without a code: nothing is pressed there, and a stranger's code on it still gets the notice.
 */
function readRoute(hash: string, before: URLSearchParams): PageAddress['route'] {
  const fragment = hash.startsWith('#') ? hash.slice(1) : hash;
  const cut = fragment.indexOf('?');
  const path = (cut < 0 ? fragment : fragment.slice(0, cut)).replace(/\/+$/, '');
  const query = new URLSearchParams(cut < 0 ? '' : fragment.slice(cut + 1));
  const codes = [...before.getAll('user_code'), ...query.getAll('user_code')];
  if (codes.length > 0 || /^\/*device\/*$/i.test(decoded(path))) {
    const asAwsWritesIt = path === '/device' || (path === '' && before.has('user_code'));
    return { name: 'device', userCode: asAwsWritesIt ? onlyCode(codes) : null };
  }
  if (path === '' && (query.has('deviceContextId') || query.has('clientId'))) {
    return {
      name: 'consent',
      deviceContextId: query.get('deviceContextId'),
      clientId: query.get('clientId'),
    };
  }
  return { name: 'other' };
}

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
