import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { Center } from '../center.ts';
import { isLive, issueToken, statusNow } from '../grants.ts';
import type { Directory } from '../hosts.ts';
import { regionHosts } from '../hosts.ts';
import { type Call, json, parseBody, Refusal, type Reply, redirect, type Service } from '../http.ts';
import { type Client, newUserCode, opaque, type Token } from '../state.ts';

/** Error shapes of the service model with their status and their `error` value (AWS CLI v2 sso-oidc service-2.json). */
const ERRORS = {
  AuthorizationPendingException: [400, 'authorization_pending'],
  SlowDownException: [400, 'slow_down'],
  ExpiredTokenException: [400, 'expired_token'],
  AccessDeniedException: [400, 'access_denied'],
  InvalidClientException: [401, 'invalid_client'],
  InvalidGrantException: [400, 'invalid_grant'],
  UnauthorizedClientException: [400, 'unauthorized_client'],
  InvalidRequestException: [400, 'invalid_request'],
  InvalidScopeException: [400, 'invalid_scope'],
  UnsupportedGrantTypeException: [400, 'unsupported_grant_type'],
  InvalidClientMetadataException: [400, 'invalid_client_metadata'],
  InvalidRedirectUriException: [400, 'invalid_redirect_uri'],
  InternalServerException: [500, 'server_error'],
} as const;
type ErrorType = keyof typeof ERRORS;

function refusal(type: ErrorType, description: string): Refusal {
  return new Refusal(type, ERRORS[type][0], description);
}

function isErrorType(type: string): type is ErrorType {
  return Object.hasOwn(ERRORS, type);
}

/** SDKs take the type from the header alone; the body is OAuth's. */
export function oidcError({ type, status, message, headers }: Refusal): Reply {
  const error = isErrorType(type) ? ERRORS[type][1] : type;
  return json({ error, error_description: message }, status, {
    ...headers,
    'x-amzn-ErrorType': `${type}:http://internal.amazon.com/coral/com.amazonaws.sso.oidc/`,
  });
}

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';
const strings = v.array(v.string());
const registration = v.object({
  clientName: v.string(),
  clientType: v.string(),
  scopes: v.optional(strings, []),
  grantTypes: v.optional(strings, [DEVICE_CODE, 'refresh_token']),
  redirectUris: v.optional(strings, []),
  issuerUrl: v.optional(v.nullable(v.string()), null),
});
const deviceAuthorization = v.object({
  clientId: v.string(),
  clientSecret: v.string(),
  startUrl: v.string(),
});
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

function registerClient(center: Center, call: Call): Reply {
  const asked = parseBody(registration, call);
  if (asked === null) throw refusal('InvalidRequestException', 'Invalid request');
  if (asked.clientType !== 'public') throw refusal('InvalidClientMetadataException', 'Invalid client type');
  if (!asked.redirectUris.every(isLoopbackRedirect)) {
    throw refusal('InvalidRedirectUriException', 'Invalid redirect URI');
  }
  const now = center.clock.now();
  const client: Client = {
    ...asked,
    clientId: opaque('client-', 16),
    clientSecret: opaque('client-secret-', 96),
    expiresAt: now + center.options.registrationSeconds * 1000,
  };
  center.state.clients.set(client.clientId, client);
  return json({
    authorizationEndpoint: null,
    clientId: client.clientId,
    clientIdIssuedAt: Math.floor(now / 1000),
    clientSecret: client.clientSecret,
    clientSecretExpiresAt: Math.floor(client.expiresAt / 1000),
    tokenEndpoint: null,
  });
}

