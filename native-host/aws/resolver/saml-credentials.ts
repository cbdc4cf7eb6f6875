import { join } from 'node:path';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { Secret } from '../../../shared/secret.ts';
import { ensureOwnFolder, writeFileAtomic } from '../../base/files/atomic-write.ts';
import type { Paths } from '../../base/files/paths.ts';
import { readRegularFile } from '../../base/files/read-file.ts';
import { sha1Hex } from '../../base/files/sha1.ts';
import { fieldsOf, parseJson, textField } from '../../base/formats/json.ts';
import { formatTimestamp, parseTimestamp } from '../../base/formats/token-dates.ts';
import type { Credentials } from '../roles/credentials.ts';
import type { SamlProcess } from './saml-process.ts';

/**
 * Credentials that a SAML sign-in got, one file a profile in the state folder, private. SAML has no refresh: when they are
 * over, the person signs in again. Loaded by the fast lane, so no schema library.
 */
export function storeSamlCredentials(
  paths: Pick<Paths, 'stateDir'>,
  profile: string,
  credentials: Credentials & { readonly expiresAt: number },
): string {
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt, accountId } = credentials;
  const file = fileOf(paths, profile);
  ensureOwnFolder(join(paths.stateDir, 'saml'));
  const value = {
    profile,
    accessKeyId,
    secretAccessKey: secretAccessKey.expose(),
    sessionToken: sessionToken?.expose(),
    expiresAt: formatTimestamp(expiresAt),
    accountId,
  };
  writeFileAtomic(file, `${JSON.stringify(value)}\n`);
  return file;
}

/** The stored credentials of a profile while they live; undefined otherwise. `now` is milliseconds since 1970. */
export function readSamlCredentials(
  paths: Pick<Paths, 'stateDir'>,
  profile: string,
  now: number,
): Credentials | undefined {
  const bytes = readRegularFile(fileOf(paths, profile));
  if (bytes === undefined) return undefined;
  // What cannot be read is nothing that a sign-in does not bring back.
  const fields = fieldsOf(parseJson(bytes.toString('utf8')));
  const text = (name: string) => textField(fields, name);
  const [accessKeyId, secret, token, end] = [
    text('accessKeyId'),
    text('secretAccessKey'),
    text('sessionToken'),
    text('expiresAt'),
  ];
  const expiresAt = end === undefined ? undefined : parseTimestamp(end);
  if (text('profile') !== profile || !accessKeyId || !secret || !token || expiresAt === undefined)
    return undefined;
  if (expiresAt <= now) return undefined;
  const accountId = text('accountId');
  return {
    accessKeyId,
    secretAccessKey: new Secret(secret),
    sessionToken: new Secret(token),
    expiresAt,
    ...(accountId === undefined ? {} : { accountId }),
  };
}

/** The stored credentials, for a command that may open no browser. Throws SIGN_IN_NEEDED. */
export function samlCredentials(
  paths: Pick<Paths, 'stateDir'>,
  { name, profile }: SamlProcess,
  now: number,
): Credentials {
  const found = readSamlCredentials(paths, profile, now);
  if (found !== undefined) return found;
  throw new AwsherError('SIGN_IN_NEEDED', `The credentials of profile ${profile} have expired.`, {
    hint: `run \`awsher saml login ${name}${profile === name ? '' : ` --profile ${profile}`}\``,
  });
}

function fileOf(paths: Pick<Paths, 'stateDir'>, profile: string): string {
  return join(paths.stateDir, 'saml', `${sha1Hex(profile)}.json`);
}
