import type { ViewState } from '../../../shared/protocol/internal.ts';

/** Something worth a notification of the system. */
export interface Notice {
  /** Names it for good: one that was shown is not shown again. */
  key: string;
  kind: 'expiry' | 'foreign' | 'done';
  /** The session, or the host of the stranger's page. */
  about: string;
}

/** So long before the end of a session there is still time to renew it without a break. */
export const EXPIRY_MS = 10 * 60_000;
/** Older events are no news: the browser was closed, or the setting is new. */
const NEWS_MS = 2 * 60_000;

/** What the state gives reason to tell, as far as the settings want it. `watched`: a view is open, and shows it. */
export function noticesOf(state: ViewState, now: number, watched: boolean): Notice[] {
  const { settings, sessions, foreign } = state;
  const notices: Notice[] = [];
  if (settings.notifyForeign && foreign && now - foreign.at < NEWS_MS)
    notices.push({ key: `foreign:${foreign.id}`, kind: 'foreign', about: foreign.host ?? 'AWS' });
  for (const { target, status, attempt } of sessions) {
    const { session } = target;
    const ended = attempt?.endedAt ?? null;
    if (settings.notifyDone && !watched && ended !== null && !attempt?.error && now - ended < NEWS_MS)
      notices.push({ key: `done:${session}:${ended}`, kind: 'done', about: session });
    // What renews by itself ends for nobody.
    if (!settings.notifyExpiry || !status?.expiresAt || status.refreshableUntil !== null) continue;
    const left = Date.parse(status.expiresAt) - now;
    const running = attempt?.endedAt === null;
    if (left > 0 && left <= EXPIRY_MS && !running)
      notices.push({ key: `expiry:${session}:${status.expiresAt}`, kind: 'expiry', about: session });
  }
  return notices;
}

/** The session that a click on a notification is about, by the key that it was shown under. */
export function expiringSession(key: string): string | null {
  return /^expiry:(.*):\d{4}-\d\d-\d\dT[\d:.]+Z$/.exec(key)?.[1] ?? null;
}
