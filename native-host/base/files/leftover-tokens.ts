import { chmodSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isLeftover, TOKEN_LEFTOVER } from './leftovers.ts';
import { withLock } from './lock.ts';
import type { Paths } from './paths.ts';
import { namesIn, readRegularFile } from './read-file.ts';
import { parseToken, type SsoToken } from './token-format.ts';

const LOCK_WAIT_MS = 500;

/**
 * AWS gives the successor of a refresh token once. A process that was killed after it had written it, and before the file
 * was in its place, left the only copy: it takes its place now. What is no newer token of the same client is removed.
 * Best effort.
 */
export async function settleLeftoverTokens(paths: Pick<Paths, 'ssoCacheDir' | 'locksDir'>): Promise<void> {
  for (const name of namesIn(paths.ssoCacheDir)) {
    const hash = TOKEN_LEFTOVER.exec(name)?.[1];
    if (hash === undefined || !isLeftover(paths.ssoCacheDir, name)) continue;
    const [left, file] = [join(paths.ssoCacheDir, name), join(paths.ssoCacheDir, `${hash}.json`)];
    // The token's own lock, by the name that `tokenLockName` gives it.
    const settling = withLock(paths, `token-${hash}`, () => settle(left, file), { timeoutMs: LOCK_WAIT_MS });
    await settling.catch(() => {});
  }
}

function settle(left: string, file: string): void {
  const [found, there] = [tokenIn(left), tokenIn(file)];
  const follows =
    found !== undefined &&
    there !== undefined &&
    found.clientId !== undefined &&
    found.clientId === there.clientId &&
    found.expiresAt > there.expiresAt;
  if (!follows) {
    rmSync(left, { force: true });
    return;
  }
  const { mode, uid, gid } = statSync(file);
  if (uid === statSync(left).uid && gid === statSync(left).gid) chmodSync(left, mode & 0o7777);
  renameSync(left, file);
}

function tokenIn(file: string): SsoToken | undefined {
  try {
    const bytes = readRegularFile(file);
    const read = bytes === undefined ? undefined : parseToken(bytes.toString('utf8'));
    return read?.kind === 'token' ? read.token : undefined;
  } catch {
    return undefined;
  }
}
