import { mkdirSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { ensureOwnFolder } from '../files/atomic-write.ts';
import { namesIn, readJson } from '../files/read-file.ts';
import { isPrivate } from './run-folder-place.ts';

/** Makes the folder if need be and refuses one that is not a real, private folder of this user. */
export function ensureRunFolder(folder: string, runDir: string, uid: number): void {
  if (folder === runDir) ensureOwnFolder(folder);
  else {
    try {
      mkdirSync(folder, { mode: 0o700 });
    } catch (thrown) {
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST'))
        throw unsafe(folder, thrown);
    }
  }
  assertPrivate(folder, uid);
}

/** Throws SOCKET_UNSAFE for a folder that is not this user's alone. */
export function assertPrivate(folder: string, uid: number): void {
  if (!isPrivate(folder, uid)) throw unsafe(folder);
}

function unsafe(folder: string, cause?: unknown): AwsherError {
  return new AwsherError('SOCKET_UNSAFE', `The folder ${folder} is not private to you.`, {
    hint: `remove it, or run \`chmod 700 ${folder}\``,
    cause,
  });
}

/** What a running host tells about itself, beside its socket. */
const HostRecord = v.strictObject({
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** The process that started it: as long as that lives, a lost link may come back. */
  browserPid: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Path of the socket; on Windows the name of the pipe. */
  socket: v.string(),
  browser: v.string(),
  label: v.string(),
  version: v.string(),
  /** Milliseconds since 1970. */
  since: v.number(),
});
export type HostRecord = v.InferOutput<typeof HostRecord>;

const recordFile = (folder: string, pid: number): string => join(folder, `host-${pid}.json`);

export function writeRecord(folder: string, record: HostRecord): void {
  const file = recordFile(folder, record.pid);
  const draft = `${file}.new`;
  rmSync(draft, { force: true });
  // Whole or not there at all, but not synced to the disk: it is worth nothing after this process.
  writeFileSync(draft, `${JSON.stringify(record)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(draft, file);
}

export function removeRecord(folder: string, pid: number): void {
  try {
    unlinkSync(recordFile(folder, pid));
  } catch {
    // Already gone.
  }
}

/** Records of hosts that run or ran, the youngest first. What is not readable as a record is left alone. */
export function readRecords(folder: string): HostRecord[] {
  return namesIn(folder)
    .filter((name) => /^host-\d+\.json$/.test(name))
    .flatMap((name) => {
      const parsed = v.safeParse(HostRecord, readJson(join(folder, name)));
      return parsed.success ? [parsed.output] : [];
    })
    .sort((a, b) => b.since - a.since);
}
