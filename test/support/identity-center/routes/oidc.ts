import * as v from 'valibot';
import type { Center } from '../center.ts';
import { authorizationRedirect } from '../grants.ts';
import { type Directory, type Portal, regionHosts } from '../hosts.ts';
import { type Call, json, parseBody, type Reply, redirect, type Service } from '../http.ts';
import { type Client, type DeviceGrant, newUserCode, opaque } from '../state.ts';
import { oidcError, refusal } from './oidc-errors.ts';
import { authenticate, createToken, DEVICE_CODE } from './oidc-token.ts';

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
  const { deviceCodeSeconds, intervalSeconds } = center.options;
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
  const { plain, complete } = verificationAddress(center, grant, portalFor(directory, call));
  return json({
    deviceCode: grant.deviceCode,
    expiresIn: deviceCodeSeconds,
    interval: intervalSeconds,
    userCode: grant.userCode,
    verificationUri: plain,
    ...(center.options.completeAddress ? { verificationUriComplete: complete } : {}),
  });
}

/** AWS answers with a portal of the family of the host that was asked, whatever start URL was sent. */
function portalFor(directory: Directory, { family }: Call): Portal {
  return family === null ? directory : directory.portals[family];
}

function verificationAddress(
  { options }: Center,
  { userCode, contextId, directory }: DeviceGrant,
  portal: Portal,
): { plain: string; complete: string } {
  const { device, signIn } = regionHosts(directory.region);
  if (options.verification === 'sign-in-host') {
    const plain = `https://${signIn}/platform/authorize?request_uri=urn%3Aaws%3Arequest%3A${contextId}`;
    return { plain, complete: options.codeInAddress ? `${plain}&user_code=${userCode}` : plain };
  }
  const plain = options.verification === 'portal' ? `${portal.startUrl}/#/device` : `https://${device}/`;
  if (options.routes === 'new')
    return {
      plain: `${portal.startUrl}/#/activate`,
      complete: `${portal.startUrl}/#/activate?userCode=${userCode}`,
    };
  return { plain, complete: `${plain}?user_code=${userCode}` };
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
  return redirect(`${portalFor(directory, call).startUrl}/?orchestrator_id=${orchestratorId}`);
}

/** The last hop of PKCE, where the page leaves it to this host. */
function goBack(center: Center, { query }: Call): Reply {
  const asked = query.get('orchestrator_id');
  const authorization = center.state.authorizations.find((one) => one.orchestratorId === asked);
  if (authorization === undefined) throw refusal('InvalidRequestException', 'Unknown request');
  return redirect(authorizationRedirect(authorization));
}

/** `…/start`, `…/start/`, `…/start/#` and `…/start/#/` are one directory; a directory is known in its own region only. */
function findDirectory(center: Center, startUrl: string, region: string | null): Directory | null {
  const plain = startUrl.replace(/\/?(?:#\/?)?$/, '');
  const found = center.directories.find(({ portals, instance }) =>
    [
      ...Object.values(portals).map((portal) => portal.startUrl),
      `https://identitycenter.amazonaws.com/${instance}`,
    ].includes(plain),
  );
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
    { operation: 'GoBack', method: 'GET', path: '/back', answer: goBack },
  ],
};
