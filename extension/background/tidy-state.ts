import { isFor, isRunning } from '../../shared/login/attempt.ts';
import type { BackgroundState } from './state.ts';

/** How long an ended attempt is kept, so that a terminal that lost its link still learns the end. */
const KEEP_ENDED_MS = 5 * 60_000;
/** A page of a code that ended may come late, and is still known as ours. */
const KEEP_CODES_MS = 3_600_000;
/** Of each kind of thing that is over, so many are kept at most. */
const KEPT = 8;
/** Tabs that nothing under way belongs to: pages that the person opened, and reports that came after a tab was closed. */
const KEPT_TABS = 16;

/** The state without what is over: it lives as long as the browser does, and must not grow with every sign-in. Pure. */
export function tidy(state: BackgroundState, now: number): BackgroundState {
  const attempts = state.attempts.filter(
    (attempt, index) =>
      isRunning(attempt) ||
      ((attempt.endedAt ?? 0) > now - KEEP_ENDED_MS &&
        !state.attempts.slice(index + 1).some((later) => !isRunning(later) && isFor(later, attempt.target))),
  );
  const busy = new Set(
    [...attempts.filter(isRunning), ...state.handOvers.filter(({ phase }) => phase !== 'ended')].flatMap(
      ({ tabId }) => tabId ?? [],
    ),
  );
  return {
    ...state,
    attempts,
    book: newest(
      state.book.filter(({ expiresAt }) => expiresAt + KEEP_CODES_MS > now),
      ({ allowedAt, expiresAt, tabId }) =>
        (tabId !== null && busy.has(tabId)) || (allowedAt === null && expiresAt > now),
      KEPT,
    ),
    authorizations: newest(
      state.authorizations,
      ({ allowedAt, expiresAt }) => allowedAt === null && expiresAt > now,
      KEPT,
    ),
    tabs: newest(state.tabs, ({ tabId }) => busy.has(tabId), KEPT_TABS),
  };
}

/** All that are needed, and of the others the last ones, in the order that they had. */
function newest<T>(all: readonly T[], needed: (one: T) => boolean, most: number): T[] {
  const others = all.filter((one) => !needed(one));
  const over = new Set(others.slice(0, Math.max(0, others.length - most)));
  return all.filter((one) => !over.has(one));
}
