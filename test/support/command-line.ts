import type { Context } from '../../native-host/base/platform/context.ts';
import { runToEnd } from '../../native-host/programs/cli/main.ts';
import { AwsherError } from '../../shared/errors/awsher-error.ts';
import type { Finished } from './awsher.ts';
import { testContext } from './credentials/context.ts';
import { type Transcript, transcript } from './transcript.ts';

// A whole command line, from its words to the sentence of its error, in the process of the test: a twentieth of the work of
// starting one. What only a process shows is for awsher.ts: fast lanes, signals, locks between several, children, a terminal.

/** Starts a command line. `interrupt` is what the first Ctrl-C does. */
export function startLine(
  argv: readonly string[],
  env: Record<string, string>,
  more: Partial<Context> = {},
): Omit<Transcript, 'add'> & { interrupt(): void; finished: Promise<Finished> } {
  const { add, output, until } = transcript();
  const controller = new AbortController();
  const sink = (stream: 'stdout' | 'stderr') => ({
    isTTY: false,
    columns: 80,
    write: (piece: string) => add(stream, piece),
  });
  const { context } = testContext(env, {
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    signal: controller.signal,
    ...more,
  });
  return {
    output,
    until,
    interrupt: () => controller.abort(new AwsherError('INTERRUPTED', 'Interrupted.')),
    finished: runToEnd(context, argv).then((code) => ({ code, signal: null, ...output() })),
  };
}

/** Runs a command line to its end. */
export function runLine(
  argv: readonly string[],
  env: Record<string, string>,
  more?: Partial<Context>,
): Promise<Finished> {
  return startLine(argv, env, more).finished;
}
