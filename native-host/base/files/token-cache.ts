import { existsSync, renameSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pauseSync, writeFileAtomic } from './atomic-write.ts';
import { errnoOf, writeError } from './file-errors.ts';
import type { Paths } from './paths.ts';
import { readRegularFile } from './read-file.ts';
import { sha1Hex } from './sha1.ts';
import { formatToken, parseToken, type SsoToken, type TokenFile } from './token-format.ts';

type CachePaths = Pick<Paths, 'ssoCacheDir'>;

const READ_ATTEMPTS = 4;
const READ_PAUSE_MS = 15;

/**
 * The file name of a token: lower-case hex SHA-1 of the UTF-8 key, `.json`. The key is the sso-session's name, or for a
 * profile that names the start URL itself that URL exactly as written. No normalisation of any kind
 * (AWS CLI v2 botocore/utils.py `_token_cache_key`, AWS SDK for JavaScript `getSSOTokenFilepath`).
 */
export function tokenFileName(key: string): string {
  return `${sha1Hex(key)}.json`;
}

/** The path of the token file of a session name or of a start URL. */
export function tokenFilePath(paths: CachePaths, key: string): string {
  return join(paths.ssoCacheDir, tokenFileName(key));
}

/** The name of the lock (`withLock`) to hold from reading a token to writing it again. */
export function tokenLockName(key: string): string {
  return `token-${tokenFileName(key).slice(0, -'.json'.length)}`;
}

/** Reads the token of a session name or start URL. Throws FILE_READ or FILE_NOT_REGULAR when it cannot be read. */
export function readToken(paths: CachePaths, key: string): TokenFile {
  return readTokenFile(tokenFilePath(paths, key));
}

/** As `readToken` for a path. */
export function readTokenFile(file: string): TokenFile {
  for (let attempt = 1; ; attempt++) {
    const bytes = readRegularFile(file);
    if (bytes === undefined) return { kind: 'none' };
    const read = parseToken(bytes.toString('utf8'));
    // Most SDKs write in place: what is half a file now may be whole in a moment.
    if (read.kind !== 'broken' || attempt === READ_ATTEMPTS) return read;
    pauseSync(READ_PAUSE_MS);
  }
}

/**
 * Writes the token of a session name or start URL and returns the path. Keys that another program left in the file stay.
 * The caller holds the lock. A new file gets 0600; an existing one keeps its mode.
 */
export function writeToken(paths: CachePaths, key: string, token: SsoToken): string {
  const file = tokenFilePath(paths, key);
  const old = readTokenFile(file);
  const extra = old.kind === 'token' ? old.token.extra : undefined;
  writeFileAtomic(
    file,
    formatToken({ ...token, extra: new Map([...(extra ?? []), ...(token.extra ?? [])]) }),
  );
  return file;
}

/** Removes the token of a session name or start URL. False when there was none. */
export function removeToken(paths: CachePaths, key: string): boolean {
  const file = tokenFilePath(paths, key);
  try {
    unlinkSync(file);
    return true;
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return false;
    throw writeError(file, paths.ssoCacheDir, thrown);
  }
}

/**
 * Moves a corrupt token file aside and returns its new path, which does not end in `.json`: programs that look at every
 * `*.json` of the folder stumble over one that is not JSON (AWS SDK for .NET `ScanSsoTokens`). The caller holds the
 * lock. Undefined when the file is not corrupt (any more).
 */
export function setAsideBroken(file: string, nowMs: number): string | undefined {
  if (readTokenFile(file).kind !== 'broken') return undefined;
  const stamp = new Date(nowMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  for (let copy = 0; ; copy++) {
    const aside = `${file}.broken-${stamp}Z${copy === 0 ? '' : `-${copy}`}`;
    if (existsSync(aside)) continue;
    try {
      renameSync(file, aside);
      return aside;
    } catch (thrown) {
      throw writeError(file, file, thrown);
    }
  }
}
