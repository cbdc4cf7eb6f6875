import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { packageRoot } from './package-root.ts';

/** How to start this very command without a shell: absolute paths of node and of the built command. */
export function ownCommandLine(): { node: string; script: string } {
  return { node: process.execPath, script: join(packageRoot(), 'dist', 'cli', 'awsher.js') };
}

/** Where this command is found by its name, as an absolute path that outlives an update; undefined when it is not in PATH. */
export function ownCommandOnPath(path: string | undefined, platform: string): string | undefined {
  if (platform === 'win32') return undefined;
  return (path ?? '')
    .split(':')
    .filter(isAbsolute)
    .map((folder) => join(folder, 'awsher'))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return statSync(file).isFile();
      } catch {
        return false;
      }
    });
}
