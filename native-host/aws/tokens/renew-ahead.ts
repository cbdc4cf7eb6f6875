import type { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { withLock } from '../../base/files/lock.ts';
import { readToken, tokenLockName } from '../../base/files/token-cache.ts';
import { renewToken } from './renew-token.ts';
import { dueAhead } from './renewal-due.ts';
import { readNotes } from './session-notes.ts';
import type { TokenDeps } from './token-deps.ts';
import { isRefreshable } from './token-plan.ts';
import type { TokenSubject } from './token-subject.ts';

/** How a renewal ahead of time ended. */
export type AheadOutcome =
  | { readonly kind: 'renewed'; readonly expiresAt: number }
  /** Somebody else was first. */
  | { readonly kind: 'not-due' }
  /** The portal session has ended: a sign-in is needed, and this is not the one to ask for it. */
  | { readonly kind: 'rejected' }
  | { readonly kind: 'failed'; readonly error: AwsherError };

/**
 * Renews a session's token if it still is due once the lock is held. Unlike `validToken` it leaves no trace of use: else a
 * session would be kept alive for ever by being kept alive. Throws LOCK_TIMEOUT, FILE_READ, FILE_WRITE.
 */
export function renewAhead(deps: TokenDeps, subject: TokenSubject): Promise<AheadOutcome> {
  const { paths, clock } = deps;
  return withLock(paths, tokenLockName(subject.key), async (): Promise<AheadOutcome> => {
    const times = { now: clock.now(), local: clock.local() };
    const file = readToken(paths, subject.key);
    const notes = readNotes(paths, subject.key);
    const at = dueAhead(file, notes, times);
    if (file.kind !== 'token' || at === undefined || at > times.local) return { kind: 'not-due' };
    if (!isRefreshable(file.token, notes, times)) return { kind: 'not-due' };
    const renewal = await renewToken(deps, subject, file.token);
    return 'token' in renewal ? { kind: 'renewed', expiresAt: renewal.token.expiresAt } : renewal;
  });
}
