import { type AuthorizeAddress, readAuthorizeAddress } from './approval-address.ts';

/**
 * A PKCE request that a command of this computer handed over. Its consent page names nothing that could be compared,
 * so it is bound to the tab that awsher opened at its `/authorize` address. Times are milliseconds since 1970.
 */
export interface VouchedAuthorization {
  /** The hand-over that it belongs to. */
  id: string;
  region: string;
  clientId: string;
  state: string;
  /** Port of the loopback `redirect_uri`. */
  port: number;
  /** The tab that awsher opened for it. `null` until then. */
  tabId: number | null;
  /**
   * The last `/authorize` address that the browser itself asked for in that tab; `null` while none was seen. Another
   * one means that the tab is about somebody else's request.
   */
  requested: string | null;
  openedAt: number;
  expiresAt: number;
  allowedAt: number | null;
}

export type Authorizations = readonly VouchedAuthorization[];

/** Changes one entry; an unknown id changes nothing. */
export function amendAuthorization(
  all: Authorizations,
  id: string,
  change: Partial<VouchedAuthorization>,
): Authorizations {
  return all.map((entry) => (entry.id === id ? { ...entry, ...change } : entry));
}

/** Whether two `/authorize` addresses are the same request: client, `state`, and the port that waits for the answer. */
export function isSameRequest(
  entry: Pick<VouchedAuthorization, 'region' | 'clientId' | 'state' | 'port'>,
  address: AuthorizeAddress,
): boolean {
  return (
    entry.region === address.region &&
    entry.clientId === address.clientId &&
    entry.state === address.state &&
    entry.port === address.port
  );
}

/** Whether the tab of an authorization asked for exactly that one, as the browser tells it. */
export function askedForItself(entry: VouchedAuthorization): boolean {
  const address = entry.requested === null ? null : readAuthorizeAddress(entry.requested);
  return address !== null && isSameRequest(entry, address);
}
