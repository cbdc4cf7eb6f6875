import * as fs from 'node:fs';
import { dirname } from 'node:path';

/**
 * Creates a folder and its missing parents, each with exactly this mode whatever the umask is. Existing ones stay as
 * they are. Gives the created ones, outermost first.
 */
export function makeFolders(folder: string, mode: number): string[] {
  const missing: string[] = [];
  for (let at = folder; fs.statSync(at, { throwIfNoEntry: false }) === undefined; at = dirname(at)) {
    missing.unshift(at);
    if (at === dirname(at)) break;
  }
  // What mkdir says that it made is not asked: on Windows it comes as `\\?\C:\...`, which is equal to no parent, and the
  // way up would end at the drive's root, whose mode is not ours to set.
  fs.mkdirSync(folder, { recursive: true, mode });
  for (const made of missing) fs.chmodSync(made, mode);
  return missing;
}
