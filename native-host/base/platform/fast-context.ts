import { fstatSync } from 'node:fs';
import { nodeOs } from '../files/lazy-modules.ts';
import { resolvePaths } from '../files/paths.ts';
import { type Context, sleep, type TextSink } from './context.ts';
import { writeAll } from './write-all.ts';

export interface FastContext extends Context {
  /** Writes out what was told so far; until then an error half-way leaves nothing on the screen. */
  flush(): void;
}

/** As `processContext`, without Node's streams, and with nothing made that nobody asks for: each costs a part of the start. */
export function fastContext(): FastContext {
  const { env, platform } = process;
  const [stdout, stderr] = [descriptor(1), descriptor(2)];
  return {
    env,
    platform,
    paths: resolvePaths({ env, platform, homedir: () => nodeOs().homedir() }),
    pid: process.pid,
    cwd: process.cwd(),
    now: () => Date.now(),
    sleep,
    stdout,
    stderr,
    stdin: {
      get isTTY() {
        return isTerminal(0);
      },
    },
    get signal() {
      return new AbortController().signal;
    },
    flush() {
      stderr.flush();
      stdout.flush();
    },
  };
}

/** What `fastCredentialProcess` asks of the machine. */
export const machineFacts = () => ({
  env: process.env,
  platform: process.platform,
  homedir: () => nodeOs().homedir(),
  now: () => Date.now(),
});

/** Writes the answer to stdout. */
export function writeOut(text: string): void {
  writeAll(1, Buffer.from(text, 'utf8'));
}

function descriptor(fd: number): TextSink & { flush(): void } {
  let text = '';
  return {
    get isTTY() {
      return isTerminal(fd);
    },
    // A terminal's width costs opening its stream, so only who asks for it pays.
    get columns() {
      const stream = fd === 1 ? process.stdout : process.stderr;
      return stream.columns || 80;
    },
    write: (more) => {
      text += more;
    },
    flush: () => void writeAll(fd, Buffer.from(text, 'utf8')),
  };
}

/**
 * Whether a descriptor is a terminal. Linux tells it by the device's major number (Documentation/admin-guide/devices.txt:
 * 4 and 5 are tty, 136 to 143 pseudo-terminals); elsewhere `node:tty` is asked, which brings all of `node:net` with it.
 */
function isTerminal(fd: number): boolean {
  try {
    const stat = fstatSync(fd);
    if (!stat.isCharacterDevice()) return false;
    if (process.platform !== 'linux') return process.getBuiltinModule('node:tty').isatty(fd);
    const major = (stat.rdev >> 8) & 0xfff;
    return major === 4 || major === 5 || (major >= 136 && major <= 143);
  } catch {
    return false;
  }
}
