import { isRegionShaped } from './regions.ts';

/**
 * Where browsers post a SAML response to sign in to AWS, by partition. A region may stand in front as one more label:
 * `eu-west-1.signin.aws.amazon.com` (AWS General Reference, "AWS Sign-In endpoints"; AWS Security Blog, "How to use regional
 * SAML endpoints for failover"). The European Sovereign Cloud has the form with a region only: it is the one in AWS's own SDKs
 * (client-signin, endpoint rules), and nothing public names another.
 */
const SIGN_IN_HOSTS = [
  { partition: 'aws', host: 'signin.aws.amazon.com' },
  { partition: 'aws-us-gov', host: 'signin.amazonaws-us-gov.com' },
  { partition: 'aws-cn', host: 'signin.amazonaws.cn' },
  { partition: 'aws-eusc', host: 'signin.amazonaws-eusc.eu' },
] as const;

/** The longest SAML response that AWS takes (STS API Reference, AssumeRoleWithSAML: base64, 100,000 characters). */
export const MAX_SAML_RESPONSE = 100_000;

/** AWS's SAML sign-in as an address names it. */
export interface SamlEndpoint {
  partition: (typeof SIGN_IN_HOSTS)[number]['partition'];
  hostname: string;
  /** `null` where the host names none. */
  region: string | null;
}

/** AWS's SAML sign-in behind an address, or `null` for every other address of the world. */
export function samlEndpoint(address: string): SamlEndpoint | null {
  if (!URL.canParse(address)) return null;
  const { protocol, port, username, password, hostname, pathname } = new URL(address);
  if (protocol !== 'https:' || port !== '' || username !== '' || password !== '') return null;
  if (!/^\/saml(?:\/acs\/[\w-]{1,100})?$/.test(pathname)) return null;
  for (const { partition, host } of SIGN_IN_HOSTS) {
    if (hostname === host && partition !== 'aws-eusc') return { partition, hostname, region: null };
    const [region = '', ...rest] = hostname.split('.');
    if (rest.join('.') === host && isRegionShaped(region)) return { partition, hostname, region };
  }
  return null;
}

/** Whether an address is on a host of AWS's sign-in, whatever its path: where a person signs in, never where one approves. */
export function isAwsSignIn(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return SIGN_IN_HOSTS.some(({ host }) => hostname === host || hostname.endsWith(`.${host}`));
}

/** WebExtension match patterns of the sign-in hosts, to ask the person for. `*.` covers the host itself too. */
export const samlHostPermissions = (): string[] => SIGN_IN_HOSTS.map(({ host }) => `https://*.${host}/*`);

/** The requests in which a SAML response can be; each one's address is looked at again by `samlEndpoint`. */
export const samlRequestPatterns = (): string[] => SIGN_IN_HOSTS.map(({ host }) => `https://*.${host}/saml*`);

/** Whether a text can be an IdP's start page: an https address without user name, password or control characters. */
export function isIdpUrl(text: string): boolean {
  if (!URL.canParse(text) || text.length > 4096 || !/^[!-~]+$/.test(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocol === 'https:' && username === '' && password === '';
}
