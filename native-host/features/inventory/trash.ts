import { chmodSync, existsSync, lstatSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { ensureFolder, ensureOwnFolder, writeFileAtomic } from '../../base/files/atomic-write.ts';
import { errnoOf, writeError } from '../../base/files/file-errors.ts';
import { type LockOptions, withLock } from '../../base/files/lock.ts';
import type { Paths } from '../../base/files/paths.ts';
import { namesIn, readJson, readRegularFile } from '../../base/files/read-file.ts';
import { fieldsOf } from '../../base/formats/json.ts';
import type { Item } from './item.ts';

type TrashPaths = Pick<Paths, 'stateDir' | 'locksDir' | 'ssoCacheDir' | 'cliCacheDir'>;

interface Taken {
  readonly path: string;
  /** Its name in the trash. */
  readonly as: string;
  readonly mode: number;
  readonly modifiedMs: number;
}

/** A file as it was when it was judged. */
type Judged = Pick<Item, 'path' | 'modifiedMs' | 'size'>;

/** How long copies of files with secrets are kept: in the trash, and of the credentials file. */
export const KEPT_MS = 7 * 24 * 60 * 60_000;

/**
 * Moves files to the trash in awsher's state (0600 in 0700), where they stay for seven days. A file that changed since
 * it was judged is left alone: somebody uses it. Returns the paths that were taken.
 */
export async function moveToTrash(
  paths: TrashPaths,
  items: readonly Judged[],
  nowMs: number,
  options: LockOptions = {},
): Promise<string[]> {
  return withLock(
    paths,
    'trash',
    async () => {
      dropOld(paths, nowMs);
      if (items.length === 0) return [];
      const folder = newBatch(paths, nowMs);
      const taken: Taken[] = [];
      for (const item of items) {
        const one = await withLock(
          paths,
          lockOf(paths, item.path),
          () => take(item, folder, taken.length),
          options,
        );
        if (one === undefined) continue;
        taken.push(one);
        // After each: what is in the trash can be brought back, whatever happens next.
        writeFileAtomic(join(folder, MANIFEST), JSON.stringify({ version: 1, taken }));
      }
      if (taken.length === 0) rmSync(folder, { recursive: true, force: true });
      return taken.map(({ path }) => path);
    },
    options,
  );
}

/** Whether something is in the trash whose time is over. */
export function trashIsOver(paths: TrashPaths, nowMs: number): boolean {
  return batches(paths).some((folder) => isOver(folder, nowMs));
}

export interface Restored {
  readonly restored: readonly string[];
  /** Paths where something else stands now; what was taken from there stays in the trash. */
  readonly occupied: readonly string[];
}

/** Brings the last batch back, byte for byte, with modes and times. Throws NOTHING_TO_UNDO. */
export async function restoreFromTrash(paths: TrashPaths, options: LockOptions = {}): Promise<Restored> {
  return withLock(
    paths,
    'trash',
    () => {
      const folder = batches(paths).at(-1);
      if (folder === undefined) {
        throw new AwsherError('NOTHING_TO_UNDO', 'The trash is empty.', {
          hint: 'what `awsher files --clean` removes stays there for seven days',
        });
      }
      const occupied: Taken[] = [];
      const restored: string[] = [];
      for (const one of readManifest(folder)) {
        if (existsSync(one.path)) occupied.push(one);
        else if (putBack(folder, one)) restored.push(one.path);
      }
      if (occupied.length === 0) rmSync(folder, { recursive: true, force: true });
      else writeFileAtomic(join(folder, MANIFEST), JSON.stringify({ version: 1, taken: occupied }));
      return { restored, occupied: occupied.map(({ path }) => path) };
    },
    options,
  );
}

const MANIFEST = 'manifest.json';

/** The lock that whoever writes such a file holds. */
function lockOf({ ssoCacheDir, cliCacheDir }: TrashPaths, path: string): string {
  const stem = basename(path).slice(0, 40);
  if (dirname(path) === ssoCacheDir) return `token-${stem}`;
  return dirname(path) === cliCacheDir ? `role-${stem}` : `trash-${stem}`;
}

function take({ path, modifiedMs, size }: Judged, folder: string, index: number): Taken | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isFile()) return undefined;
  if (Math.round(stats.mtimeMs) !== modifiedMs || stats.size !== size) return undefined;
  const as = String(index).padStart(4, '0');
  const target = join(folder, as);
  move(path, target);
  chmodSync(target, 0o600);
  return { path, as, mode: stats.mode & 0o777, modifiedMs: stats.mtimeMs };
}

function putBack(folder: string, { path, as, mode, modifiedMs }: Taken): boolean {
  const source = join(folder, as);
  if (!existsSync(source)) return false;
  ensureFolder(dirname(path));
  move(source, path);
  chmodSync(path, mode);
  utimesSync(path, modifiedMs / 1000, modifiedMs / 1000);
  return true;
}

/** A rename; where the two are on different disks a copy, and only then the end of the first. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (thrown) {
    if (errnoOf(thrown) !== 'EXDEV') throw writeError(from, dirname(from), thrown);
    const bytes = readRegularFile(from);
    if (bytes === undefined) throw writeError(from, dirname(from), thrown);
    writeFileAtomic(to, bytes);
    rmSync(from);
  }
}

function newBatch(paths: TrashPaths, nowMs: number): string {
  const root = trashOf(paths);
  for (let stamp = nowMs; ; stamp++) {
    const folder = join(root, String(stamp));
    if (existsSync(folder)) continue;
    ensureOwnFolder(folder);
    return folder;
  }
}

function dropOld(paths: TrashPaths, nowMs: number): void {
  for (const folder of batches(paths))
    if (isOver(folder, nowMs)) rmSync(folder, { recursive: true, force: true });
}

const isOver = (batch: string, nowMs: number): boolean => nowMs - Number(basename(batch)) > KEPT_MS;

function batches(paths: TrashPaths): string[] {
  const names = namesIn(trashOf(paths)).filter((name) => /^\d+$/.test(name));
  return names.sort((one, other) => Number(one) - Number(other)).map((name) => join(trashOf(paths), name));
}

function readManifest(folder: string): Taken[] {
  const list: unknown = fieldsOf(readJson(join(folder, MANIFEST))).get('taken');
  return Array.isArray(list) ? list.flatMap((one: unknown) => parseTaken(one) ?? []) : [];
}

function parseTaken(value: unknown): Taken | undefined {
  const fields = fieldsOf(value);
  const [path, as, mode, modifiedMs] = ['path', 'as', 'mode', 'modifiedMs'].map((name) => fields.get(name));
  if (typeof path !== 'string' || typeof as !== 'string' || !/^\d{4,}$/.test(as)) return undefined;
  if (typeof mode !== 'number' || typeof modifiedMs !== 'number') return undefined;
  return { path, as, mode, modifiedMs };
}

function trashOf(paths: TrashPaths): string {
  return join(paths.stateDir, 'trash');
}
