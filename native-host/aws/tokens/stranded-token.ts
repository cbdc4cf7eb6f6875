import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../../base/files/atomic-write.ts';
import type { Paths } from '../../base/files/paths.ts';
import { readTokenFile, tokenFileName } from '../../base/files/token-cache.ts';
import { formatToken, type SsoToken } from '../../base/files/token-format.ts';
import { fingerprint } from './session-notes.ts';

type StatePaths = Pick<Paths, 'stateDir'>;

const REPLACES = 'awsherReplaces';

/**
 * Keeps a token that AWS has issued and that could not be written where it belongs: the refresh token before it is spent.
 * In awsher's state, 0600, until a renewal of the token that it replaces finds it. Throws FILE_WRITE.
 */
export function keepStranded(paths: StatePaths, key: string, token: SsoToken, before: SsoToken): string {
  const file = fileOf(paths, key);
  const extra = new Map([...(token.extra ?? []), [REPLACES, fingerprint(before.accessToken)]]);
  writeFileAtomic(file, formatToken({ ...token, extra }));
  return file;
}

/** The token that replaces this one and waits for its place; none when the session was signed in to anew since. */
export function strandedToken(paths: StatePaths, key: string, before: SsoToken): SsoToken | undefined {
  let file: ReturnType<typeof readTokenFile>;
  try {
    file = readTokenFile(fileOf(paths, key));
  } catch {
    return undefined;
  }
  if (file.kind !== 'token') return undefined;
  const { extra, ...token } = file.token;
  if (extra?.get(REPLACES) !== fingerprint(before.accessToken)) {
    dropStranded(paths, key);
    return undefined;
  }
  return { ...token, extra: new Map([...extra].filter(([name]) => name !== REPLACES)) };
}

/** After it got its place, or a sign-out. Best effort. */
export function dropStranded(paths: StatePaths, key: string): void {
  try {
    rmSync(fileOf(paths, key), { force: true });
  } catch {
    // It replaces nothing that is there any more.
  }
}

function fileOf({ stateDir }: StatePaths, key: string): string {
  return join(stateDir, 'stranded', tokenFileName(key));
}
