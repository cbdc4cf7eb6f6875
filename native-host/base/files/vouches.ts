import { join } from 'node:path';
import { fieldsOf, parseJson } from '../formats/json.ts';
import { ensureOwnFolder, writeFileAtomic } from './atomic-write.ts';
import { nodeCrypto } from './lazy-modules.ts';
import { type LockOptions, withLock } from './lock.ts';
import type { Paths } from './paths.ts';
import { readRegularFile } from './read-file.ts';

/** A command of this computer that asked AWS for a code without the browser's help. */
export interface Vouch {
  /** SHA-256 of the user code, in hex: the file tells nobody a code. */
  readonly codeHash: string;
  readonly command: string;
  readonly pid: number;
  readonly parents: readonly string[];
  /** Milliseconds since 1970. */
  readonly until: number;
}

type VouchPaths = Pick<Paths, 'stateDir' | 'locksDir'>;

/** A device code lives ten minutes; a vouch no longer. */
export const VOUCH_MS = 10 * 60_000;

export function hashCode(userCode: string): string {
  return nodeCrypto().createHash('sha256').update(userCode, 'utf8').digest('hex');
}

/** Leaves word that this computer asked for a code, so that its page raises no alarm. Old words are dropped. */
export async function leaveVouch(
  paths: VouchPaths,
  vouch: Vouch,
  now: number,
  options: LockOptions = {},
): Promise<void> {
  const leave = () => {
    const others = readAll(paths, now).filter(({ codeHash }) => codeHash !== vouch.codeHash);
    ensureOwnFolder(paths.stateDir);
    writeFileAtomic(fileOf(paths), `${JSON.stringify([...others, vouch])}\n`);
  };
  await withLock(paths, 'vouches', leave, options);
}

/** The vouch for a code hash, if one is there and not over. */
export function findVouch(paths: Pick<Paths, 'stateDir'>, codeHash: string, now: number): Vouch | undefined {
  return readAll(paths, now).find((vouch) => vouch.codeHash === codeHash);
}

const fileOf = (paths: Pick<Paths, 'stateDir'>): string => join(paths.stateDir, 'vouches.json');

function readAll(paths: Pick<Paths, 'stateDir'>, now: number): Vouch[] {
  // A vouch only spares a question; a broken list means that the question is asked.
  const list = parseJson(readRegularFile(fileOf(paths))?.toString('utf8') ?? '');
  return Array.isArray(list) ? list.filter((item): item is Vouch => isVouch(item) && item.until > now) : [];
}

function isVouch(item: unknown): item is Vouch {
  const fields = fieldsOf(item);
  const parents = fields.get('parents');
  return (
    typeof fields.get('codeHash') === 'string' &&
    typeof fields.get('command') === 'string' &&
    typeof fields.get('pid') === 'number' &&
    typeof fields.get('until') === 'number' &&
    Array.isArray(parents) &&
    parents.every((name) => typeof name === 'string')
  );
}
