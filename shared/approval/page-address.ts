import { pageHost } from '../aws/hosts.ts';
import { isUserCode } from './user-code.ts';

/**
 * The address of an approval page as the browser reports it, taken apart. `null`: not a page of AWS's, or not in the
 * exact form of one (https, default port, no user info, host known label by label).
 */
export interface PageAddress {
  kind: 'portal' | 'device';
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
  if (url.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return null;
  const host = pageHost(url.hostname);
  if (!host) return null;
  const { kind } = host;
  const { hostname } = url;
  if (kind === 'device' && url.searchParams.has('user_code')) {
    return { kind, hostname, route: { name: 'device', userCode: onlyCode(url.searchParams) } };
  }
  return { kind, hostname, route: readRoute(url.hash) };
}

/** The portal's router keeps path and query in the fragment: `#/device?user_code=ABCD-EFGH`. */
function readRoute(hash: string): PageAddress['route'] {
  const fragment = hash.startsWith('#') ? hash.slice(1) : hash;
  const cut = fragment.indexOf('?');
  const path = cut < 0 ? fragment : fragment.slice(0, cut);
  const query = new URLSearchParams(cut < 0 ? '' : fragment.slice(cut + 1));
  if (path === '/device') return { name: 'device', userCode: onlyCode(query) };
  if ((path === '/' || path === '') && (query.has('deviceContextId') || query.has('clientId'))) {
    return {
      name: 'consent',
      deviceContextId: query.get('deviceContextId'),
      clientId: query.get('clientId'),
    };
  }
  return { name: 'other' };
}

function onlyCode(query: URLSearchParams): string | null {
  const codes = query.getAll('user_code');
  const [code] = codes;
  return codes.length === 1 && code !== undefined && isUserCode(code) ? code : null;
}
