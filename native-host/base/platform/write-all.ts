import { writeSync } from 'node:fs';

/**
 * Writes all of it: a pipe may take only a part at a time, or nothing yet, and a full disk takes a part and says nothing.
 * A reader that is gone has seen enough (`awsher profiles list | head`): no error, but false.
 */
export function writeAll(fd: number, bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (thrown) {
      const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
      if (code === 'EPIPE') return false;
      if (code !== 'EAGAIN') throw thrown;
    }
  }
  return true;
}
