import { fstatSync, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolvePaths } from '../files/paths.ts';
import { type Context, sleep, type TextSink } from './context.ts';

/** As `processContext`, without Node's streams: each of them costs a tenth of a whole fast command. */
export function fastContext(): Context {
  const { env, platform } = process;
  return {
    env,
    platform,
    paths: resolvePaths({ env, platform, homedir }),
    pid: process.pid,
    cwd: process.cwd(),
    now: () => Date.now(),
    sleep,
    stdout: descriptor(1),
    stderr: descriptor(2),
    stdin: { isTTY: isTerminal(0) },
    signal: new AbortController().signal,
  };
}

/** What `fastCredentialProcess` asks of the machine. */
export const machineFacts = () => ({
  env: process.env,
  platform: process.platform,
  homedir,
  now: () => Date.now(),
});

/** Writes the answer to stdout. */
export const writeOut = (text: string): void => writeAll(1, Buffer.from(text, 'utf8'));

function descriptor(fd: number): TextSink {
  return {
    isTTY: isTerminal(fd),
    // A terminal's width costs opening its stream; the fast commands' tables are narrow.
    columns: 80,
    write: (text) => writeAll(fd, Buffer.from(text, 'utf8')),
  };
}

/** Asks `node:tty`, which brings the whole of `node:net` with it, only when it is a device at all. */
function isTerminal(fd: number): boolean {
  try {
    return fstatSync(fd).isCharacterDevice() && process.getBuiltinModule('node:tty').isatty(fd);
  } catch {
    return false;
  }
}

/** A pipe may take only a part at a time, or nothing yet. */
function writeAll(fd: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (thrown) {
      const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw thrown;
    }
  }
}
