import {
  closeSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { fieldsOf, parseJson } from '../formats/json.ts';
import { ensureOwnFolder } from './atomic-write.ts';
import { errnoOf, writeError } from './file-errors.ts';
import { sweepLeftovers, temporaryName } from './leftovers.ts';
import { type LockOwner, thisOwner } from './lock-owner.ts';
import { sha1Hex } from './sha1.ts';

/*
 * A lock is a row of files STEM.1, STEM.2, ...: the highest number is the lock, in the hands of the owner named in
 * it, or free. To take a free (or orphaned) lock, one creates the next number; the file system lets exactly one
 * succeed. Nobody ever removes the highest one, so two waiters that replace the same dead owner cannot remove one
 * another's file by mistake, which is the race of locks that are deleted and created again.
 */

const FREE = 'free\n';
/** A waiter compares its claim with the row; that many numbers stay so that a row never changes wholly under it. */
const KEPT = 8;

export type GenerationState =
  | { readonly kind: 'gone' }
  | { readonly kind: 'free' }
  | { readonly kind: 'held'; readonly owner: LockOwner; readonly beatMs: number }
  | { readonly kind: 'unreadable'; readonly beatMs: number };

/** A lock's name as the beginning of a file name. */
export function lockStem(name: string): string {
  return /^[A-Za-z0-9_-]{1,80}$/.test(name) ? name : sha1Hex(name);
}

/** The highest number of a lock, 0 when there is none yet. */
export function highestGeneration(locksDir: string, stem: string): number {
  return Math.max(0, ...generations(locksDir, stem));
}

/** Tries to become the owner of a number. False when somebody was faster. */
export function claimGeneration(locksDir: string, stem: string, generation: number): boolean {
  ensureOwnFolder(locksDir);
  const file = fileOf(locksDir, stem, generation);
  const record = `${JSON.stringify(thisOwner())}\n`;
  const draft = join(locksDir, temporaryName('draft'));
  try {
    writeFileSync(draft, record, { flag: 'wx', mode: 0o600 });
    // A hard link makes a file that is complete from its first moment, and never replaces one.
    linkSync(draft, file);
    return true;
  } catch (thrown) {
    const code = errnoOf(thrown);
    if (code === 'EEXIST') return false;
    if (code === undefined || !['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code)) {
      throw writeError(file, locksDir, thrown);
    }
    return claimWithoutLinks(file, record, locksDir);
  } finally {
    rmSync(draft, { force: true });
  }
}

function claimWithoutLinks(file: string, record: string, locksDir: string): boolean {
  try {
    writeFileSync(file, record, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (thrown) {
    if (errnoOf(thrown) === 'EEXIST') return false;
    throw writeError(file, locksDir, thrown);
  }
}

/** What the file of a number says. */
export function readGeneration(locksDir: string, stem: string, generation: number): GenerationState {
  try {
    const file = fileOf(locksDir, stem, generation);
    const beatMs = statSync(file).mtimeMs;
    const text = readFileSync(file, 'utf8');
    if (text.startsWith(FREE)) return { kind: 'free' };
    const owner = parseOwner(text);
    return owner === undefined ? { kind: 'unreadable', beatMs } : { kind: 'held', owner, beatMs };
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return { kind: 'gone' };
    throw writeError(fileOf(locksDir, stem, generation), locksDir, thrown);
  }
}

/** Marks our own number as free, in one write at the front of the file. Quiet when the folder is gone. */
export function freeGeneration(locksDir: string, stem: string, generation: number): void {
  try {
    const fd = openSync(fileOf(locksDir, stem, generation), 'r+');
    try {
      writeSync(fd, FREE, 0);
    } finally {
      closeSync(fd);
    }
  } catch {
    // The end of this process frees it as well.
  }
}

/** Takes back a claim that turned out not to be the highest. */
export function withdrawGeneration(locksDir: string, stem: string, generation: number): void {
  rmSync(fileOf(locksDir, stem, generation), { force: true });
}

/** Shows a waiter on another machine that the owner lives. */
export function touchGeneration(locksDir: string, stem: string, generation: number): void {
  try {
    const now = new Date();
    utimesSync(fileOf(locksDir, stem, generation), now, now);
  } catch {
    // A missed heartbeat is made good by the next one.
  }
}

/** Removes what lies well below the owner's own number. Only the owner of `current` may call it. */
export function removeOldGenerations(locksDir: string, stem: string, current: number): void {
  sweepLeftovers(locksDir);
  for (const generation of generations(locksDir, stem)) {
    if (generation <= current - KEPT) withdrawGeneration(locksDir, stem, generation);
  }
}

function generations(locksDir: string, stem: string): number[] {
  const found: number[] = [];
  for (const name of namesIn(locksDir)) {
    if (!name.startsWith(`${stem}.`)) continue;
    const number = name.slice(stem.length + 1);
    if (/^[1-9][0-9]*$/.test(number)) found.push(Number(number));
  }
  return found;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return [];
    throw writeError(folder, folder, thrown);
  }
}

function fileOf(locksDir: string, stem: string, generation: number): string {
  return join(locksDir, `${stem}.${generation}`);
}

function parseOwner(text: string): LockOwner | undefined {
  const fields = fieldsOf(parseJson(text));
  const [place, boot, pid, start] = ['place', 'boot', 'pid', 'start'].map((name) => fields.get(name));
  if (typeof place !== 'string' || typeof boot !== 'string') return undefined;
  if (typeof pid !== 'number' || typeof start !== 'number') return undefined;
  return { place, boot, pid, start };
}
