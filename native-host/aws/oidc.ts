import type { AwsherError } from '../../shared/errors/awsher-error.ts';
import { isLifetime, isTokenText } from '../../shared/oidc/token-reply.ts';
import { Secret } from '../../shared/secret.ts';
import type { AwsClients, Place } from './clients.ts';
import { type AwsFault, faultOf, toError } from './errors.ts';

/** A client that AWS registered for us. Times are milliseconds since 1970. */
export interface Registration {
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly expiresAt: number;
}

export interface DeviceAuthorization {
  readonly deviceCode: Secret;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete: string;
  readonly expiresInSeconds: number;
  /** Seconds to wait between two CreateToken calls. */
  readonly intervalSeconds: number;
}

export interface IssuedToken {
  readonly accessToken: Secret;
  /** Missing when the registration has no scope. */
  readonly refreshToken: Secret | undefined;
  readonly expiresInSeconds: number;
}

/** What one CreateToken with a device code can say. */
export type DeviceTokenReply =
  | { readonly kind: 'token'; readonly token: IssuedToken }
  | { readonly kind: 'pending' }
  | { readonly kind: 'slow-down' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'denied' }
  | { readonly kind: 'failed'; readonly error: AwsherError };

/** What one CreateToken with a refresh token can say. `rejected`: never try this refresh token again. */
export type RefreshReply =
  | { readonly kind: 'token'; readonly token: IssuedToken }
  | { readonly kind: 'rejected'; readonly code: string }
  | { readonly kind: 'failed'; readonly error: AwsherError };

export interface RegisterRequest {
  readonly place: Place;
  readonly clientName: string;
  readonly scopes: readonly string[];
  readonly signal?: AbortSignal;
}

const DEFAULT_INTERVAL_SECONDS = 5;
const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

/** RegisterClient for the device flow and its refreshes. Throws AwsherError. */
export async function registerClient(clients: AwsClients, request: RegisterRequest): Promise<Registration> {
  const { region } = request.place;
  const answer = await call(region, request.signal, async (options) =>
    (await clients.oidc(request.place)).registerClient(
      {
        clientName: request.clientName,
        clientType: 'public',
        ...(request.scopes.length === 0 ? {} : { scopes: [...request.scopes] }),
      },
      options,
    ),
  );
  const { clientId, clientSecret, clientSecretExpiresAt } = answer;
  if (!clientId || !clientSecret || !isLifetime(clientSecretExpiresAt))
    throw incomplete(region, 'RegisterClient');
  return { clientId, clientSecret: new Secret(clientSecret), expiresAt: clientSecretExpiresAt * 1000 };
}

/** StartDeviceAuthorization. Throws AwsherError; REGION_WRONG or START_URL_INVALID are the caller's to conclude. */
export async function startDeviceAuthorization(
  clients: AwsClients,
  request: { place: Place; startUrl: string; registration: Registration; signal?: AbortSignal },
): Promise<DeviceAuthorization> {
  const { registration, place } = request;
  const { region } = place;
  const answer = await call(region, request.signal, async (options) =>
    (await clients.oidc(place)).startDeviceAuthorization(
      {
        clientId: registration.clientId,
        clientSecret: registration.clientSecret.expose(),
        startUrl: request.startUrl,
      },
      options,
    ),
  );
  const { deviceCode, userCode, verificationUri, verificationUriComplete, expiresIn, interval } = answer;
  if (!deviceCode || !userCode || !verificationUri || !isLifetime(expiresIn)) {
    throw incomplete(region, 'StartDeviceAuthorization');
  }
  return {
    deviceCode: new Secret(deviceCode),
    userCode,
    verificationUri,
    verificationUriComplete: verificationUriComplete ?? verificationUri,
    expiresInSeconds: expiresIn,
    intervalSeconds: isLifetime(interval) ? interval : DEFAULT_INTERVAL_SECONDS,
  };
}