function startDeviceAuthorization(center: Center, call: Call): Reply {
  const asked = parseBody(deviceAuthorization, call);
  if (asked === null) throw refusal('InvalidRequestException', 'Invalid request');
  const client = authenticate(center, asked);
  const directory = findDirectory(center, asked.startUrl, call.region);
  if (directory === null) throw refusal('InvalidRequestException', 'Invalid start URL provided');
  const { deviceCodeSeconds, intervalSeconds, verification } = center.options;
  const grant = {
    deviceCode: opaque('device-code-', 64),
    userCode: newUserCode(),
    contextId: opaque('', 24),
    client,
    directory,
    expiresAt: center.clock.now() + deviceCodeSeconds * 1000,
    intervalSeconds,
    polledAt: null,
    status: 'pending' as const,
    session: null,
  };
  center.state.deviceGrants.push(grant);
  const address =
    verification === 'portal'
      ? `${directory.startUrl}/#/device`
      : `https://${regionHosts(directory.region).device}/`;
  return json({
    deviceCode: grant.deviceCode,
    expiresIn: deviceCodeSeconds,
    interval: intervalSeconds,
    userCode: grant.userCode,
    verificationUri: address,
    verificationUriComplete: `${address}?user_code=${grant.userCode}`,
  });
}

function createToken(center: Center, call: Call): Reply {
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
    expiresIn: Math.floor((token.expiresAt - center.clock.now()) / 1000),
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

/** The address that a browser opens for PKCE. A mistake in it is told to the person, never to the redirect address. */
function authorize(center: Center, call: Call): Reply {
  const { query } = call;
  const client = center.state.clients.get(query.get('client_id') ?? '');
  const directory = findDirectory(center, client?.issuerUrl ?? '', call.region);
  const redirectUri = query.get('redirect_uri') ?? '';
  const codeChallenge = query.get('code_challenge') ?? '';
  if (client === undefined || directory === null) throw refusal('InvalidRequestException', 'Unknown client');
  if (!client.redirectUris.some((registered) => sameRedirect(registered, redirectUri))) {
    throw refusal('InvalidRequestException', 'The redirect URI is not registered');
  }
  if (
    query.get('response_type') !== 'code' ||
    query.get('code_challenge_method') !== 'S256' ||
    codeChallenge === ''
  ) {
    throw refusal('InvalidRequestException', 'Only the code flow with PKCE S256 is supported');
  }
  const orchestratorId = opaque('', 24);
  center.state.authorizations.push({
    orchestratorId,
    client,
    directory,
    redirectUri,
    state: query.get('state') ?? '',
    codeChallenge,
    code: opaque('code-', 48),
    expiresAt: center.clock.now() + center.options.deviceCodeSeconds * 1000,
    status: 'pending',
    session: null,
  });
  return redirect(`${directory.startUrl}/?orchestrator_id=${orchestratorId}`);
}

function authenticate(center: Center, asked: { clientId: string; clientSecret: string }): Client {
  const client = center.state.clients.get(asked.clientId);
  if (client === undefined || client.clientSecret !== asked.clientSecret) {
    throw refusal('InvalidClientException', 'Invalid client provided');
  }
  if (client.expiresAt <= center.clock.now()) {
    throw refusal('InvalidClientException', 'The client registration has expired');
  }
  return client;
}

/** `…/start`, `…/start/`, `…/start/#` and `…/start/#/` are one directory; a directory is known in its own region only. */
function findDirectory(center: Center, startUrl: string, region: string | null): Directory | null {
  const plain = startUrl.replace(/\/?(?:#\/?)?$/, '');
  const found = center.directories.find((directory) => directory.startUrl === plain);
  return found === undefined || (region !== null && found.region !== region) ? null : found;
}

function isLoopbackRedirect(uri: string): boolean {
  return URL.canParse(uri) && new URL(uri).protocol === 'http:' && new URL(uri).hostname === '127.0.0.1';
}

/** The port of a loopback address is not compared (RFC 8252 §7.3). */
function sameRedirect(registered: string, asked: string): boolean {
  return isLoopbackRedirect(asked) && new URL(asked).pathname === new URL(registered).pathname;
}

export const oidc: Service = {
  name: 'sso-oidc',
  refuse: oidcError,
  routes: [
    { operation: 'RegisterClient', method: 'POST', path: '/client/register', answer: registerClient },
    {
      operation: 'StartDeviceAuthorization',
      method: 'POST',
      path: '/device_authorization',
      answer: startDeviceAuthorization,
    },
    { operation: 'CreateToken', method: 'POST', path: '/token', answer: createToken },
    { operation: 'Authorize', method: 'GET', path: '/authorize', answer: authorize },
  ],
};
