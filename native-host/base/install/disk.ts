import { chmodSync, readdirSync, realpathSync, rmdirSync, rmSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { writeFileAtomic } from '../files/atomic-write.ts';
import { writeError } from '../files/file-errors.ts';
import { makeFolders } from '../files/make-folders.ts';
import { readText } from '../files/read-file.ts';

/** The few things that install does with files. Tests put a folder in the place of the root. */
export interface Disk {
  kind(path: string): 'file' | 'folder' | 'other' | undefined;
  /** Names in a folder; none when it cannot be read. */
  names(folder: string): string[];
  /** Undefined when there is no such file or it cannot be read. */
  read(file: string): string | undefined;
  /** The path without symbolic links; undefined when it leads nowhere. */
  real(path: string): string | undefined;
  /** Permission bits; undefined when there is no such file. */
  mode(path: string): number | undefined;
  /** The owner's uid; undefined when there is no such file. */
  owner(path: string): number | undefined;
  /** Creates a folder and its missing parents with this mode; returns the created ones, outermost first. */
  makeFolder(folder: string, mode: number): string[];
  /** Replaces a file atomically and gives it exactly this mode. */
  write(file: string, text: string, mode: number): void;
  removeFile(file: string): void;
  /** Removes a folder if it is empty. Says whether it is gone. */
  removeEmptyFolder(folder: string): boolean;
}

export const realDisk: Disk = {
  kind: (path) => {
    const stats = statOf(path);
    if (stats === undefined) return undefined;
    return stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
  },
  names: (folder) => attempt(() => readdirSync(folder)) ?? [],
  read: (file) => attempt(() => readText(file)),
  real: (path) => attempt(() => realpathSync.native(path)),
  mode: (path) => {
    const stats = statOf(path);
    return stats && stats.mode & 0o7777;
  },
  owner: (path) => statOf(path)?.uid,
  makeFolder: (folder, mode) => making(folder, () => makeFolders(folder, mode)),
  write: (file, text, mode) => {
    writeFileAtomic(file, text, { mode });
    if (process.platform !== 'win32') chmodSync(file, mode);
  },
  removeFile: (file) => removing(file, () => rmSync(file, { force: true })),
  removeEmptyFolder: (folder) => {
    try {
      rmdirSync(folder);
    } catch {
      // Not empty, or gone already: the question is only whether it is still there.
    }
    return statOf(folder) === undefined;
  },
};

function statOf(path: string): Stats | undefined {
  return attempt(() => statSync(path, { throwIfNoEntry: false }));
}

function making<T>(folder: string, action: () => T): T {
  try {
    return action();
  } catch (thrown) {
    throw writeError(folder, dirname(folder), thrown);
  }
}

function removing(file: string, action: () => void): void {
  try {
    action();
  } catch (cause) {
    throw new AwsherError('INSTALL_FAILED', `${file} cannot be removed.`, {
      hint: `look at \`ls -ld "${dirname(file)}"\` and give yourself write access`,
      cause,
    });
  }
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