/** One CreateToken for a device code. Never throws for an answer of AWS; aborting rejects with the signal's reason. */
export async function createTokenByDeviceCode(
  clients: AwsClients,
  request: { place: Place; registration: Registration; deviceCode: Secret; signal?: AbortSignal },
): Promise<DeviceTokenReply> {
  try {
    const answer = await (await clients.oidc(request.place)).createToken(
      {
        grantType: DEVICE_GRANT,
        clientId: request.registration.clientId,
        clientSecret: request.registration.clientSecret.expose(),
        deviceCode: request.deviceCode.expose(),
      },
      abortOptions(request.signal),
    );
    return readToken(answer, request.place.region);
  } catch (thrown) {
    request.signal?.throwIfAborted();
    return deviceReply(faultOf(thrown), request.place.region, thrown);
  }
}

/** One CreateToken for a refresh token. Never throws for an answer of AWS; aborting rejects with the signal's reason. */
export async function refreshToken(
  clients: AwsClients,
  request: {
    place: Place;
    clientId: string;
    clientSecret: Secret;
    refreshToken: Secret;
    signal?: AbortSignal;
  },
): Promise<RefreshReply> {
  try {
    const answer = await (await clients.oidc(request.place)).createToken(
      {
        grantType: 'refresh_token',
        clientId: request.clientId,
        clientSecret: request.clientSecret.expose(),
        refreshToken: request.refreshToken.expose(),
      },
      abortOptions(request.signal),
    );
    return readToken(answer, request.place.region);
  } catch (thrown) {
    request.signal?.throwIfAborted();
    return refreshReply(faultOf(thrown), request.place.region, thrown);
  }
}

/** The deciding half of `createTokenByDeviceCode`. */
export function deviceReply(fault: AwsFault, region: string, cause?: unknown): DeviceTokenReply {
  switch (fault.kind) {
    case 'authorization-pending':
      return { kind: 'pending' };
    case 'slow-down':
      return { kind: 'slow-down' };
    case 'expired-token':
      return { kind: 'expired' };
    case 'access-denied':
      return { kind: 'denied' };
    default:
      return { kind: 'failed', error: toError(fault, oidcName(region), cause) };
  }
}

/** The deciding half of `refreshToken`: after the portal session's end AWS says InvalidGrantException. */
export function refreshReply(fault: AwsFault, region: string, cause?: unknown): RefreshReply {
  switch (fault.kind) {
    case 'grant-rejected':
      return { kind: 'rejected', code: fault.code };
    case 'expired-token':
    case 'access-denied':
    case 'unauthorized':
      return { kind: 'rejected', code: fault.kind };
    default:
      return { kind: 'failed', error: toError(fault, oidcName(region), cause) };
  }
}

/** What came over the wire, whatever the SDK's types promise. */
type TokenAnswer = { accessToken?: unknown; refreshToken?: unknown; expiresIn?: unknown };

function readToken(
  { accessToken, refreshToken, expiresIn }: TokenAnswer,
  region: string,
): { kind: 'token'; token: IssuedToken } | { kind: 'failed'; error: AwsherError } {
  const whole = isTokenText(accessToken) && (refreshToken === undefined || isTokenText(refreshToken));
  if (!whole || !isLifetime(expiresIn)) return { kind: 'failed', error: incomplete(region, 'CreateToken') };
  return {
    kind: 'token',
    token: {
      accessToken: new Secret(accessToken),
      refreshToken: refreshToken === undefined ? undefined : new Secret(refreshToken),
      expiresInSeconds: expiresIn,
    },
  };
}

async function call<T>(
  region: string,
  signal: AbortSignal | undefined,
  run: (options: { abortSignal?: AbortSignal }) => Promise<T>,
): Promise<T> {
  try {
    return await run(abortOptions(signal));
  } catch (thrown) {
    signal?.throwIfAborted();
    throw toError(faultOf(thrown), oidcName(region), thrown);
  }
}

function abortOptions(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal };
}

function incomplete(region: string, operation: string): AwsherError {
  return toError(
    {
      kind: 'server',
      code: `${operation} left something out, or gave it in a form that cannot be right`,
      status: 200,
    },
    oidcName(region),
  );
}

function oidcName(region: string): string {
  return `IAM Identity Center in ${region}`;
}
