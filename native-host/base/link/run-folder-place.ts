import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { nodeCrypto } from '../files/lazy-modules.ts';

/** Longest path of a Unix socket: 104 bytes with the final NUL on macOS, 108 on Linux. The smaller one holds everywhere. */
const MAX_SOCKET_PATH = 103;
const LONGEST_NAME = 'host-4294967295.sock';

/**
 * The folder in which running hosts leave their sockets and records. It depends on the home directory alone, because
 * the browser's environment and the shell's differ. Where the path would be too long for a socket it is literally
 * `/tmp/awsher-<uid>-<hash of the home directory's run folder>`.
 */
export function runFolder(runDir: string, uid: number, platform: NodeJS.Platform): string {
  if (platform === 'win32' || Buffer.byteLength(join(runDir, LONGEST_NAME)) <= MAX_SOCKET_PATH) return runDir;
  const hash = nodeCrypto().createHash('sha256').update(runDir).digest('hex').slice(0, 16);
  return `/tmp/awsher-${uid}-${hash}`;
}

/**
 * Whether a run folder is a real folder that only this user can write to: what others can write to could hold a socket or a
 * record of somebody else. Windows, where `uid` is -1, has no such modes; there the pipe's random name keeps strangers out.
 * Throws when there is no such folder.
 */
export function isPrivate(folder: string, uid: number): boolean {
  const stat = lstatSync(folder);
  return uid < 0 || (stat.isDirectory() && stat.uid === uid && (stat.mode & 0o077) === 0);
}
