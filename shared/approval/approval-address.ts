import { LOOPBACK_HOST, oidcRegion } from '../aws/hosts.ts';
import { readPageAddress } from './page-address.ts';
import type { Route } from './page-facts-schema.ts';

/** The page on which a device code is compared: `https://corp.awsapps.com/start/#/device?user_code=ABCD-EFGH`. */
export interface DeviceAddress {
  kind: 'device';
  /** Canonical; what is opened is what was checked. */
  url: string;
  userCode: string;
  pageHostname: string;
}

/**
 * The beginning of the PKCE flow (RFC 7636), as the AWS CLI writes it since 2.22: `https://oidc.{region}.amazonaws.com/authorize?...`
 * with `scopes`, not `scope`. There is no code to compare; `state`, `clientId` and `port` bind it to one local request.
 */
export interface AuthorizeAddress {
  kind: 'authorization';
  url: string;
  region: string;
  clientId: string;
  state: string;
  /** Port and path of the loopback `redirect_uri`. */
  port: number;
  path: string;
}

export type ApprovalAddress = DeviceAddress | AuthorizeAddress;

/** What a program may hand over: an approval of AWS, something for the system's browser, or nothing to open at all. */
export type HandedOver = ApprovalAddress | { kind: 'page' } | { kind: 'unusable' };

const OPENABLE = new Set(['http:', 'https:', 'file:']);
const MAX_ADDRESS = 4096;
/** Parameters that an `/authorize` address must have, each exactly once. */
const NEEDED = [
  'response_type',
  'client_id',
  'redirect_uri',
  'state',
  'code_challenge_method',
  'code_challenge',
];

/** What kind of address a program handed over. Whatever only looks like AWS's is a page like any other. */
export function classifyHandedOver(address: string): HandedOver {
  const approval = readApprovalAddress(address);
  if (approval) return approval;
  return URL.canParse(address) && OPENABLE.has(new URL(address).protocol)
    ? { kind: 'page' }
    : { kind: 'unusable' };
}

/** An address on which AWS asks for an approval, or `null`. `aws login` (`{signin}/v1/authorize`) is another flow. */
export function readApprovalAddress(address: string, routes?: readonly Route[]): ApprovalAddress | null {
  return address.length <= MAX_ADDRESS
    ? (readDevice(address, routes) ?? readAuthorizeAddress(address))
    : null;
}

function readDevice(address: string, routes?: readonly Route[]): DeviceAddress | null {
  const page = readPageAddress(address, routes);
  if (!page?.site || page.route.name !== 'device' || page.route.userCode === null) return null;
  return {
    kind: 'device',
    url: new URL(address).href,
    userCode: page.route.userCode,
    pageHostname: page.hostname,
  };
}

/** An `/authorize` address whose answer goes to a port of this computer, or `null`. */
export function readAuthorizeAddress(address: string): AuthorizeAddress | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const region =
    isBare(url, 'https:') && url.port === '' && url.hash === '' ? oidcRegion(url.hostname) : null;
  if (region === null || url.pathname !== '/authorize') return null;
  const query = url.searchParams;
  if (NEEDED.some((name) => query.getAll(name).length !== 1 || !query.get(name))) return null;
  if (query.get('response_type') !== 'code' || query.get('code_challenge_method') !== 'S256') return null;
  const answer = readLoopback(query.get('redirect_uri') ?? '');
  if (!answer) return null;
  const clientId = query.get('client_id') ?? '';
  const state = query.get('state') ?? '';
  return { kind: 'authorization', url: url.href, region, clientId, state, ...answer };
}

function readLoopback(redirectUri: string): { port: number; path: string } | null {
  if (!URL.canParse(redirectUri)) return null;
  const url = new URL(redirectUri);
  if (!isBare(url, 'http:') || url.hostname !== LOOPBACK_HOST || url.search !== '' || url.hash !== '')
    return null;
  // Without a port it would be port 80, where no sign-in command of a person may listen.
  return url.port === '' ? null : { port: Number(url.port), path: url.pathname };
}

const isBare = (url: URL, protocol: string): boolean =>
  url.protocol === protocol && url.username === '' && url.password === '';
