import { join } from 'node:path';
import type { Paths } from './paths.ts';
import { pythonJson } from './python-json.ts';
import { sha1Hex } from './sha1.ts';

export interface CliRegistrationKey {
  /** The region of Identity Center. */
  readonly region: string;
  /** As the config writes it. */
  readonly startUrl: string;
  readonly session: string | null;
  /** In the config's order; null when it names none. */
  readonly scopes: readonly string[] | null;
}

/**
 * Where the AWS CLI (2.7.32 and later) keeps the client that it is to Identity Center: SHA-1 of Python's JSON with sorted
 * keys (AWS CLI v2 botocore/utils.py `_registration_cache_key`). Only the CLI reads it.
 */
export function cliRegistrationFile(
  { ssoCacheDir }: Pick<Paths, 'ssoCacheDir'>,
  { region, scopes, session, startUrl }: CliRegistrationKey,
): string {
  const key = pythonJson({ region, scopes, session_name: session, startUrl, tool: 'botocore' });
  return join(ssoCacheDir, `${sha1Hex(key)}.json`);
}

/** `sso_registration_scopes` as the AWS CLI reads it. */
export function scopesOf(value: string | undefined): string[] | null {
  return value === undefined ? null : value.split(',').map((scope) => scope.trim());
}
