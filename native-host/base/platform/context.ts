import { fstatSync } from 'node:fs';
import { homedir } from 'node:os';
import { outputError } from '../files/file-errors.ts';
import { type Paths, resolvePaths } from '../files/paths.ts';
import { writeAll } from './write-all.ts';

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

/** The context of a command, with what becomes of its answer. */
export interface ProcessContext extends Context {
  /** Resolves when the answer is out. Throws FILE_WRITE when it could not be written. */
  flush(): Promise<void>;
}

/** Own settings of one call; a test passes its own environment instead. `unheard` is told when nobody takes the answer any more. Throws HOME_UNKNOWN. */
export function processContext(
  signal: AbortSignal,
  unheard: () => void,
  home: () => string = homedir,
): ProcessContext {
  const stdout = sink(process.stdout, 1, unheard);
  return {
    env: process.env,
    platform: process.platform,
    paths: resolvePaths({ env: process.env, platform: process.platform, homedir: home }),
    pid: process.pid,
    cwd: process.cwd(),
    now: () => Date.now(),
    sleep,
    stdout,
    stderr: sink(process.stderr, 2, () => {}),
    stdin: { isTTY: process.stdin.isTTY === true },
    signal,
    flush: stdout.flush,
  };
}

function sink(stream: NodeJS.WriteStream, fd: number, unheard: () => void) {
  let failure: NodeJS.ErrnoException | undefined;
  const failed = (error: NodeJS.ErrnoException) => {
    failure ??= error;
    unheard();
  };
  stream.on('error', failed);
  // Node's stream for a file takes a half-written text for a whole one.
  const direct = !stream.isTTY && !isPipe(fd);
  return {
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns || 80;
    },
    write(text: string): void {
      if (failure !== undefined) return;
      if (!direct) {
        stream.write(text);
        return;
      }
      try {
        writeAll(fd, Buffer.from(text, 'utf8'));
      } catch (thrown) {
        failed(thrown instanceof Error ? thrown : new Error('unknown'));
      }
    },
    async flush(): Promise<void> {
      if (failure === undefined && !direct)
        await new Promise<void>((resolve) => stream.write('', () => resolve()));
      // The reader has seen enough: `awsher profiles list | head`.
      if (failure === undefined || failure.code === 'EPIPE') return;
      throw outputError(failure);
    },
  };
}

function isPipe(fd: number): boolean {
  try {
    const stat = fstatSync(fd);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
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
