import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const DEADLINE_MS = 5_000;

/**
 * Has the built command leave V8's code cache for its fast commands, for the Node that runs now. Best effort: without it
 * they start a few milliseconds later, as where the package's folder belongs to somebody else.
 */
export function makeCodeCache(packageRoot: string, node: string): void {
  spawnSync(node, [join(packageRoot, 'dist', 'cli', 'code-cache.js')], {
    stdio: 'ignore',
    timeout: DEADLINE_MS,
  });
}
