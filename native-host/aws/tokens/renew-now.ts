import { withLock } from '../../base/files/lock.ts';
import { readToken, tokenLockName } from '../../base/files/token-cache.ts';
import { renewToken } from './renew-token.ts';
import { RENEWAL_PAUSE_MS } from './renewal-due.ts';
import { addNotes, readNotes } from './session-notes.ts';
import type { TokenDeps } from './token-deps.ts';
import { isDead, isRefreshable, isUsable } from './token-plan.ts';
import type { TokenSubject } from './token-subject.ts';

/**
 * Renews a session's token because a person asked for it, however long it lasts still. Answers when the token ends, or
 * `null` when a renewal is not possible and a sign-in is needed. Throws what stood in the way of a renewal (NETWORK...),
 * LOCK_TIMEOUT, FILE_READ, FILE_WRITE.
 */
export function renewNow(deps: TokenDeps, subject: TokenSubject): Promise<number | null> {
  const { paths, clock } = deps;
  return withLock(paths, tokenLockName(subject.key), async () => {
    const times = { now: clock.now(), local: clock.local() };
    addNotes(paths, subject.key, { usedAt: times.local });
    const file = readToken(paths, subject.key);
    const notes = readNotes(paths, subject.key);
    if (file.kind !== 'token' || !isRefreshable(file.token, notes, times)) return null;
    const { token } = file;
    // Pressed twice, or in the moment in which it was renewed ahead of time: that renewal is the one that was asked for.
    const ago = times.local - (notes.refreshedAt ?? Number.NEGATIVE_INFINITY);
    if (ago >= 0 && ago < RENEWAL_PAUSE_MS && isUsable(token, times) && !isDead(token, notes))
      return token.expiresAt;
    const renewal = await renewToken(deps, subject, token);
    if (renewal.kind === 'failed') throw renewal.error;
    return 'token' in renewal ? renewal.token.expiresAt : null;
  });
}
