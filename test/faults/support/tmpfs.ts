import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** Why no file system can be mounted here; undefined where it can. */
export const mountsNot: string | undefined =
  process.platform !== 'linux'
    ? 'mounts a tmpfs, which is of Linux'
    : process.geteuid?.() !== 0
      ? 'mounts a tmpfs as root'
      : undefined;

/** Mounts a small file system of its own in a folder of the test. Returns how to mount it again with other options, and to unmount it. */
export function mountTmpfs(folder: string, options: string) {
  mkdirSync(folder, { recursive: true });
  mount(['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  return {
    again: (changed: string) => mount(['-o', `remount,${changed}`, folder]),
    unmount: () => void spawnSync('umount', ['-l', folder]),
  };
}

function mount(args: readonly string[]): void {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mount ${args.join(' ')}: ${stderr}`);
}
