type Env = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for an address, as the AWS CLI finds it (Python's `urllib.request.getproxies_environment` and
 * `proxy_bypass_environment`, botocore/httpsession.py `ProxyConfiguration`): `https_proxy` before `HTTPS_PROXY`, by the
 * scheme of the address; `no_proxy` is a list of host suffixes, `*` is all; ALL_PROXY and address ranges do not count.
 * `null` means no proxy.
 */
export function proxyFor(address: string, env: Env): string | null {
  const url = new URL(address);
  const scheme = url.protocol.slice(0, -1);
  // A set but empty lower-case variable switches the proxy off, whatever the upper-case one says.
  const lower = env[`${scheme}_proxy`];
  const proxy =
    lower ?? (scheme === 'http' && env.REQUEST_METHOD ? '' : env[`${scheme.toUpperCase()}_PROXY`]);
  if (!proxy || bypasses(url, env.no_proxy ?? env.NO_PROXY ?? '')) return null;
  if (/^https?:/i.test(proxy)) return proxy;
  return proxy.startsWith('//') ? `http:${proxy}` : `http://${proxy}`;
}

function bypasses(url: URL, list: string): boolean {
  if (list.trim() === '*') return true;
  const bare = url.hostname.toLowerCase();
  const withPort = url.host.toLowerCase();
  return list.split(',').some((part) => {
    const name = part.trim().replace(/^\.+/, '').toLowerCase();
    if (name === '') return false;
    return [bare, withPort].some((host) => host === name || host.endsWith(`.${name}`));
  });
}
