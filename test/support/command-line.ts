import { type Context, sleep } from '../../native-host/base/platform/context.ts';
import { runToEnd } from '../../native-host/programs/cli/main.ts';
import { AwsherError } from '../../shared/errors/awsher-error.ts';
import type { Finished } from './awsher.ts';
import { testContext } from './credentials/context.ts';
import { type Transcript, transcript } from './transcript.ts';

// A whole command line, from its words to the sentence of its error, in the process of the test: a twentieth of the work of
// starting one. What only a process shows is for awsher.ts: fast lanes, signals, locks between several, children, a terminal.

export interface RunningLine extends Omit<Transcript, 'add'> {
  finished: Promise<Finished>;
  /** Its exit code; `null` while it runs. */
  code(): number | null;
  /** As Ctrl-C does. */
  interrupt(): void;
}

/** For `startLine`: what the command waits takes a tenth of its time, the question for a token after its interval above all. */
export const HURRIED: Pick<Context, 'sleep'> = { sleep: (ms, signal) => sleep(ms / 10, signal) };

/** Starts a command line, in a terminal of so many columns or in none. */
export function startLine(
  argv: readonly string[],
  env: Record<string, string>,
  columns?: number,
  more: Partial<Context> = {},
): RunningLine {
  const { add, output, until } = transcript();
  const sink = (stream: 'stdout' | 'stderr') => ({
    isTTY: columns !== undefined,
    columns: columns ?? 80,
    write: (piece: string) => add(stream, piece),
  });
  const controller = new AbortController();
  const { signal } = controller;
  const { context } = testContext(env, { stdout: sink('stdout'), stderr: sink('stderr'), signal, ...more });
  let ended: number | null = null;
  return {
    output,
    until,
    code: () => ended,
    interrupt: () => controller.abort(new AwsherError('INTERRUPTED', 'Interrupted.')),
    finished: runToEnd(context, argv).then((code) => {
      ended = code;
      return { code, signal: null, ...output() };
    }),
  };
}

/** Runs a command line to its end. */
export function runLine(
  argv: readonly string[],
  env: Record<string, string>,
  columns?: number,
): Promise<Finished> {
  return startLine(argv, env, columns).finished;
}
