import { closeSync, constants, openSync, realpathSync } from 'node:fs';
import { errnoOf } from './file-errors.ts';
import { nodeOs } from './lazy-modules.ts';
import { readText } from './read-file.ts';

/**
 * Throws the system's own error for a file that a rename could not replace: one that is a mount of its own (EBUSY), or
 * that is protected (EPERM). Changes nothing. Nothing is known of mounts outside Linux.
 */
export function assertReplaceable(target: string): void {
  if (nodeOs().platform() === 'linux' && isMounted(target))
    throw Object.assign(new Error(), { code: 'EBUSY' });
  try {
    closeSync(openSync(target, constants.O_WRONLY));
  } catch (thrown) {
    // A file without the right to write is replaced all the same.
    if (errnoOf(thrown) === 'EPERM' && nodeOs().platform() !== 'win32') throw thrown;
  }
}

/** Mount points are the fifth field of mountinfo (proc(5)), where space, tab, newline and backslash are octal. */
function isMounted(target: string): boolean {
  try {
    const path = realpathSync(target).replace(
      /[\\\s]/g,
      (one) => `\\${one.charCodeAt(0).toString(8).padStart(3, '0')}`,
    );
    return readText('/proc/self/mountinfo')
      .split('\n')
      .some((line) => line.split(' ')[4] === path);
  } catch {
    return false;
  }
}
