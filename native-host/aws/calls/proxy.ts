import { printable } from '../../../shared/printable.ts';
import { sha1Hex } from '../../base/files/sha1.ts';

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

/**
 * The proxy on the way to AWS, to compare two; empty for none. Of the name and password that its address may hold there are
 * 16 bits of a hash (`http://1a2b@host:1`): enough to tell two apart, and no help to guess one.
 */
export function proxyToAws(env: Env): string {
  const proxy = proxyFor('https://oidc.us-east-1.amazonaws.com', env);
  if (proxy === null) return '';
  if (!URL.canParse(proxy)) return '//no address';
  const { protocol, host, username, password } = new URL(proxy);
  const who = username || password ? `${sha1Hex(`${username}:${password}`).slice(0, 4)}@` : '';
  return `${protocol}//${who}${host}`;
}

/** What differs between this shell's proxy to AWS and a browser's, both as `proxyToAws` gives them, for people; else undefined. */
export function otherProxy(own: string, theirs: string | undefined, browser: string): string | undefined {
  if (theirs === undefined || theirs === own) return undefined;
  const [here, there] = [own, theirs].map((proxy) => printable(proxy.replace(/\w*@/, '')) || 'none');
  return here === there
    ? `The proxy to AWS, ${here}: this shell and ${browser} use different names or passwords for it.`
    : `The proxy to AWS: this shell uses ${here}, ${browser} ${there}.`;
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
