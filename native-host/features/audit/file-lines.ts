import { statSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn, readRegularFile } from '../../base/files/read-file.ts';

/** Larger files are no start-up files. */
const MAX_BYTES = 1024 * 1024;

/** A file's lines; none when there is no such file, or none that is a text of usual size. Throws FILE_READ or FILE_NOT_REGULAR. */
export function linesOf(file: string): string[] {
  const bytes = readRegularFile(file);
  if (bytes === undefined || bytes.length > MAX_BYTES) return [];
  return bytes.toString('utf8').split(/\r\n|\n|\r/);
}

/** The regular files of a folder whose names match, sorted. */
export function filesIn(folder: string, pattern: RegExp): string[] {
  return namesIn(folder)
    .sort()
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
}
