type Env = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for an address, as the AWS CLI finds it (Python's `urllib.request.getproxies_environment` and
 * `proxy_bypass_environment`, botocore/httpsession.py `ProxyConfiguration`): `https_proxy` before `HTTPS_PROXY` or any other
 * writing, by the scheme of the address; `no_proxy` is a list of host suffixes, `*` is all; ALL_PROXY and address ranges do
 * not count. `null` means no proxy.
 */
export function proxyFor(address: string, env: Env): string | null {
  const [, scheme = '', host = ''] = /^([a-z]+):\/\/([^/?#]*)/i.exec(address) ?? [];
  const proxy = variable(scheme.toLowerCase(), env);
  if (!proxy || bypasses(host.toLowerCase(), variable('no', env))) return null;
  if (/^https?:/i.test(proxy)) return proxy;
  return proxy.startsWith('//') ? `http:${proxy}` : `http://${proxy}`;
}

/** The proxy on the way to AWS, without the name and password that its address may hold, to tell people; empty for none. */
export function proxyToAws(env: Env): string {
  const proxy = proxyFor('https://oidc.us-east-1.amazonaws.com', env);
  if (proxy === null) return '';
  const { protocol, host } = URL.canParse(proxy) ? new URL(proxy) : { protocol: '', host: 'no address' };
  return `${protocol}//${host}`;
}

/** A set but empty variable in lower case switches off what the others say. In CGI, HTTP_PROXY is a header of the client. */
function variable(name: string, env: Env): string {
  const isOurs = (key: string) => key.toLowerCase() === `${name}_proxy`;
  const set = Object.entries(env).filter(([key, value]) => isOurs(key) && value !== undefined);
  const lower = set.findLast(([key]) => key.endsWith('_proxy'));
  if (lower !== undefined) return lower[1] ?? '';
  if (name === 'http' && env.REQUEST_METHOD !== undefined) return '';
  return set.findLast(([, value]) => value !== '')?.[1] ?? '';
}

/** `host` as it stands in the address, with its port. */
function bypasses(host: string, list: string): boolean {
  if (list === '*') return true;
  const hosts = [host, host.replace(/:\d*$/, '')];
  return list.split(',').some((part) => {
    const name = part.trim().replace(/^\.+/, '').toLowerCase();
    return part.trim() !== '' && hosts.some((one) => one === name || one.endsWith(`.${name}`));
  });
}
