import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import type { Context } from '../../../base/platform/context.ts';

/** Aborts at the deadline or when the person interrupts, whichever comes first. */
export function deadline(
  context: Context,
  seconds: number,
  session: string,
  command = `awsher login ${session}`,
): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const timeout = new AwsherError('SIGN_IN_TIMEOUT', `The sign-in was not finished within ${seconds} s.`, {
    hint: `run \`${command}\` again, with a longer \`--timeout\` if needed`,
  });
  const over = new AbortController();
  context.sleep(seconds * 1000, over.signal).then(
    () => controller.abort(timeout),
    () => {},
  );
  return { signal: AbortSignal.any([context.signal, controller.signal]), stop: () => over.abort() };
}
