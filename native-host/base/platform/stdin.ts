import { addAbortSignal } from 'node:stream';

/** All that comes on stdin, one byte more than `limit` at most. Rejects with the signal's reason when it is aborted. */
export async function readStdin(limit: number, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of addAbortSignal(signal, process.stdin)) {
      chunks.push(Buffer.from(chunk));
      size += chunk.length;
      if (size > limit) break;
    }
  } catch (thrown) {
    signal.throwIfAborted();
    throw thrown;
  }
  return Buffer.concat(chunks).subarray(0, limit + 1);
}
