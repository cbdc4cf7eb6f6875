import { spawn } from 'node:child_process';

export interface CapturedProgram {
  /** Null when it was ended by a signal, which is ours when it was late or printed too much. */
  readonly code: number | null;
  readonly late: boolean;
  readonly stdout: string;
}

const MAX_BYTES = 1 << 20;

/**
 * Runs a program without a shell and gives what it printed, at most 1 MiB. Its stderr is ours: it never gets into an
 * error, because it may hold secrets. Rejects when it cannot be started, or with the signal's reason.
 */
export function captureProgram(
  program: string,
  args: readonly string[],
  options: {
    env: Readonly<Record<string, string | undefined>>;
    timeoutMs: number;
    /** It gets our stdin, to ask the person; otherwise it reads nothing. */
    mayAsk?: boolean;
    signal?: AbortSignal;
  },
): Promise<CapturedProgram> {
  return new Promise((resolve, reject) => {
    const { signal } = options;
    const child = spawn(program, [...args], {
      env: { ...options.env },
      stdio: [options.mayAsk ? 'inherit' : 'ignore', 'pipe', 'inherit'],
      windowsHide: true,
      ...(signal === undefined ? {} : { signal }),
    });
    const chunks: Buffer[] = [];
    let size = 0;
    // What a shell started in its turn may keep the pipe open for ever, so nobody waits for its end.
    const stop = (late: boolean) => {
      clearTimeout(timer);
      child.kill();
      child.stdout.destroy();
      child.unref();
      resolve({ code: null, late, stdout: '' });
    };
    const timer = setTimeout(() => stop(true), options.timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BYTES) stop(false);
      else chunks.push(chunk);
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      child.stdout.destroy();
      reject(signal?.aborted ? signal.reason : error);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, late: false, stdout: Buffer.concat(chunks).toString('utf8') });
    });
  });
}
