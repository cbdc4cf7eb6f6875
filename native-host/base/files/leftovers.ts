import { rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nodeCrypto } from './lazy-modules.ts';
import { hasEnded, placeMark } from './lock-owner.ts';
import type { Paths } from './paths.ts';
import { namesIn } from './read-file.ts';

/*
 * A process that is killed in the middle of a write leaves its temporary file, which may hold a refresh token or a whole
 * config. Its name says whose it is, so that the next one who comes by removes it, and nobody a file that is being written.
 */

const NAME = /^\..+\.(?:([0-9a-f]{8})-)?(\d+)-[0-9a-f]{12}\.tmp$/;
/** The temporary file of a token; with the name of the file that it was to become. */
export const TOKEN_LEFTOVER = /^\.([0-9a-f]{40})\.json\..*\.tmp$/;
/** No write takes so long; and what is of another machine, or has the pid of a new process, is known by its age only. */
const STALE_MS = 3_600_000;

/** The name of a temporary file for `name`, in the same folder; not `*.json`, which the AWS CLI's logout would scan. */
export function temporaryName(name: string): string {
  return `.${name}.${placeMark()}-${process.pid}-${nodeCrypto().randomBytes(6).toString('hex')}.tmp`;
}

/** Removes what processes that were killed left in a folder. Best effort: the file is in nobody's way. */
export function sweepLeftovers(folder: string): void {
  for (const name of namesIn(folder)) {
    // May be the only copy of a token: `settleLeftoverTokens` looks into it.
    if (TOKEN_LEFTOVER.test(name) || !isLeftover(folder, name)) continue;
    try {
      rmSync(join(folder, name), { force: true });
    } catch {
      // See above.
    }
  }
}

/** Whether a file is a temporary one whose writer is no more. */
export function isLeftover(folder: string, name: string): boolean {
  const [, place, pid] = NAME.exec(name) ?? [];
  if (pid === undefined) return false;
  if (place === placeMark() && hasEnded(Number(pid))) return true;
  const stats = statSync(join(folder, name), { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs > STALE_MS;
}

/** As `sweepLeftovers`, wherever awsher writes. A few listings of small folders. */
export function sweepHome(
  paths: Pick<
    Paths,
    'configFile' | 'credentialsFile' | 'ssoCacheDir' | 'cliCacheDir' | 'stateDir' | 'locksDir'
  >,
): void {
  const { configFile, credentialsFile, ssoCacheDir, cliCacheDir, stateDir, locksDir } = paths;
  const undo = join(stateDir, 'undo');
  const folders = [
    ...[configFile, credentialsFile].map(dirname),
    ...[ssoCacheDir, cliCacheDir, locksDir, stateDir],
    join(stateDir, 'sessions'),
    join(stateDir, 'catalogue'),
    ...namesIn(undo).map((name) => join(undo, name)),
  ];
  for (const folder of new Set(folders)) sweepLeftovers(folder);
}
