import { join } from 'node:path';
import { packageRoot } from './package-root.ts';

/** How to start this very command without a shell: absolute paths of node and of the built command. */
export function ownCommandLine(): { node: string; script: string } {
  return { node: process.execPath, script: join(packageRoot(), 'dist', 'cli', 'awsher.js') };
}
