import { AwsherError, toAwsherError } from '../../../shared/errors/awsher-error.ts';
import { type Context, processContext } from '../../base/platform/context.ts';
import { endSoon, onInterrupt, setExitCode } from '../../base/platform/lifecycle.ts';
import { EXIT } from './exit.ts';
import { createStyle, describeError, roomOf, usesColour } from './output.ts';
import { runProgram } from './program.ts';

/** Runs a command line to its end: the answer on stdout, one clear sentence on stderr when it fails, the exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  const controller = new AbortController();
  onInterrupt(() => controller.abort(new AwsherError('INTERRUPTED', 'Interrupted.')));
  let unheard = false;
  const open = (home?: () => string) =>
    processContext(
      controller.signal,
      () => {
        unheard = true;
        controller.abort(new AwsherError('INTERRUPTED', 'Interrupted.'));
      },
      home,
    );
  let context: ReturnType<typeof open>;
  let homeless: unknown;
  try {
    context = open();
  } catch (thrown) {
    homeless = thrown;
    context = open(() => '/');
  }
  const code = await runToEnd(context, argv, async () => {
    // Help needs no home.
    const asksHelp =
      ['help', 'version'].includes(argv[0] ?? '') || argv.some((word) => word === '--help' || word === '-h');
    if (homeless !== undefined && !asksHelp) throw homeless;
    const code = await runProgram(context, argv).catch(async (thrown: unknown) => {
      // What ended because nobody takes its answer: why not is the error, if it is one.
      if (!unheard) throw thrown;
      return EXIT.done;
    });
    await context.flush();
    return code;
  });
  setExitCode(code);
  endSoon();
}

/** Runs a command line in a context, tells what it throws, and returns the exit code. */
export async function runToEnd(
  context: Context,
  argv: readonly string[],
  run = () => runProgram(context, argv),
): Promise<number> {
  try {
    return await run();
  } catch (thrown) {
    const error = toAwsherError(thrown);
    const style = createStyle(usesColour(context, context.stderr, !argv.includes('--no-color')));
    context.stderr.write(describeError(error, style, roomOf(context.stderr)));
    if (error.code === 'INTERNAL' && thrown instanceof Error && argv.includes('--verbose')) {
      // The place in awsher's own code, never the message of the error: that may hold anything.
      const frames = thrown.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
      context.stderr.write(`  ${thrown.name}\n${frames.slice(0, 8).join('\n')}\n`);
    }
    return error.exitCode;
  }
}
