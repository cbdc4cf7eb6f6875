import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const DEADLINE_MS = 5_000;

/**
 * Has the built command leave V8's code cache for its fast commands and for the host, for the Node that runs now. Best effort: without it
 * they start a few milliseconds later, as where the package's folder belongs to somebody else.
 */
export function makeCodeCache(packageRoot: string, node: string): void {
  const maker = join(packageRoot, 'dist', 'cli', 'code-cache.js');
  for (const args of [[maker], [maker, 'host']]) {
    spawnSync(node, args, { stdio: 'ignore', timeout: DEADLINE_MS });
  }
}
