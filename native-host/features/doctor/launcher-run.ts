import { win32 } from 'node:path';
import * as v from 'valibot';
import ids from '../../../manifests/ids.json';
import { parseEnvelope } from '../../../shared/protocol/envelope.ts';
import { HOST } from '../../../shared/protocol/native.ts';
import type { Browser } from '../../base/install/browsers-table.ts';
import { encodeFrame, frameReader } from '../../base/link/frames.ts';
import { systemFolder, systemProgram } from '../../base/platform/system-program.ts';
import type { TalkEnd } from '../../base/platform/talk.ts';
import type { DoctorContext } from './context.ts';

const TIMEOUT_MS = 10_000;

type Starter = Pick<DoctorContext, 'machine' | 'env' | 'talk'>;

/** Starts the host as a browser does that was started from the desktop: from the root folder, with nothing in its environment. */
export function startBare(
  launcher: string,
  args: readonly string[],
  { machine, env, talk }: Starter,
  more: { input?: Uint8Array; heard?: (stdout: Buffer) => boolean } = {},
): Promise<TalkEnd> {
  const base = { timeoutMs: TIMEOUT_MS, ...more };
  if (machine.system !== 'win32') return talk({ program: launcher, args, env: {}, cwd: '/', ...base });
  // Chromium starts it through the command interpreter too; without SystemRoot nothing starts at all.
  const folder = systemFolder(env);
  const line = [launcher, ...args].map((word) => `"${word}"`).join(' ');
  return talk({
    program: systemProgram('cmd.exe', env),
    args: ['/d', '/s', '/c', `"${line}"`],
    env: { SystemRoot: win32.dirname(folder), USERPROFILE: env.USERPROFILE },
    cwd: folder,
    verbatim: true,
    ...base,
  });
}

/** What a browser passes: Chromium its extension's origin, Firefox the manifest's path and the add-on's id. */
export function callerArguments(family: Browser['family'], manifest: string): string[] {
  return family === 'chromium' ? [`chrome-extension://${ids.chromium[0]}/`] : [manifest, ids.firefox];
}

export type Handshake =
  | { readonly kind: 'greeted'; readonly version: string }
  | { readonly kind: 'failed'; readonly why: string };

/** A protocol that nobody has: the host answers with its own and lets no terminal in, so that the test leaves no trace. */
const NO_PROTOCOL = 0;

/** Plays the browser: starts the host, says hello in a frame, reads its answer, and closes stdin. */
export async function shakeHands(
  launcher: string,
  args: readonly string[],
  starter: Starter,
): Promise<Handshake> {
  const hello = { protocol: NO_PROTOCOL, version: '0.0.0', browser: 'doctor', label: 'doctor' };
  const input = encodeFrame({ jsonrpc: '2.0', id: 1, method: 'hello', params: hello });
  const end = await startBare(launcher, args, starter, {
    input,
    heard: (stdout) => firstFrame(stdout) !== 'wait',
  });
  const frame = firstFrame(end.stdout);
  if (frame !== 'wait' && frame !== 'broken') return readHello(frame.message, end);
  if (frame === 'broken' || end.stdout.length > 0)
    return failed('it writes something to stdout that is not a message');
  return failed(endWords(end));
}

function readHello(message: unknown, end: TalkEnd): Handshake {
  const envelope = parseEnvelope(message);
  if (envelope?.kind === 'error') return failed('it answered with an error');
  const hello =
    envelope?.kind === 'result' ? v.safeParse(HOST.methods.hello.result, envelope.result) : undefined;
  if (!hello?.success) return failed('its answer is malformed');
  if (end.failure === 'timeout') return failed('it does not end when the browser closes its stdin');
  return { kind: 'greeted', version: hello.output.version };
}

const failed = (why: string): Handshake => ({ kind: 'failed', why });

/** How a host that said nothing ended, for a person. Its stderr is ours and without secrets. */
export function endWords({ code, failure, stderr }: TalkEnd): string {
  if (failure === 'timeout') return `it gave no answer within ${TIMEOUT_MS / 1000} s`;
  if (failure !== undefined) return `it cannot be started (${failure})`;
  const last = stderr.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
  return `it ended with code ${code ?? 'none'}${last === '' ? '' : ` and said: ${last}`}`;
}

function firstFrame(stdout: Buffer): 'wait' | 'broken' | { message: unknown } {
  let result: 'wait' | 'broken' | { message: unknown } = 'wait';
  const read = frameReader(
    (message) => {
      if (result === 'wait') result = { message };
    },
    () => {
      if (result === 'wait') result = 'broken';
    },
  );
  read(stdout);
  return result;
}
