import { spawn } from 'node:child_process';

export interface CapturedProgram {
  /** Null when it was ended by a signal: by our deadline, or because it printed too much. */
  readonly code: number | null;
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
      timeout: options.timeoutMs,
      windowsHide: true,
      ...(signal === undefined ? {} : { signal }),
    });
    const chunks: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BYTES) child.kill();
      else chunks.push(chunk);
    });
    child.on('error', (error) => reject(signal?.aborted ? signal.reason : error));
    child.on('close', (code) => resolve({ code, stdout: Buffer.concat(chunks).toString('utf8') }));
  });
}
