import type { Center } from './center.ts';
import type { Directory } from './hosts.ts';
import { Refusal } from './http.ts';
import {
  type Authorization,
  type Client,
  type DeviceGrant,
  type GrantStatus,
  opaque,
  type PortalSession,
  type Token,
} from './state.ts';

/** Signs the user in to the portal, as the sign-in page does after the passkey. */
export function openSession(center: Center, directory: Directory): PortalSession {
  const session: PortalSession = {
    token: opaque('portal-session-'),
    directory,
    expiresAt: center.clock.now() + center.options.portalSessionSeconds * 1000,
    ended: false,
  };
  center.state.sessions.push(session);
  return session;
}

export function isLive(center: Center, session: PortalSession): boolean {
  return !session.ended && session.expiresAt > center.clock.now();
}

/** The live portal session of a bearer, or null. */
export function sessionOf(center: Center, bearer: string | undefined): PortalSession | null {
  const session = center.state.sessions.find((one) => one.token === bearer);
  return session !== undefined && isLive(center, session) ? session : null;
}

/** Status as it is now: a code that nobody used in time has expired. */
export function statusNow(center: Center, grant: DeviceGrant | Authorization): GrantStatus | 'expired' {
  const open = grant.status === 'pending' || grant.status === 'confirmed';
  return open && grant.expiresAt <= center.clock.now() ? 'expired' : grant.status;
}

/**
 * The person says that this is the code they see in their terminal.
 * Unknown, expired and spent codes, and those of another directory, look alike from outside.
 */
export function confirmCode(center: Center, userCode: string, session: PortalSession | null): DeviceGrant {
  const grant = center.state.deviceGrants.find((one) => one.userCode === userCode);
  const isForeign = session !== null && session.directory !== grant?.directory;
  if (grant === undefined || isForeign || statusNow(center, grant) !== 'pending') {
    throw new Refusal('InvalidRequestException', 400, 'The code is not valid.');
  }
  grant.status = 'confirmed';
  return grant;
}

/** The person's last word on a grant. A second word on the same grant is refused. */
export function settle(
  center: Center,
  grant: DeviceGrant | Authorization,
  decision: 'allow' | 'deny',
  session: PortalSession | null,
): void {
  const status = statusNow(center, grant);
  if (status !== 'pending' && status !== 'confirmed') {
    throw new Refusal('InvalidRequestException', 400, `The request is ${status}.`);
  }
  grant.status = decision === 'allow' ? 'approved' : 'denied';
  grant.session = session;
}

/** Issues a token for an approved grant; it never outlives the portal session that approved it. */
export function issueToken(center: Center, client: Client, session: PortalSession): Token {
  const token: Token = {
    accessToken: opaque('access-token-', 96),
    // The service renews only for clients that asked for account access.
    refreshToken: client.scopes.includes('sso:account:access') ? opaque('refresh-token-', 96) : null,
    client,
    session,
    expiresAt: Math.min(center.clock.now() + center.options.accessTokenSeconds * 1000, session.expiresAt),
    revoked: false,
    refreshed: false,
  };
  center.state.tokens.push(token);
  return token;
}

/** Where the browser goes after the person's word on a PKCE consent (RFC 6749 §4.1.2). */
export function authorizationRedirect(authorization: Authorization): string {
  const target = new URL(authorization.redirectUri);
  if (authorization.status === 'approved') target.searchParams.set('code', authorization.code);
  else target.searchParams.set('error', 'access_denied');
  target.searchParams.set('state', authorization.state);
  return target.href;
}
