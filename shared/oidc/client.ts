import { toError } from '../aws/fault-words.ts';
import { type AwsFault, blamesQuestion, faultOf } from '../aws/faults.ts';
import type { AwsherError } from '../errors/awsher-error.ts';
import { Secret } from '../secret.ts';
import { CODE_GRANT, DEVICE_GRANT, GRANT_TYPES, REFRESH_GRANT } from './flow.ts';
import { REGISTERED_REDIRECT } from './redirect.ts';

/** A client that AWS registered for us. `expiresAt` is milliseconds since 1970. */
export interface Registration {
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly expiresAt: number;
}

/** A device code and where it is approved (RFC 8628 §3.2). Times to live are milliseconds. */
export interface DeviceCode {
  readonly deviceCode: Secret;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete: string;
  readonly livesMs: number;
  /** The shortest pause between two questions for the token. */
  readonly intervalMs: number;
}

export interface IssuedToken {
  readonly accessToken: Secret;
  /** Missing when the registration has no scope. */
  readonly refreshToken: Secret | undefined;
  readonly livesMs: number;
}

/** What one CreateToken with a device code can say (RFC 8628 §3.5). */
export type TokenReply =
  | { readonly kind: 'token'; readonly token: IssuedToken }
  | { readonly kind: 'pending' }
  | { readonly kind: 'slow-down' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'denied' }
  /** The code was good for one token, and that answer did not reach us (RFC 6749 §5.2, `invalid_grant`). */
  | { readonly kind: 'lost' }
  | { readonly kind: 'failed'; readonly error: AwsherError };

/** What one CreateToken with a refresh token can say. `rejected`: never try this refresh token again. */
export type RefreshReply =
  | { readonly kind: 'token'; readonly token: IssuedToken }
  | { readonly kind: 'rejected'; readonly code: string }
  | { readonly kind: 'failed'; readonly error: AwsherError };

/** The three operations of sso-oidc (AWS SSO OIDC API Reference), as an SDK sends them. They throw what the SDK throws. */
export interface OidcSend {
  registerClient(input: {
    clientName: string;
    clientType: string;
    grantTypes: string[];
    scopes?: string[];
    redirectUris?: string[];
    issuerUrl?: string;
  }): Promise<Answer<'clientId' | 'clientSecret', 'clientSecretExpiresAt'>>;
  startDeviceAuthorization(
    input: Client & { startUrl: string },
  ): Promise<
    Answer<
      'deviceCode' | 'userCode' | 'verificationUri' | 'verificationUriComplete',
      'expiresIn' | 'interval'
    >
  >;
  createToken(input: Client & Grant): Promise<Answer<'accessToken' | 'refreshToken', 'expiresIn'>>;
}
type Answer<Texts extends string, Numbers extends string> = {
  [K in Texts]?: string | undefined;
} & { [K in Numbers]?: number | undefined };
type Client = { clientId: string; clientSecret: string };
type Grant = {
  grantType: string;
  deviceCode?: string;
  refreshToken?: string;
  code?: string;
  codeVerifier?: string;
  redirectUri?: string;
};

const DEFAULT_INTERVAL_MS = 5_000;

/** AWS's words for a start URL that it does not know ("Invalid start url provided"), or none of its own. What else it says is told. */
const ABOUT_PORTAL = /^(Error|Invalid ?Request(Exception)?|)$|start.?url|portal|region/i;

/**
 * sso-oidc in one region, for the browser and the terminal. `send` brings the SDK. Errors are told as `toError` tells them; an
 * aborted call rejects with the signal's reason.
 */
