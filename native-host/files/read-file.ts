import * as fs from 'node:fs';
import { AwsherError } from '../../shared/errors/awsher-error.ts';
import { errnoOf } from './file-errors.ts';

/**
 * The bytes of a file; undefined when there is none, and no bytes for a null device, which people name to switch a file off. Throws FILE_NOT_REGULAR for a folder, a pipe or a device, and
 * FILE_READ when the system does not let us.
 */
export function readRegularFile(file: string): Buffer | undefined {
  try {
    // Before it is opened: opening a pipe would wait for its writer.
    const stats = fs.statSync(file);
    if (stats.isFile()) return fs.readFileSync(file);
    if (isNullDevice(stats)) return Buffer.alloc(0);
  } catch (thrown) {
    const code = errnoOf(thrown);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new AwsherError('FILE_READ', `${file} could not be read (${code ?? 'unknown reason'}).`, {
      hint: `look at \`ls -l "${file}"\``,
      cause: thrown,
    });
  }
  throw notRegular(file);
}

function isNullDevice({ rdev, ...stats }: fs.Stats): boolean {
  return (
    fs.statSync('/dev/null', { throwIfNoEntry: false })?.rdev === rdev && (stats.mode & 0o170000) === 0o020000
  );
}

/** The error for something that is no regular file in the place of one. */
export function notRegular(file: string): AwsherError {
  return new AwsherError('FILE_NOT_REGULAR', `${file} is not a regular file, so awsher leaves it alone.`, {
    hint: `look at \`ls -ld "${file}"\`, and name a regular file instead`,
  });
}
