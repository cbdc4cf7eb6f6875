import { endOldCopies } from '../anatomy/old-copies.ts';
import { knownEnvironment } from '../aws/profile-environment.ts';
import { dueSessions } from '../aws/refresh-due.ts';
import type { AheadOutcome } from '../aws/renew-ahead.ts';
import { openServerClock } from '../aws/server-clock.ts';
import type { TokenSubject } from '../aws/valid-token.ts';
import type { Paths } from '../files/paths.ts';
import { startTimer } from '../platform/timers.ts';
import { createRefreshAhead, type RefreshAhead } from './refresh-ahead.ts';

export interface KeepFreshOptions {
  readonly paths: Paths;
  /** For endpoints, proxy and certificates. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  /** A token changed. */
  readonly changed: () => void;
  readonly log: (line: string) => void;
}

/**
 * Looks after the tokens of this home directory from now on. Built as a part of its own, which the host loads once it is
 * up (only plain data goes in and out); the SDK comes in when the first token is due.
 */
export function keepFresh({ paths, env, now, changed, log }: KeepFreshOptions): RefreshAhead {
  const ahead = createRefreshAhead({
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
    const [{ createAwsClients }, { renewAhead }] = await Promise.all([
      import('../aws/clients.ts'),
      import('../aws/renew-ahead.ts'),
    ]);
    const clock = openServerClock(paths, now);
    const clients = createAwsClients({
      env: knownEnvironment(paths, env),
      onServerDate: (at) => clock.observe(at),
    });
    try {
      return await renewAhead({ paths, clients, clock }, subject);
    } finally {
      clients.close();
    }
  }
}
