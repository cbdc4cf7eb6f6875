import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { errnoOf } from './file-errors.ts';

/**
 * Creates a folder and its missing parents, each with exactly this mode whatever the umask is. Existing ones stay as
 * they are. Gives the created ones, outermost first.
 */
export function makeFolders(folder: string, mode: number): string[] {
  const missing: string[] = [];
  for (let at = folder; statSync(at, { throwIfNoEntry: false }) === undefined; at = dirname(at)) {
    missing.unshift(at);
    if (at === dirname(at)) break;
  }
  // One by one: `recursive` says ENOENT where a file system is read-only.
  for (const one of missing) {
    try {
      mkdirSync(one, mode);
    } catch (thrown) {
      // Another process made it in the same moment; a file in its place fails with the next step.
      if (errnoOf(thrown) !== 'EEXIST') throw thrown;
      continue;
    }
    chmodSync(one, mode);
  }
  return missing;
}
