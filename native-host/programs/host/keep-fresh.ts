import { openServerClock } from '../../aws/calls/server-clock.ts';
import type { AheadOutcome } from '../../aws/tokens/renew-ahead.ts';
import { dueSessions } from '../../aws/tokens/renewal-due.ts';
import type { TokenSubject } from '../../aws/tokens/token-subject.ts';
import { startTimer } from '../../base/platform/timers.ts';
import { endOldCopies } from '../../features/inventory/old-copies.ts';
import type { PartDeps } from './host-options.ts';
import { createRenewalTimer, type RenewalTimer } from './renewal-timer.ts';

/**
 * Looks after the tokens of this home directory from now on; `changed` is told when one did. Built as a part of its own, which the host loads once it is
 * up; the SDK comes in when the first token is due.
 */
export function keepFresh({
  paths,
  env,
  now,
  changed,
  log,
}: PartDeps & { changed: () => void }): RenewalTimer {
  const ahead = createRenewalTimer({
    now,
    startTimer,
    due: () => dueSessions(paths, openServerClock(paths, now)),
    renew,
    changed,
    log,
  });
  ahead.start();
  void endOldCopies(paths, now());
  return ahead;

  async function renew(subject: TokenSubject): Promise<AheadOutcome> {
    const [{ withAws }, { renewAhead }] = await Promise.all([
      import('../../aws/resolver/with-aws.ts'),
      import('../../aws/tokens/renew-ahead.ts'),
    ]);
    return withAws({ paths, env, now }, (deps) => renewAhead(deps, subject));
  }
}
