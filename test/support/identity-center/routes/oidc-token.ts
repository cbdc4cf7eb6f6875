import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { Center } from '../center.ts';
import { isLive, issueToken, statusNow } from '../grants.ts';
import { type Call, json, parseBody, type Reply } from '../http.ts';
import type { Client, Token } from '../state.ts';
import { refusal } from './oidc-errors.ts';

export const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';

const tokenRequest = v.object({
  clientId: v.string(),
  clientSecret: v.string(),
  grantType: v.string(),
  deviceCode: v.optional(v.string()),
  code: v.optional(v.string()),
  refreshToken: v.optional(v.string()),
  redirectUri: v.optional(v.string()),
  codeVerifier: v.optional(v.string()),
});
type TokenRequest = v.InferOutput<typeof tokenRequest>;

/** CreateToken: one operation, three grants. */
export function createToken(center: Center, call: Call): Reply {
  const asked = parseBody(tokenRequest, call);
  if (asked === null) throw refusal('InvalidRequestException', 'Invalid request');
  const client = authenticate(center, asked);
  const exchange = EXCHANGES[asked.grantType];
  if (exchange === undefined) throw refusal('UnsupportedGrantTypeException', 'Unsupported grant type');
  if (!client.grantTypes.includes(asked.grantType)) {
    throw refusal('UnauthorizedClientException', 'The client is not registered for this grant type');
  }
  const token = exchange(center, client, asked);
  return json({
    accessToken: token.accessToken,
    // The moment between issuing and answering costs no second.
    expiresIn: Math.ceil((token.expiresAt - center.clock.now()) / 1000),
    idToken: null,
    refreshToken: token.refreshToken,
    tokenType: 'Bearer',
  });
}

const EXCHANGES: Record<string, (center: Center, client: Client, asked: TokenRequest) => Token> = {
  [DEVICE_CODE]: exchangeDeviceCode,
  authorization_code: exchangeCode,
  refresh_token: exchangeRefreshToken,
};

function exchangeDeviceCode(center: Center, client: Client, asked: TokenRequest): Token {
  const grant = center.state.deviceGrants.find((one) => one.deviceCode === asked.deviceCode);
  if (grant === undefined || grant.client !== client) {
    throw refusal('InvalidGrantException', 'Invalid grant provided');
  }
  const now = center.clock.now();
  const early = grant.polledAt !== null && now - grant.polledAt < grant.intervalSeconds * 1000;
  grant.polledAt = now;
  if (early && center.options.enforceInterval) {
    grant.intervalSeconds += 5;
    throw refusal('SlowDownException', 'Slow down');
  }
  switch (statusNow(center, grant)) {
    case 'pending':
    case 'confirmed':
      throw refusal('AuthorizationPendingException', 'Authorization is still pending');
    case 'denied':
      throw refusal('AccessDeniedException', 'Access denied');
    case 'expired':
      throw refusal('ExpiredTokenException', 'Device code expired');
    case 'approved':
      if (grant.session !== null) break;
      throw refusal('InternalServerException', 'An approved grant without a session');
    case 'spent':
      throw refusal('InvalidGrantException', 'Invalid grant provided');
  }
  grant.status = 'spent';
  return issueToken(center, client, grant.session);
}

function exchangeCode(center: Center, client: Client, asked: TokenRequest): Token {
  const authorization = center.state.authorizations.find((one) => one.code === asked.code);
  const challenge = createHash('sha256')
    .update(asked.codeVerifier ?? '')
    .digest('base64url');
  if (
    authorization?.session == null ||
    authorization.client !== client ||
    authorization.status !== 'approved' ||
    authorization.expiresAt <= center.clock.now() ||
    authorization.redirectUri !== asked.redirectUri ||
    authorization.codeChallenge !== challenge
  ) {
    throw refusal('InvalidGrantException', 'Invalid grant provided');
  }
  authorization.status = 'spent';
  return issueToken(center, client, authorization.session);
}

function exchangeRefreshToken(center: Center, client: Client, asked: TokenRequest): Token {
  const old = center.state.tokens.find(
    (one) => one.refreshToken !== null && one.refreshToken === asked.refreshToken,
  );
  if (
    old === undefined ||
    old.client !== client ||
    old.refreshed ||
    old.revoked ||
    !isLive(center, old.session)
  ) {
    throw refusal('InvalidGrantException', 'Invalid refresh token provided');
  }
  old.refreshed = true;
  return issueToken(center, client, old.session);
}

/** The registered client that asks. */
export function authenticate(center: Center, asked: { clientId: string; clientSecret: string }): Client {
  const client = center.state.clients.get(asked.clientId);
  if (client === undefined || client.clientSecret !== asked.clientSecret) {
    throw refusal('InvalidClientException', 'Invalid client provided');
  }
  if (client.expiresAt <= center.clock.now()) {
    throw refusal('InvalidClientException', 'The client registration has expired');
  }
  return client;
}
