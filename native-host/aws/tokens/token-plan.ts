import type { SsoToken, TokenFile } from '../../base/files/token-format.ts';
import { fingerprint, type SessionNotes } from './session-notes.ts';

/** A token with less time than this is renewed (AWS CLI v2 botocore/tokens.py `_REFRESH_WINDOW`). */
export const REFRESH_WINDOW_MS = 15 * 60_000;
const FAILURE_PAUSE_MS = 60_000;

export interface Times {
  /** AWS's time, milliseconds since 1970. */
  readonly now: number;
  /** The machine's own clock: a token that another tool wrote is dated by it. */
  readonly local: number;
}

/** What to do about a session's token. */
export type TokenPlan =
  | { readonly kind: 'use'; readonly token: SsoToken }
  /** `usable`: the old token still does when the refresh fails. */
  | { readonly kind: 'refresh'; readonly token: RefreshableToken; readonly usable: boolean }
  | { readonly kind: 'sign-in'; readonly why: 'none' | 'broken' | 'expired' | 'session-over' | 'rejected' };

export type RefreshableToken = SsoToken & {
  readonly clientId: string;
  readonly clientSecret: NonNullable<SsoToken['clientSecret']>;
  readonly refreshToken: NonNullable<SsoToken['refreshToken']>;
};

/** Decides by file, notes and clock alone. `force`: the portal has just refused this token. */
export function planToken(file: TokenFile, notes: SessionNotes, times: Times, force = false): TokenPlan {
  if (file.kind !== 'token') return { kind: 'sign-in', why: file.kind };
  const { token } = file;
  const dead = force || isDead(token, notes);
  const usable = !dead && isUsable(token, times);
  if (usable && !isDue(token, notes, times)) return { kind: 'use', token };
  if (isRefreshable(token, notes, times)) {
    const failedAgo = times.local - (notes.refreshFailedAt ?? Number.NEGATIVE_INFINITY);
    if (usable && failedAgo >= 0 && failedAgo < FAILURE_PAUSE_MS) return { kind: 'use', token };
    return { kind: 'refresh', token, usable };
  }
  if (usable) return { kind: 'use', token };
  if (dead) return { kind: 'sign-in', why: 'rejected' };
  return { kind: 'sign-in', why: wasRejected(token, notes) ? 'session-over' : 'expired' };
}

/** Whether a refresh can be tried at all: all that it takes is there, and AWS has not said no to it before. */
export function isRefreshable(
  token: SsoToken,
  notes: SessionNotes,
  { now }: Times,
): token is RefreshableToken {
  return (
    token.refreshToken !== undefined &&
    token.clientId !== undefined &&
    token.clientSecret !== undefined &&
    (token.registrationExpiresAt === undefined || token.registrationExpiresAt > now) &&
    !wasRejected(token, notes)
  );
}

/** Good by either clock: other tools date by the machine's, and the portal has the last word. */
export function isUsable(token: SsoToken, { now, local }: Times): boolean {
  return token.expiresAt > Math.min(now, local);
}

/** Whether the portal has refused this very token. */
export function isDead(token: SsoToken, notes: SessionNotes): boolean {
  return notes.deadToken !== undefined && notes.deadToken === fingerprint(token.accessToken);
}

/** The window shrinks for tokens that live only briefly, or every command would refresh. */
function isDue(token: SsoToken, notes: SessionNotes, { now }: Times): boolean {
  const window = Math.min(REFRESH_WINDOW_MS, (notes.lifeMs ?? Number.POSITIVE_INFINITY) / 4);
  return token.expiresAt - now < window;
}

function wasRejected(token: SsoToken, notes: SessionNotes): boolean {
  return (
    notes.rejectedRefresh !== undefined &&
    token.refreshToken !== undefined &&
    notes.rejectedRefresh === fingerprint(token.refreshToken)
  );
}
