import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { nodeCrypto } from '../platform/lazy-crypto.ts';
import { hasEnded, placeMark } from './lock-owner.ts';
import type { Paths } from './paths.ts';

/*
 * A process that is killed in the middle of a write leaves its temporary file, which may hold a refresh token or a whole
 * config. Its name says whose it is, so that the next one who comes by removes it, and nobody a file that is being written.
 */

const NAME = /^\..+\.(?:([0-9a-f]{8})-)?(\d+)-[0-9a-f]{12}\.tmp$/;
/** No write takes so long; and what is of another machine, or has the pid of a new process, is known by its age only. */
const STALE_MS = 3_600_000;

/** The name of a temporary file for `name`, in the same folder; not `*.json`, which the AWS CLI's logout would scan. */
export function temporaryName(name: string): string {
  return `.${name}.${placeMark()}-${process.pid}-${nodeCrypto().randomBytes(6).toString('hex')}.tmp`;
}

/** Removes what processes that were killed left in a folder. Best effort: the file is in nobody's way. */
export function sweepLeftovers(folder: string): void {
  let names: string[];
  try {
    names = fs.readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) {
    const [, place, pid] = NAME.exec(name) ?? [];
    if (pid === undefined) continue;
    const file = join(folder, name);
    try {
      if ((place === placeMark() && hasEnded(Number(pid))) || isStale(file)) fs.rmSync(file, { force: true });
    } catch {
      // See above.
    }
  }
}

function isStale(file: string): boolean {
  return Date.now() - fs.statSync(file).mtimeMs > STALE_MS;
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
    ...['sessions', 'catalogue'].map((name) => join(stateDir, name)),
    ...foldersIn(undo),
  ];
  for (const folder of new Set(folders)) sweepLeftovers(folder);
}

function foldersIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
