import type { SessionStatus } from '../../../shared/fields.ts';
import type { Paths } from '../../base/files/paths.ts';
import { readToken, tokenFilePath } from '../../base/files/token-cache.ts';
import { formatTimestamp } from '../../base/formats/token-dates.ts';
import { readNotes } from './session-notes.ts';
import { isDead, isRefreshable, isUsable, REFRESH_WINDOW_MS } from './token-plan.ts';

/** The state of a sign-in, as files and clock tell it; no network, no SDK. `session` is what the token file is named after. */
export function sessionStatus(
  paths: Pick<Paths, 'ssoCacheDir' | 'stateDir'>,
  { session, startUrl, region }: Pick<SessionStatus, 'session' | 'startUrl' | 'region'>,
  now: number,
): SessionStatus {
  const cacheFile = tokenFilePath(paths, session);
  const base = { session, startUrl, region };
  const file = readToken(paths, session);
  if (file.kind !== 'token') {
    return { ...base, state: file.kind, expiresAt: null, refreshableUntil: null, cacheFile };
  }
  const { token } = file;
  const notes = readNotes(paths, session);
  const times = { now, local: now };
  const refreshable = isRefreshable(token, notes, times);
  const usable = isUsable(token, times) && !isDead(token, notes);
  const state = usable
    ? token.expiresAt - now < REFRESH_WINDOW_MS
      ? 'expiring'
      : 'valid'
    : refreshable
      ? 'refreshable'
      : 'expired';
  return {
    ...base,
    state,
    expiresAt: formatTimestamp(token.expiresAt),
    // The end of the portal session cannot be known; the registration's end is an upper bound.
    refreshableUntil:
      refreshable && token.registrationExpiresAt !== undefined
        ? formatTimestamp(token.registrationExpiresAt)
        : null,
    cacheFile,
  };
}
