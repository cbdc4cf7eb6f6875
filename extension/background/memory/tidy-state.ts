import { KEEP_ENDED_MS } from '../../../shared/request/deadlines.ts';
import { isRunning, isSignIn, nameOf, type Request } from '../../../shared/request/request.ts';
import type { BackgroundState } from './kept-state.ts';

/** A page of a code that ended may come late, and is still known as ours. */
const KEEP_CODES_MS = 3_600_000;
/** Of each kind of thing that is over, so many are kept at most. */
const KEPT = 8;
/** Tabs that nothing under way belongs to: pages that the person opened, and reports that came after a tab was closed. */
const KEPT_TABS = 16;

/** The state without what is over: it lives as long as the browser does, and must not grow with every sign-in. Pure. */
export function tidy(state: BackgroundState, now: number): BackgroundState {
  const isKept = (request: Request, index: number): boolean =>
    isRunning(request) ||
    ((request.endedAt ?? 0) > now - KEEP_ENDED_MS[request.subject.kind] &&
      !state.requests.slice(index + 1).some((later) => !isRunning(later) && isSame(later, request)));
  const requests = newest(state.requests.filter(isKept), isRunning, KEPT);
  const busy = new Set(requests.filter(isRunning).flatMap(({ tabId }) => tabId ?? []));
  return {
    ...state,
    requests,
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

/** Whether the end of one is no news any more beside the end of the other. */
const isSame = (one: Request, other: Request): boolean =>
  isSignIn(one) && isSignIn(other) && nameOf(one) === nameOf(other);

/** All that are needed, and of the others the last ones, in the order that they had. */
function newest<T>(all: readonly T[], needed: (one: T) => boolean, most: number): T[] {
  const others = all.filter((one) => !needed(one));
  const over = new Set(others.slice(0, Math.max(0, others.length - most)));
  return all.filter((one) => !over.has(one));
}
