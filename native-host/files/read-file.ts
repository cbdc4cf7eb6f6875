import * as fs from 'node:fs';
import { AwsherError } from '../../shared/errors/awsher-error.ts';
import { errnoOf } from './file-errors.ts';

/**
 * The bytes of a file; undefined when there is none. Throws FILE_NOT_REGULAR for a folder, a pipe or a device, and
 * FILE_READ when the system does not let us.
 */
export function readRegularFile(file: string): Buffer | undefined {
  try {
    // Before it is opened: opening a pipe would wait for its writer.
    if (fs.statSync(file).isFile()) return fs.readFileSync(file);
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

/** The error for something that is no regular file in the place of one. */
export function notRegular(file: string): AwsherError {
  return new AwsherError('FILE_NOT_REGULAR', `${file} is not a regular file, so awsher leaves it alone.`, {
    hint: `look at \`ls -ld "${file}"\` and move it away`,
  });
}
