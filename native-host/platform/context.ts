import { homedir } from 'node:os';
import { type Paths, resolvePaths } from '../files/paths.ts';

/** The machine as a command or the host sees it: the only way to clock, environment, terminal and process. */
export interface Context {
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  paths: Paths;
  pid: number;
  cwd: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after so many milliseconds; rejects with the signal's reason when it is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** The answer of a command, and nothing else. */
  stdout: TextSink;
  /** Everything a person is told besides the answer. */
  stderr: TextSink;
  stdin: { isTTY: boolean };
  /** Aborted by the first Ctrl-C, SIGTERM or SIGHUP. */
  signal: AbortSignal;
}

export interface TextSink {
  isTTY: boolean;
  /** Width in columns; 80 when it is no terminal. */
  columns: number;
  write(text: string): void;
}

/** Own settings of one call; a test passes its own environment instead. */
export function processContext(signal: AbortSignal): Context {
  return {
    env: process.env,
    platform: process.platform,
    paths: resolvePaths({ env: process.env, platform: process.platform, homedir }),
    pid: process.pid,
    cwd: process.cwd(),
    now: () => Date.now(),
    sleep,
    stdout: sink(process.stdout),
    stderr: sink(process.stderr),
    stdin: { isTTY: process.stdin.isTTY === true },
    signal,
  };
}

function sink(stream: NodeJS.WriteStream): TextSink {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has seen enough: `awsher profiles list | head`.
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns || 80;
    },
    write: (text) => {
      stream.write(text);
    },
  };
}

export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