export function oidcClient(send: OidcSend, { region, signal }: { region: string; signal?: AbortSignal }) {
  const who = `IAM Identity Center in ${region}`;
  const failed = (fault: AwsFault) => ({ kind: 'failed' as const, error: toError(fault, who) });
  const incomplete = (operation: string): AwsherError =>
    toError({ kind: 'server', code: `${operation} is incomplete`, status: 200 }, who);

  /** A call whose refusals by AWS are sorted; whatever else was thrown keeps its own words. */
  async function attempt<T>(
    call: () => Promise<T>,
    sort: (fault: AwsFault) => T | undefined = () => undefined,
  ): Promise<T> {
    try {
      return await call();
    } catch (thrown) {
      if (signal?.aborted) throw signal.reason;
      const fault = faultOf(thrown);
      const sorted = sort(fault);
      if (sorted !== undefined) return sorted;
      throw toError(fault, who, thrown);
    }
  }

  async function token(
    { clientId, clientSecret }: Pick<Registration, 'clientId' | 'clientSecret'>,
    grant: Grant,
  ): Promise<Extract<TokenReply, { kind: 'token' | 'failed' }>> {
    const answer = await send.createToken({ clientId, clientSecret: clientSecret.expose(), ...grant });
    const { accessToken, refreshToken, expiresIn } = answer;
    const refreshable = refreshToken === undefined || isTokenText(refreshToken);
    if (!isTokenText(accessToken) || !refreshable || !isLifetime(expiresIn))
      return { kind: 'failed', error: incomplete('CreateToken') };
    return {
      kind: 'token',
      token: {
        accessToken: new Secret(accessToken),
        refreshToken: refreshToken ? new Secret(refreshToken) : undefined,
        livesMs: expiresIn * 1000,
      },
    };
  }

  /** What AWS says instead of a token. */
  function endsOf(fault: AwsFault): TokenReply {
    switch (fault.kind) {
      case 'authorization-pending':
        return { kind: 'pending' };
      case 'slow-down':
        return { kind: 'slow-down' };
      case 'expired-token':
        return { kind: 'expired' };
      case 'access-denied':
        return { kind: 'denied' };
      case 'grant-rejected':
        return /^invalid_?grant/i.test(fault.code) ? { kind: 'lost' } : failed(fault);
      default:
        return failed(fault);
    }
  }

  return {
    /** RegisterClient for one flow and its renewals; PKCE is for one portal. */
    register: (
      scopes: readonly string[],
      flow: { kind: 'device' } | { kind: 'pkce'; portal: string } = { kind: 'device' },
    ): Promise<Registration> =>
      attempt(async () => {
        const { clientId, clientSecret, clientSecretExpiresAt } = await send.registerClient({
          clientName: 'awsher',
          clientType: 'public',
          grantTypes: [...GRANT_TYPES[flow.kind]],
          ...(flow.kind === 'pkce' ? { redirectUris: [REGISTERED_REDIRECT], issuerUrl: flow.portal } : {}),
          ...(scopes.length === 0 ? {} : { scopes: [...scopes] }),
        });
        if (!clientId || !clientSecret || !isLifetime(clientSecretExpiresAt))
          throw incomplete('RegisterClient');
        return { clientId, clientSecret: new Secret(clientSecret), expiresAt: clientSecretExpiresAt * 1000 };
      }),

    /** StartDeviceAuthorization; AWS's refusal of the client where it knows none of that id, `unknown-portal` for the start URL. */
    startDevice: (
      { clientId, clientSecret }: Registration,
      startUrl: string,
    ): Promise<DeviceCode | AwsherError | 'unknown-portal'> =>
      attempt<DeviceCode | AwsherError | 'unknown-portal'>(
        async () => {
          const answer = await send.startDeviceAuthorization({
            clientId,
            clientSecret: clientSecret.expose(),
            startUrl,
          });
          const { deviceCode, userCode, verificationUri, verificationUriComplete, expiresIn } = answer;
          if (!deviceCode || !userCode || !verificationUri || !isLifetime(expiresIn))
            throw incomplete('StartDeviceAuthorization');
          return {
            deviceCode: new Secret(deviceCode),
            userCode,
            verificationUri,
            verificationUriComplete: verificationUriComplete ?? verificationUri,
            livesMs: expiresIn * 1000,
            intervalMs: isLifetime(answer.interval) ? answer.interval * 1000 : DEFAULT_INTERVAL_MS,
          };
        },
        (fault) => {
          if (fault.kind === 'grant-rejected' && /^invalid_?client/i.test(fault.code))
            return toError(fault, who);
          return blamesQuestion(fault) && ABOUT_PORTAL.test(fault.message) ? 'unknown-portal' : undefined;
        },
      ),

    /** One question for the token of a device code; throws for nothing that AWS or the network says. */
    askToken: (registration: Registration, deviceCode: Secret): Promise<TokenReply> =>
      attempt<TokenReply>(
        () => token(registration, { grantType: DEVICE_GRANT, deviceCode: deviceCode.expose() }),
        endsOf,
      ),

    /** The token for the code that came back to `redirectUri`; a code is good for one question. */
    exchangeCode: (
      registration: Registration,
      { code, verifier, redirectUri }: { code: Secret; verifier: Secret; redirectUri: string },
    ): Promise<TokenReply> =>
      attempt<TokenReply>(
        () =>
          token(registration, {
            grantType: CODE_GRANT,
            code: code.expose(),
            codeVerifier: verifier.expose(),
            redirectUri,
          }),
        endsOf,
      ),

    /** One renewal. After the end of the portal session AWS says InvalidGrantException. */
    refresh: (
      client: Pick<Registration, 'clientId' | 'clientSecret'>,
      refreshToken: Secret,
    ): Promise<RefreshReply> =>
      attempt<RefreshReply>(
        () => token(client, { grantType: REFRESH_GRANT, refreshToken: refreshToken.expose() }),
        (fault) => {
          switch (fault.kind) {
            case 'grant-rejected':
              return { kind: 'rejected', code: fault.code };
            case 'expired-token':
            case 'access-denied':
            case 'unauthorized':
              return { kind: 'rejected', code: fault.kind };
            default:
              return failed(fault);
          }
        },
      ),
  };
}
export type OidcClient = ReturnType<typeof oidcClient>;

/** A number of seconds as AWS gives it: whole, positive, and before the year 10,000 also when it is a moment since 1970. */
function isLifetime(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value < 250_000_000_000;
}

/** A token can be a header's value: printable ASCII, not empty. */
function isTokenText(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}
