import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import ids from '../../../../manifests/ids.json' with { type: 'json' };
import { encodeFrame, frameReader } from '../../../../native-host/base/link/frames.ts';
import { startTimer } from '../../../../native-host/base/platform/timers.ts';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { EXTENSION, HOST } from '../../../../shared/protocol/native.ts';
import { createPeer, type Handlers, type Peer, type Surface } from '../../../../shared/protocol/peer.ts';
import { ROOT } from '../../../support/root.ts';
import { shellEnv } from '../../../support/shell-env.ts';

// needs: build

export const HOST_PROGRAM = join(ROOT, 'dist', 'host', 'awsher-host.js');
export const ORIGIN = `chrome-extension://${ids.chromium[0]}/`;
export const HELLO = { protocol: 1, version: '0.1.0', browser: 'chromium', label: 'work' };

/** What this end of the link answers: the part of the extension that these tests are about. */
const BROWSER_SIDE = {
  methods: {
    'signin.start': EXTENSION.methods['signin.start'],
    'saml.start': EXTENSION.methods['saml.start'],
    'history.list': EXTENSION.methods['history.list'],
  },
  notifications: {
    'signin.leave': EXTENSION.notifications['signin.leave'],
    'sessions.changed': EXTENSION.notifications['sessions.changed'],
  },
} satisfies Surface;

export interface HostEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Everything that was on stdout, raw. */
  stdout: Buffer;
  stderr: string;
}

/** The built host as a real process, with a browser's end of its pipes. */
export interface RealHost {
  child: ChildProcess;
  pid: number;
  extension: Peer<typeof HOST>;
  /** Every message that came as a proper frame, and whether anything else came. */
  frames: unknown[];
  junk(): boolean;
  /** Raw bytes to its stdin. */
  write(bytes: Uint8Array): void;
  /** What a browser does when it goes away. */
  closeStdin(): void;
  ended: Promise<HostEnd>;
}

export interface HostOptions {
  home: string;
  args?: readonly string[];
  env?: Record<string, string>;
  /** An installed launcher instead of the program itself, in a browser that knows no HOME. */
  launcher?: string;
  handlers?: Partial<Handlers<typeof BROWSER_SIDE>>;
}

/** Starts the host as Chromium does: extension's origin as its first argument, the browser's environment. */
export function startHost(options: HostOptions): RealHost {
  const { home, args = [ORIGIN], env = {}, handlers = {}, launcher } = options;
  if (!existsSync(HOST_PROGRAM)) throw new Error('the host is not built: run `npm run build`');
  const { HOME: _home, ...homeless } = shellEnv(home, env);
  const command = launcher === undefined ? [process.execPath, HOST_PROGRAM] : [launcher];
  const child = spawn(command[0] ?? '', [...command.slice(1), ...args], {
    env: launcher === undefined ? shellEnv(home, env) : homeless,
    cwd: home,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const stdout: Buffer[] = [];
  let stderr = '';
  let junk = false;
  const frames: unknown[] = [];
  const extension = createPeer<typeof BROWSER_SIDE, typeof HOST>(HOST, {
    local: BROWSER_SIDE,
    handlers: {
      'signin.start': () => Promise.reject(new AwsherError('INTERNAL', 'Not in this test.')),
      'saml.start': () => Promise.reject(new AwsherError('INTERNAL', 'Not in this test.')),
      'history.list': () => ({ decisions: [] }),
      'signin.leave': () => {},
      'sessions.changed': () => {},
      ...handlers,
    },
    send: (message) => void child.stdin.write(encodeFrame(message)),
    startTimer,
  });
  const read = frameReader(
    (message) => {
      frames.push(message);
      extension.receive(message);
    },
    () => {
      junk = true;
    },
  );
  child.stdout.on('data', (chunk: Buffer) => {
    stdout.push(chunk);
    read(chunk);
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  // A host that ends while it is written to is one of the cases.
  child.stdin.on('error', () => {});
  const ended = new Promise<HostEnd>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, stdout: Buffer.concat(stdout), stderr }));
  });
  return {
    child,
    pid: child.pid ?? -1,
    extension,
    frames,
    junk: () => junk,
    write: (bytes) => void child.stdin.write(bytes),
    closeStdin: () => child.stdin.end(),
    ended,
  };
}

/** Milliseconds until a promise is done. */
export async function took(work: Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work;
  return performance.now() - started;
}
