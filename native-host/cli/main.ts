import { AwsherError, toAwsherError } from '../../shared/errors/awsher-error.ts';
import { processContext } from '../platform/context.ts';
import { onInterrupt, setExitCode } from '../platform/lifecycle.ts';
import { createStyle, describeError, usesColour } from './output.ts';
import { runProgram } from './program.ts';

/** Runs a command line to its end: the answer on stdout, one clear sentence on stderr when it fails, the exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  const controller = new AbortController();
  onInterrupt(() => controller.abort(new AwsherError('INTERRUPTED', 'Interrupted.')));
  const context = processContext(controller.signal);
  try {
    setExitCode(await runProgram(context, argv));
  } catch (thrown) {
    const error = toAwsherError(thrown);
    const style = createStyle(usesColour(context, context.stderr, !argv.includes('--no-color')));
    context.stderr.write(describeError(error, style));
    if (error.code === 'INTERNAL' && thrown instanceof Error && argv.includes('--verbose')) {
      // The place in awsher's own code, never the message of the error: that may hold anything.
      const frames = thrown.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
      context.stderr.write(`  ${thrown.name}\n${frames.slice(0, 8).join('\n')}\n`);
    }
    setExitCode(error.exitCode);
  }
}
