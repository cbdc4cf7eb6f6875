import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import ids from '../../../manifests/ids.json' with { type: 'json' };
import { canBeTold } from '../../../shared/fields.ts';
import { printable } from '../../../shared/printable.ts';
import { knownSessions } from '../../aws/tokens/known-sessions.ts';
import { resolvePaths } from '../../base/files/paths.ts';
import { RETIRES } from '../../base/link/coming-back.ts';
import { encodeFrame, frameReader } from '../../base/link/frames.ts';
import { VERSION } from '../../base/platform/version.ts';
import { identifyCaller } from '../host/caller.ts';
import { createHost } from '../host/host.ts';

/** How long a renewal that is under way may keep a host that is to end. */
const RENEWAL_GRACE_MS = 1_500;

/** The log is started anew past this size; one older piece is kept. */
const MAX_LOG_BYTES = 256 * 1024;

/** The browser's end of the pipes. */
export interface BrowserPipes {
  readonly input: Readable;
  /** Nothing but frames is written. */
  write(frame: Buffer): void;
}

/**
 * The native-messaging host. The browser starts it and owns its stdin and stdout; it ends when the browser closes
 * stdin, always. `argv` is what the browser gave; a caller that is not the extension is refused before a byte is read.
 */
export function runHost(argv: readonly string[], { input, write }: BrowserPipes): void {
  const caller = identifyCaller(argv, ids);
  if (caller === null) {
    process.stderr.write(
      'awsher-host: this program is for browsers: only the awsher extension may start it. Run `awsher --help`.\n',
    );
    process.exitCode = 1;
    return;
  }
  const paths = resolvePaths({ env: process.env, platform: process.platform, homedir });
  const log = openLog(paths.stateDir);
  const host = createHost({
    paths,
    env: process.env,
    platform: process.platform,
    uid: process.getuid?.() ?? -1,
    pid: process.pid,
    browserPid: process.ppid,
    version: VERSION,
    now: () => Date.now(),
    send: (message) => {
      write(encodeFrame(message));
    },
    listSessions: () => knownSessions(paths, Date.now()).filter(canBeTold),
    log,
    retire: () => setImmediate(() => end(RETIRES)),
  });
  let ending = false;
  const end = (why: string): void => {
    if (ending) return;
    ending = true;
    log(`ends: ${why}`);
    // Answers that are still on their way to terminals get out, and so does the answer to a renewal: a refresh token works
    // once, and its successor must reach the disk. Browsers kill what has not ended after two seconds.
    const exit = () => setTimeout(() => process.exit(0), 50);
    setTimeout(exit, RENEWAL_GRACE_MS);
    void host.close().finally(exit);
  };
  input.on(
    'data',
    frameReader(host.receive, () => end('the browser sent something that is not a message')),
  );
  input.once('end', () => end('the browser closed the connection'));
  input.once('error', () => end('the connection broke'));
  process.stdout.once('error', () => end('the browser stopped reading'));
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => end(signal));
  process.on('uncaughtException', (error) => end(`a bug: ${error.name} ${bugPlace(error)}`));
  log(`started for ${caller}, version ${VERSION}, node ${process.versions.node}`);
}

/** Where a bug is, without its text, which may hold anything. */
function bugPlace(error: Error): string {
  return (
    error.stack
      ?.split('\n')
      .find((line) => line.includes('    at '))
      ?.trim() ?? ''
  );
}

/** A small log of facts without secrets, in the state folder. A log that cannot be written is no reason to fail. */
function openLog(stateDir: string): (line: string) => void {
  try {
    mkdirSync(stateDir, { recursive: true, mode: 0o700 });
    const file = join(stateDir, 'host.log');
    let descriptor = openSync(file, 'a', 0o600);
    if (fstatSync(descriptor).size > MAX_LOG_BYTES) {
      closeSync(descriptor);
      renameSync(file, `${file}.1`);
      descriptor = openSync(file, 'a', 0o600);
    }
    return (line) => writeSync(descriptor, `${new Date().toISOString()} ${process.pid} ${printable(line)}\n`);
  } catch {
    return () => {};
  }
}
