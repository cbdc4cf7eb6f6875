import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { parseJson } from '../formats/json.ts';
import { errnoOf } from './file-errors.ts';

/**
 * The bytes of a file; undefined when there is none, and no bytes for a null device, which people name to switch a file
 * off. Every file that awsher is named or finds goes through here: a pipe would be waited for until its writer came, deaf to
 * Ctrl-C. Throws FILE_NOT_REGULAR for a folder, a pipe or a device, and FILE_READ when the system does not let us, or for more
 * than `MOST_BYTES`.
 */
export function readRegularFile(file: string): Buffer | undefined {
  return readBytes(file, (descriptor) => {
    if (fstatSync(descriptor).size > MOST_BYTES) throw tooLarge(file);
    return readFileSync(descriptor);
  });
}

/** A config of 500,000 profiles is smaller; what is larger would take the memory of the whole computer. */
const MOST_BYTES = 128 * 1024 * 1024;

function readBytes(file: string, read: (descriptor: number) => Buffer): Buffer | undefined {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    if (isNullDevice(found)) return Buffer.alloc(0);
    if (found.isFile()) {
      // It may be another one by now; then too nothing waits.
      const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
      try {
        if (fstatSync(descriptor).isFile()) return read(descriptor);
      } finally {
        closeSync(descriptor);
      }
    }
  } catch (thrown) {
    if (thrown instanceof AwsherError) throw thrown;
    const code = errnoOf(thrown);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw unreadable(file, code ?? 'unknown reason', thrown);
  }
  throw notRegular(file);
}

/** The text of a file that has to be there. Throws as `readRegularFile`, and FILE_READ when there is none. */
export function readText(file: string): string {
  const bytes = readRegularFile(file);
  if (bytes === undefined) throw unreadable(file, 'ENOENT');
  return bytes.toString('utf8');
}

/** What a file of JSON says; undefined when there is none that can be read. Never throws. */
export function readJson(file: string): unknown {
  try {
    return parseJson(readText(file));
  } catch {
    return undefined;
  }
}

/** The names in a folder, in no order; none when there is none that can be read. Never throws. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The last bytes of a file as text; empty when there is none that can be read. Never throws. */
export function readTail(file: string, bytes: number): string {
  const lastOf = (descriptor: number) => {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, bytes));
    readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    return buffer;
  };
  try {
    return readBytes(file, lastOf)?.toString('utf8') ?? '';
  } catch {
    return '';
  }
}

function unreadable(file: string, why: string, cause?: unknown): AwsherError {
  return new AwsherError('FILE_READ', `${file} could not be read (${why}).`, {
    hint: accessHint(file, why),
    cause,
  });
}

function tooLarge(file: string): AwsherError {
  return new AwsherError('FILE_READ', `${file} is too large to be what awsher looks for there.`, {
    hint: `look at \`ls -l "${file}"\``,
  });
}

/** Another's file is made one's own; one's own without the right to read it gets the right. */
function accessHint(file: string, why: string): string {
  const uid = why === 'EACCES' || why === 'EPERM' ? process.geteuid?.() : undefined;
  try {
    if (uid !== undefined)
      return statSync(file).uid === uid
        ? `run \`chmod u+rw "${file}"\``
        : `run \`sudo chown "$(id -u):$(id -g)" "${file}"\``;
  } catch {
    // Its folder is closed to us.
  }
  return `look at \`ls -l "${file}"\``;
}

function isNullDevice(stats: Stats): boolean {
  return stats.isCharacterDevice() && statSync('/dev/null', { throwIfNoEntry: false })?.rdev === stats.rdev;
}

/** The error for something that is no regular file in the place of one. */
export function notRegular(file: string): AwsherError {
  return new AwsherError('FILE_NOT_REGULAR', `${file} is not a regular file, so awsher does not touch it.`, {
    hint: `look at \`ls -ld "${file}"\`, and name a regular file instead`,
  });
}
