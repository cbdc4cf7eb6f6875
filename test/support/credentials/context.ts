import { resolvePaths } from '../../../native-host/base/files/paths.ts';
import { type Context, sleep } from '../../../native-host/base/platform/context.ts';
import type { Command, OptionValues } from '../../../native-host/programs/cli/command.ts';
import { EXIT } from '../../../native-host/programs/cli/exit.ts';
import { createOutput } from '../../../native-host/programs/cli/output.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What the command threw. */
  readonly error: AwsherError | undefined;
}

/** A context with captured streams, no terminal, and the given environment. */
export function testContext(
  env: Record<string, string>,
  more: Partial<Context> = {},
): { context: Context; stdout: () => string; stderr: () => string } {
  const text = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr') => ({
    isTTY: false,
    columns: 80,
    write: (piece: string) => {
      text[name] += piece;
    },
  });
  const context: Context = {
    env,
    platform: 'linux',
    paths: resolvePaths({ env, platform: 'linux', homedir: () => env.HOME ?? '' }),
    pid: process.pid,
    cwd: env.HOME ?? '/',
    now: () => Date.now(),
    sleep,
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    stdin: { isTTY: false },
    signal: new AbortController().signal,
    ...more,
  };
  return { context, stdout: () => text.stdout, stderr: () => text.stderr };
}

/** Runs a command in this process and gives what it wrote, returned and threw. */
export async function runCommand(
  command: Command,
  env: Record<string, string>,
  options: OptionValues = {},
  args: readonly string[] = [],
  more: Partial<Context> = {},
): Promise<CommandResult> {
  const { context, stdout, stderr } = testContext(env, more);
  try {
    const invocation = { arguments: args, options };
    const code = (await command.run(context, invocation, createOutput(context, invocation))) ?? EXIT.done;
    return { code, stdout: stdout(), stderr: stderr(), error: undefined };
  } catch (thrown) {
    if (!(thrown instanceof AwsherError)) throw thrown;
    return { code: thrown.exitCode, stdout: stdout(), stderr: stderr(), error: thrown };
  }
}
