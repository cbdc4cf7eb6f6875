import { fastContext } from '../../base/platform/fast-context.ts';
import { setExitCode } from '../../base/platform/lifecycle.ts';
import { fastStatus } from './commands/status.ts';

/**
 * `awsher status` in the plain form of its command line, before any parser or schema library is loaded. False whenever
 * it is not that simple, errors included: the full program then says it in its own words.
 */
export function runFastStatus(argv: readonly string[]): boolean {
  try {
    const context = fastContext();
    const code = fastStatus(context, argv);
    if (code === null) return false;
    context.flush();
    setExitCode(code);
    return true;
  } catch {
    return false;
  }
}
