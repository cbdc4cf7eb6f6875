import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fieldsOf, parseJson } from '../formats/json.ts';
import { ensureOwnFolder, writeFileAtomic } from './atomic-write.ts';
import { errnoOf, writeError } from './file-errors.ts';
import { nodeCrypto } from './lazy-modules.ts';
import type { Paths } from './paths.ts';
import { readText } from './read-file.ts';

/** A file before awsher changed it. */
export interface Version {
  readonly id: string;
  /** The text before; null when the file did not exist. */
  readonly before: string | null;
  /** SHA-256 (hex) of the text that awsher wrote over it. */
  readonly afterSha256: string;
  readonly atMs: number;
}

type StatePaths = Pick<Paths, 'stateDir'>;

const KEPT = 20;

/** SHA-256 of a text, as versions name it. */
export function sha256(text: string): string {
  return nodeCrypto().createHash('sha256').update(text).digest('hex');
}

/** Keeps a file's text before it is written over; of each file the last 20. Private: a config may hold secrets. */
export function saveVersion(paths: StatePaths, file: string, version: Omit<Version, 'id'>): void {
  const folder = folderOf(paths, file);
  ensureOwnFolder(folder);
  const ids = idsIn(folder);
  const id = String(Number(ids.at(-1) ?? '0') + 1).padStart(8, '0');
  writeFileAtomic(join(folder, `${id}.json`), JSON.stringify({ file, ...version }));
  for (const old of ids.slice(0, Math.max(0, ids.length + 1 - KEPT))) dropVersion(paths, file, old);
}

/** The versions of a file, newest first. One that cannot be read is left out. */
export function listVersions(paths: StatePaths, file: string): Version[] {
  const folder = folderOf(paths, file);
  return idsIn(folder)
    .reverse()
    .flatMap((id) => parseVersion(id, readText(join(folder, `${id}.json`))) ?? []);
}

/** Forgets the versions of a file that were kept before a moment (milliseconds since 1970). */
export function dropVersionsBefore(paths: StatePaths, file: string, atMs: number): void {
  for (const { id, atMs: kept } of listVersions(paths, file)) if (kept < atMs) dropVersion(paths, file, id);
}

/** Forgets a version. */
export function dropVersion(paths: StatePaths, file: string, id: string): void {
  rmSync(join(folderOf(paths, file), `${id}.json`), { force: true });
}

function folderOf(paths: StatePaths, file: string): string {
  return join(paths.stateDir, 'undo', sha256(file).slice(0, 16));
}

function idsIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => /^\d{8}\.json$/.test(name));
    return names.map((name) => name.slice(0, 8)).sort();
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return [];
    throw writeError(folder, folder, thrown);
  }
}

function parseVersion(id: string, text: string): Version | undefined {
  const fields = fieldsOf(parseJson(text));
  const [before, afterSha256, atMs] = ['before', 'afterSha256', 'atMs'].map((name) => fields.get(name));
  if (typeof before !== 'string' && before !== null) return undefined;
  if (typeof afterSha256 !== 'string' || typeof atMs !== 'number') return undefined;
  return { id, before, afterSha256, atMs };
}
