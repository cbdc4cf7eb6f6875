import {
  CreateTokenCommand,
  RegisterClientCommand,
  SSOOIDCClient,
  SSOOIDCServiceException,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc';
import { serviceOrigin } from '../../shared/aws/hosts.ts';
import { AwsherError } from '../../shared/errors/awsher-error.ts';
import { isLifetime, isTokenText, type TokenReply } from '../../shared/oidc/token-reply.ts';
import type { FoundPortal } from '../../shared/protocol/fields.ts';
import { Secret } from '../../shared/secret.ts';
import { limitHandler, retryStrategy } from '../../shared/transport/limited.ts';
import { LIMITS } from '../../shared/transport/policy.ts';
import { clockwork } from '../platform/time.ts';

export interface ClientRegistration {
  clientId: string;
  clientSecret: Secret;
  /** Seconds since 1970. */
  expiresAt: number;
}

export interface DeviceAuthorization {
  deviceCode: Secret;
  userCode: string;
  verificationUri: string;
  /** With the code in it; where AWS gives none, the address without. */
  verificationUriComplete: string;
  /** Seconds. */
  expiresIn: number;
  interval: number;
}

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const REFRESH_GRANT = 'refresh_token';

/** The calls of sso-oidc that a device sign-in needs (AWS SSO OIDC API Reference), at the endpoint of one portal. */
export function oidcClient({ region, family }: Pick<FoundPortal, 'region' | 'family'>) {
  const client = new SSOOIDCClient({
    region,
    endpoint: serviceOrigin('oidc', region, family),
    retryStrategy: retryStrategy(clockwork),
    requestHandler: { requestTimeout: LIMITS.firstByteMs },
    // The operations are unsigned; without this the SDK looks for credentials.
    credentials: { accessKeyId: '', secretAccessKey: '' },
  });
  limitHandler(client.config.requestHandler, clockwork);
  return {
    async register(scopes: readonly string[]): Promise<ClientRegistration> {
      const reply = await call(() =>
        client.send(
          new RegisterClientCommand({
            clientName: 'awsher',
            clientType: 'public',
            scopes: [...scopes],
            grantTypes: [DEVICE_GRANT, REFRESH_GRANT],
          }),
        ),
      );
      if (!reply.clientId || !reply.clientSecret || !reply.clientSecretExpiresAt) throw incomplete();
      return {
        clientId: reply.clientId,
        clientSecret: new Secret(reply.clientSecret),
        expiresAt: reply.clientSecretExpiresAt,
      };
    },

    async authorizeDevice(registration: ClientRegistration, startUrl: string): Promise<DeviceAuthorization> {
      const reply = await call(() =>
        client.send(
          new StartDeviceAuthorizationCommand({
            clientId: registration.clientId,
            clientSecret: registration.clientSecret.expose(),
            startUrl,
          }),
        ),
      );
      const { deviceCode, userCode, verificationUri, verificationUriComplete } = reply;
      if (!deviceCode || !userCode || !verificationUri) throw incomplete();
      return {
        deviceCode: new Secret(deviceCode),
        userCode,
        verificationUri,
        verificationUriComplete: verificationUriComplete ?? verificationUri,
        expiresIn: reply.expiresIn ?? 600,
        interval: reply.interval ?? 5,
      };
    },

    /** One question to AWS, one closed answer; only a lost network throws. */
    async createToken(registration: ClientRegistration, deviceCode: Secret): Promise<TokenReply> {
      try {
        const reply = await client.send(
          new CreateTokenCommand({
            clientId: registration.clientId,
            clientSecret: registration.clientSecret.expose(),
            grantType: DEVICE_GRANT,
            deviceCode: deviceCode.expose(),
          }),
        );
        if (!isTokenText(reply.accessToken) || !isLifetime(reply.expiresIn)) throw incomplete();
        return {
          kind: 'token',
          accessToken: new Secret(reply.accessToken),
          refreshToken: reply.refreshToken ? new Secret(reply.refreshToken) : null,
          expiresIn: reply.expiresIn,
        };
      } catch (thrown) {
        const name = thrown instanceof SSOOIDCServiceException ? thrown.name : null;
        switch (name) {
          case 'AuthorizationPendingException':
            return { kind: 'pending' };
          case 'SlowDownException':
            return { kind: 'slow-down' };
          case 'ExpiredTokenException':
            return { kind: 'expired' };
          case 'AccessDeniedException':
            return { kind: 'denied' };
          default:
            throw describe(thrown);
        }
      }
    },
  };
}

async function call<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (thrown) {
    throw describe(thrown);
  }
}

/** An error of the SDK as ours. AWS's own text is not passed on: it may be anything. */
function describe(thrown: unknown): AwsherError {
  if (thrown instanceof AwsherError) return thrown;
  if (!(thrown instanceof SSOOIDCServiceException)) {
    return new AwsherError('NETWORK', 'The browser could not reach AWS.', {
      hint: 'check the connection and the region, then try again',
      cause: thrown,
    });
  }
  switch (thrown.name) {
    case 'InvalidClientException':
    case 'UnauthorizedClientException':
      return new AwsherError('SIGN_IN_FAILED', 'AWS does not know awsher as a client any more.', {
        hint: 'try again: awsher registers itself anew',
        cause: thrown,
      });
    case 'InvalidGrantException':
      // RFC 6749 §5.2. A device code is good for one token: its answer was on the way when the connection or we broke.
      return new AwsherError(
        'SIGN_IN_FAILED',
        'The sign-in was approved, but its token got lost on the way.',
        {
          hint: 'run `awsher login` again',
          cause: thrown,
        },
      );
    case 'InvalidRequestException':
      return new AwsherError('REGION_WRONG', 'AWS knows no such portal there.', { cause: thrown });
    case 'InternalServerException':
      return new AwsherError('AWS_ERROR', 'AWS had an error of its own.', {
        hint: 'try again in a minute',
        cause: thrown,
      });
    default:
      return new AwsherError('SIGN_IN_FAILED', 'AWS refused the sign-in.', {
        hint: 'run `awsher doctor`',
        cause: thrown,
      });
  }
}

function incomplete(): AwsherError {
  return new AwsherError('AWS_ERROR', "AWS's answer was incomplete.", { hint: 'try again' });
}
