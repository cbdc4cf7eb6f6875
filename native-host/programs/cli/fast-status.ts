import { fastContext } from '../../base/platform/fast-context.ts';
import { fastStatus } from './commands/status.ts';

/**
 * `awsher status` in the plain form of its command line, before any parser or schema library is loaded. False whenever
 * it is not that simple, errors included: the full program then says it in its own words.
 */
export function runFastStatus(argv: readonly string[]): boolean {
  try {
    const context = fastContext();
    if (!fastStatus(context, argv)) return false;
    context.flush();
    return true;
  } catch {
    return false;
  }
}
