import { join } from 'node:path';
import { Secret } from '../../../shared/secret.ts';
import { writeFileAtomic } from '../../base/files/atomic-write.ts';
import type { Paths } from '../../base/files/paths.ts';
import { pythonJson } from '../../base/files/python-json.ts';
import { readRegularFile } from '../../base/files/read-file.ts';
import { sha1Hex } from '../../base/files/sha1.ts';
import { fieldsOf, parseJson, textField } from '../../base/formats/json.ts';
import { formatTimestamp, parseTimestamp } from '../../base/formats/token-dates.ts';
import type { Credentials } from './credentials.ts';

type CachePaths = Pick<Paths, 'cliCacheDir'>;

/** Cached credentials with less time than this are fetched anew (botocore `DEFAULT_EXPIRY_WINDOW_SECONDS`). */
export const ROLE_WINDOW_MS = 15 * 60_000;

/** A role of Identity Center; exactly one of session name and start URL names the portal. */
export interface SsoRole {
  readonly accountId: string;
  readonly roleName: string;
  readonly session: string | null;
  readonly startUrl: string;
}

/** What distinguishes one AssumeRole from another: only what the config says, never a generated session name. */
export interface AssumeRoleKey {
  readonly roleArn: string;
  readonly externalId?: string | undefined;
  readonly durationSeconds?: number | undefined;
  readonly roleSessionName?: string | undefined;
  readonly mfaSerial?: string | undefined;
}

/**
 * The cache key of a role of Identity Center: SHA-1 of minified JSON with sorted keys; `sessionName`, or for a profile that
 * names the portal itself `startUrl` (AWS CLI v2 botocore/credentials.py `SSOCredentialFetcher._create_cache_key`).
 */
export function ssoCacheKey({ accountId, roleName, session, startUrl }: SsoRole): string {
  const portal = session === null ? { startUrl } : { sessionName: session };
  const json = JSON.stringify({ accountId, roleName, ...portal });
  return sha1Hex(
    json.replace(/[\u007f-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}

/**
 * The cache key of an assumed role: SHA-1 of Python's default JSON of the request's parameters, sorted by name
 * (`BaseAssumeRoleCredentialFetcher._create_cache_key`). It knows nothing of the source of the keys, as there.
 */
export function assumeRoleCacheKey(key: AssumeRoleKey): string {
  const parameters = new Map<string, unknown>([
    ['DurationSeconds', key.durationSeconds],
    ['ExternalId', key.externalId],
    ['RoleArn', key.roleArn],
    ['RoleSessionName', key.roleSessionName],
    ['SerialNumber', key.mfaSerial],
  ]);
  for (const [name, value] of parameters) if (value === undefined) parameters.delete(name);
  return sha1Hex(pythonJson(parameters));
}

/** The path of a cache entry. */
export function roleCacheFile(paths: CachePaths, key: string): string {
  return join(paths.cliCacheDir, `${key}.json`);
}

/** A cache entry that is good for another 15 minutes; undefined when there is none, or none that can be read. */
export function readCachedRole(paths: CachePaths, key: string, nowMs: number): Credentials | undefined {
  const entry = readRoleEntry(paths, key);
  return entry?.credentials.expiresAt !== undefined && entry.credentials.expiresAt - nowMs >= ROLE_WINDOW_MS
    ? entry.credentials
    : undefined;
}

/** A cache entry whatever its age. `providerType` is `sso` for roles of Identity Center. */
export function readRoleEntry(
  paths: CachePaths,
  key: string,
): { credentials: Credentials; providerType: string | undefined } | undefined {
  const text = textOf(roleCacheFile(paths, key));
  return text === undefined ? undefined : parseRoleEntry(text);
}

/** Parses an entry as the AWS CLI of any age writes it; a cache that cannot be read is as good as none. */
export function parseRoleEntry(
  text: string,
): { credentials: Credentials; providerType: string | undefined } | undefined {
  const entry = fieldsOf(parseJson(text));
  const fields = fieldsOf(entry.get('Credentials'));
  const [accessKeyId, secret, token, end] = [
    'AccessKeyId',
    'SecretAccessKey',
    'SessionToken',
    'Expiration',
  ].map((name) => textField(fields, name));
  const expiresAt = end === undefined ? undefined : parseTimestamp(end);
  if (accessKeyId === undefined || secret === undefined || token === undefined || expiresAt === undefined) {
    return undefined;
  }
  const accountId = textField(fields, 'AccountId');
  return {
    providerType: textField(entry, 'ProviderType'),
    credentials: {
      accessKeyId,
      secretAccessKey: new Secret(secret),
      sessionToken: new Secret(token),
      expiresAt,
      ...(accountId === undefined ? {} : { accountId }),
    },
  };
}

/** Writes the credentials of a role of Identity Center as the AWS CLI v2 does (since 2.25 with AccountId). */
export function writeSsoEntry(paths: CachePaths, key: string, credentials: Credentials): void {
  const entry = { ProviderType: 'sso', Credentials: credentialFields(credentials, formatTimestamp) };
  writeFileAtomic(roleCacheFile(paths, key), pythonJson(entry));
}

/** What STS said besides the keys; the AWS CLI keeps the whole answer. */
export interface AssumedRole {
  readonly arn: string | undefined;
  readonly id: string | undefined;
  readonly requestId: string | undefined;
}

/** Writes the credentials of an assumed role: the answer of STS, as the AWS CLI does. */
export function writeAssumeRoleEntry(
  paths: CachePaths,
  key: string,
  credentials: Credentials,
  assumed: AssumedRole,
): void {
  const withOffset = (at: number) => formatTimestamp(at).replace('Z', '+00:00');
  const entry = {
    Credentials: credentialFields(credentials, withOffset),
    AssumedRoleUser: { AssumedRoleId: assumed.id ?? '', Arn: assumed.arn ?? '' },
    ResponseMetadata: {
      RequestId: assumed.requestId ?? '',
      HTTPStatusCode: 200,
      HTTPHeaders: {},
      RetryAttempts: 0,
    },
  };
  writeFileAtomic(roleCacheFile(paths, key), pythonJson(entry));
}

function credentialFields(credentials: Credentials, format: (at: number) => string): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt, accountId } = credentials;
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey.expose(),
    ...(sessionToken === undefined ? {} : { SessionToken: sessionToken.expose() }),
    ...(expiresAt === undefined ? {} : { Expiration: format(expiresAt) }),
    ...(accountId === undefined ? {} : { AccountId: accountId }),
  };
}

function textOf(file: string): string | undefined {
  try {
    return readRegularFile(file)?.toString('utf8');
  } catch {
    return undefined;
  }
}
