import { homedir } from 'node:os';
import type { DoctorCheck } from '../../../shared/fields.ts';
import { MAX_CHECKS, MAX_FINDING } from '../../../shared/limits.ts';
import { CHECKS } from '../../features/doctor/checks.ts';
import type { DoctorContext } from '../../features/doctor/context.ts';
import { scrub } from '../../features/doctor/report.ts';
import { runChecks } from '../../features/doctor/run-checks.ts';
import { thisComputer } from '../../features/doctor/this-computer.ts';
import type { HostOptions } from './host-options.ts';

/**
 * The checks of `awsher doctor`, for the options page, without those about the shell that a command was typed in; what they found
 * wrong is fixed where the person asked for it (`fix`). Built as a part of its own, which the host loads when it is asked. `makeContext` is for tests.
 */
export async function runDoctor(
  options: Pick<HostOptions, 'paths' | 'env' | 'platform' | 'now'> & { fix?: boolean | undefined },
  makeContext: () => DoctorContext = () => thisComputer(options),
): Promise<DoctorCheck[]> {
  const checks = CHECKS.filter(({ aboutShell }) => aboutShell !== true).slice(0, MAX_CHECKS);
  const outcomes = await runChecks(makeContext, { checks, fix: options.fix === true });
  const home = homedir();
  const text = (words: string) =>
    words
      .split('\n')
      .map((line) => scrub(line, home))
      .join('\n')
      .slice(0, MAX_FINDING);
  return outcomes.map(({ id, title, result, detail, next, fixable }) => ({
    id,
    title,
    state: result,
    text: text(detail),
    next: next === undefined ? null : text(next),
    ...(fixable ? { fixable } : {}),
  }));
}
