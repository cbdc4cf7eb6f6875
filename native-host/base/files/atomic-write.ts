import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { errnoOf, writeError } from './file-errors.ts';
import { sweepLeftovers, temporaryName } from './leftovers.ts';
import { makeFolders } from './make-folders.ts';
import { assertNotForeignHome } from './owner.ts';
import { notRegular } from './read-file.ts';
import { assertReplaceable } from './replaceable.ts';

export interface WriteOptions {
  /** Mode of a file that does not exist yet. Default 0600. */
  readonly mode?: number;
  /** The person's own file, which others may read if they say so. Every other file is its owner's alone after a write. */
  readonly keepMode?: boolean;
  /**
   * Write through the existing file where it cannot be replaced by a rename (a file that is a bind mount of its
   * own). Not atomic: the caller keeps a copy first. `false`: the command offers it and was not told to; its error says so.
   */
  readonly inPlace?: boolean;
}

/**
 * Replaces a file so that every reader sees the old bytes or the new ones, also when this process is killed:
 * a temporary file in the same folder (exclusive, 0600 from its first moment, not named `*.json`, which the AWS
 * CLI's logout would scan), fsync, rename. Writes through a symbolic link to its target and keeps uid and gid; of an
 * existing mode what `keepMode` says, and no special bits.
 * Throws FILE_WRITE, FILE_NOT_REGULAR, FILE_OWNER or ROOT_REFUSED, and leaves no temporary file behind.
 */
export function writeFileAtomic(file: string, data: string | Uint8Array, options: WriteOptions = {}): void {
  const target = resolveTarget(file);
  const folder = dirname(target);
  try {
    assertNotForeignHome(target);
    ensureFolder(folder);
    sweepLeftovers(folder);
    const existing = regularFileAt(target);
    const kept = existing === undefined ? undefined : existing.mode & (options.keepMode ? 0o777 : 0o700);
    const temporary = writeTemporary(target, data, existing, kept ?? options.mode ?? 0o600);
    try {
      renameOver(temporary, target);
    } catch (thrown) {
      rmSync(temporary, { force: true });
      const code = errnoOf(thrown);
      if (!options.inPlace || existing === undefined || (code !== 'EBUSY' && code !== 'EXDEV')) throw thrown;
      writeInPlace(target, data);
    }
    syncFolder(folder);
  } catch (thrown) {
    throw writeError(file, folder, thrown, options.inPlace !== undefined);
  }
}

/**
 * Throws what `writeFileAtomic` would throw for so many bytes, and changes nothing: it goes all the way but the rename.
 * For whoever must know before something is spent that cannot be had again.
 */
export function assertWritable(file: string, bytes: number): void {
  const target = resolveTarget(file);
  const folder = dirname(target);
  try {
    assertNotForeignHome(target);
    ensureFolder(folder);
    const existing = regularFileAt(target);
    rmSync(writeTemporary(target, Buffer.alloc(bytes), existing, 0o600));
    if (existing !== undefined) assertReplaceable(target);
  } catch (thrown) {
    throw writeError(file, folder, thrown);
  }
}

/** Creates a folder and its missing parents, each 0700 whatever the umask is. Existing ones stay as they are. */
export function ensureFolder(folder: string): void {
  makeFolders(folder, 0o700);
}

/** As `ensureFolder` for one of awsher's own folders; a failure becomes FILE_WRITE, or ROOT_REFUSED. */
export function ensureOwnFolder(folder: string): void {
  try {
    assertNotForeignHome(folder);
    ensureFolder(folder);
  } catch (thrown) {
    throw writeError(folder, dirname(folder), thrown);
  }
}

/** The file behind a symbolic link, or the path itself. A link to nowhere is an error, not a new file. */
export function resolveTarget(file: string): string {
  try {
    if (!lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) return file;
  } catch (thrown) {
    throw writeError(file, dirname(file), thrown);
  }
  try {
    return realpathSync(file);
  } catch (cause) {
    throw new AwsherError(
      'FILE_NOT_REGULAR',
      `${file} is a symbolic link to ${readlinkSync(file)}, which does not exist.`,
      { hint: `create what it points to, or remove the link (\`rm "${file}"\`)`, cause },
    );
  }
}

function regularFileAt(target: string): Stats | undefined {
  const stats = statSync(target, { throwIfNoEntry: false });
  if (stats === undefined || stats.isFile()) return stats;
  throw notRegular(target);
}

function writeTemporary(
  target: string,
  data: string | Uint8Array,
  existing: Stats | undefined,
  mode: number,
): string {
  const temporary = join(dirname(target), temporaryName(basename(target)));
  const fd = openSync(temporary, 'wx', 0o600);
  try {
    writeFileSync(fd, data);
    keepOwner(fd, target, existing);
    // After the owner, which clears special bits; explicit, so that the umask has no say.
    fchmodSync(fd, mode);
    fsyncSync(fd);
    closeSync(fd);
  } catch (thrown) {
    try {
      closeSync(fd);
    } catch {
      // Closed already; the first error is the one to tell.
    }
    rmSync(temporary, { force: true });
    throw thrown;
  }
  return temporary;
}

function keepOwner(fd: number, target: string, existing: Stats | undefined): void {
  if (existing === undefined || process.platform === 'win32') return;
  const own = fstatSync(fd);
  if (own.uid === existing.uid && own.gid === existing.gid) return;
  try {
    fchownSync(fd, existing.uid, existing.gid);
  } catch (cause) {
    throw new AwsherError(
      'FILE_OWNER',
      `${target} belongs to user ${existing.uid} and group ${existing.gid}, and replacing it would change its owner.`,
      { hint: `take ownership: \`sudo chown "$(id -u):$(id -g)" "${target}"\``, cause },
    );
  }
}

/**
 * Windows refuses while another program has the file open: mostly for milliseconds, but a virus scanner or an indexer
 * takes its time, and what would be lost may be the only copy of a refresh token.
 */
const RENAME_PATIENCE_MS = 5_000;

function renameOver(temporary: string, target: string): void {
  for (let waited = 0, pause = 5; ; waited += pause, pause = Math.min(2 * pause, 200)) {
    try {
      renameSync(temporary, target);
      return;
    } catch (thrown) {
      const busy = ['EPERM', 'EACCES', 'EBUSY'].includes(errnoOf(thrown) ?? '');
      if (process.platform !== 'win32' || !busy || waited >= RENAME_PATIENCE_MS) throw thrown;
      pauseSync(pause);
    }
  }
}

function writeInPlace(target: string, data: string | Uint8Array): void {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  const fd = openSync(target, 'r+');
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, done);
    ftruncateSync(fd, bytes.length);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Makes the rename itself durable. Not every file system (and not Windows) can, and then nothing is lost but that. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  try {
    const fd = openSync(folder, 'r');
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch {
    // See above.
  }
}

/** Blocks this thread for some milliseconds. For short retries of a file operation only. */
export function pauseSync(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
