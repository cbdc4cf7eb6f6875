import { spawn } from 'node:child_process';
import { startTimer } from './timers.ts';

/** A program to start and what to say to it. */
export interface Talk {
  readonly program: string;
  readonly args: readonly string[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly input?: Uint8Array;
  /** stdin stays open until this says so of what came on stdout; without it, stdin ends after the input. */
  readonly heard?: (stdout: Buffer) => boolean;
  readonly timeoutMs: number;
  /** Arguments go as they are (`cmd.exe /c`). */
  readonly verbatim?: boolean;
}

export interface TalkEnd {
  /** Null when it was ended by a signal or never started. */
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
  /** `timeout`: it was still running and is ended now. Otherwise why it could not be started (ENOENT, EACCES...). */
  readonly failure?: string;
}

const MOST_BYTES = 1 << 20;

/** Starts a program without a shell, speaks with it, and waits for its end. Never rejects, leaves no process behind. */
export async function talkWith(talk: Talk): Promise<TalkEnd> {
  try {
    return await converse(talk);
  } catch {
    // A NUL in the path, for example.
    return { code: null, stdout: Buffer.alloc(0), stderr: '', failure: 'EINVAL' };
  }
}

function converse(talk: Talk): Promise<TalkEnd> {
  return new Promise((resolve) => {
    let stdout = Buffer.alloc(0);
    let stderr = '';
    let failure: string | undefined;
    const end = (code: number | null) => {
      stop();
      resolve(failure === undefined ? { code, stdout, stderr } : { code, stdout, stderr, failure });
    };
    const child = spawn(talk.program, [...talk.args], {
      env: { ...talk.env },
      cwd: talk.cwd,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      windowsVerbatimArguments: talk.verbatim === true,
    });
    const stop = startTimer(talk.timeoutMs, () => {
      failure = 'timeout';
      child.kill('SIGKILL');
    });
    child.once('error', (error) => {
      failure ??= 'code' in error && typeof error.code === 'string' ? error.code : error.name;
      end(null);
    });
    child.once('close', (code) => end(code));
    // A program that ends early closes the pipe under our hands; its end says more than that.
    child.stdin.on('error', () => {});
    child.stdout.on('data', (chunk: Buffer) => {
      if (stdout.length < MOST_BYTES) stdout = Buffer.concat([stdout, chunk]);
      if (talk.heard?.(stdout)) child.stdin.end();
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      if (stderr.length < MOST_BYTES) stderr += chunk;
    });
    if (talk.input) child.stdin.write(talk.input);
    if (!talk.heard) child.stdin.end();
  });
}
