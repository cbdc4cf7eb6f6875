import type { Secret } from '../../shared/secret.ts';
import { formatTimestamp } from '../files/token-dates.ts';
import type { SigningKeys } from './clients.ts';

/** Keys for AWS, wherever they came from. `expiresAt` is milliseconds since 1970; static keys have none. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken?: Secret;
  readonly expiresAt?: number;
  readonly accountId?: string;
}

/** The JSON that a `credential_process` prints (AWS SDKs and Tools Reference Guide, "Process credential provider"). */
export function processJson(credentials: Credentials): string {
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt, accountId } = credentials;
  return JSON.stringify({
    Version: 1,
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey.expose(),
    ...(sessionToken === undefined ? {} : { SessionToken: sessionToken.expose() }),
    ...(expiresAt === undefined ? {} : { Expiration: formatTimestamp(expiresAt) }),
    ...(accountId === undefined ? {} : { AccountId: accountId }),
  });
}

/** As the SDK wants them for a signed call. */
export function signingKeys({ accessKeyId, secretAccessKey, sessionToken }: Credentials): SigningKeys {
  return {
    accessKeyId,
    secretAccessKey: secretAccessKey.expose(),
    ...(sessionToken === undefined ? {} : { sessionToken: sessionToken.expose() }),
  };
}
