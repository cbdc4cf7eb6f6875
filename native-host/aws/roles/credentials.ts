import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { Secret } from '../../../shared/secret.ts';
import { clockTime, distance } from '../../base/formats/times.ts';
import { formatTimestamp } from '../../base/formats/token-dates.ts';
import type { SigningKeys } from '../calls/clients.ts';

/** Keys for AWS, wherever they came from. `expiresAt` is milliseconds since 1970; static keys have none. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken?: Secret;
  readonly expiresAt?: number;
  readonly accountId?: string;
}

/** The last moment that a date of four-digit years can name. */
const LAST_MS = Date.UTC(10_000, 0) - 1;

/**
 * When temporary credentials end, as `who` says it in milliseconds since 1970. Throws AWS_ERROR for what is no moment, and
 * for one that has passed: such credentials are neither kept nor handed out.
 */
export function endOf(expiresAt: unknown, nowMs: number, who: string): number {
  const isMoment = typeof expiresAt === 'number' && expiresAt > 0 && expiresAt <= LAST_MS;
  if (isMoment && expiresAt > nowMs) return Math.floor(expiresAt);
  const what = isMoment
    ? `that ended ${distance(expiresAt, nowMs)} (${clockTime(expiresAt, nowMs)})`
    : 'without a usable expiration date';
  throw new AwsherError('AWS_ERROR', `${who} returned credentials ${what}.`, {
    hint: 'check the clock (`date -u`), then run the command again',
  });
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
