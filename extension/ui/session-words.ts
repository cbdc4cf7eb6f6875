import type { HostState, SessionView } from '../../shared/protocol/internal.ts';
import type { Translate } from './i18n.ts';
import { day, duration, moment } from './times.ts';

/** What a session looks like: its state in words, and how full its ring is. */
export interface SessionWords {
  tone: 'good' | 'soon' | 'over' | 'bad' | 'unknown';
  headline: string;
  detail: string | null;
  /** 0..1, the part of the token's life that is left. */
  left: number;
  /** Signing in is the obvious next thing to do. */
  wanted: boolean;
}

const HOUR = 3_600_000;

/** A session's state in words. `now` is in milliseconds since 1970. */
export function sessionWords(
  view: SessionView,
  host: HostState['state'],
  now: number,
  t: Translate,
  locale: string,
): SessionWords {
  const { status } = view;
  if (!status) {
    // Nothing is known for sure, so nothing is offered loudly either.
    if (host === 'connected' && view.source === 'extension') return never(view, t);
    const headline = host === 'unavailable' ? t('stateUnknown') : t('stateChecking');
    return { tone: 'unknown', headline, detail: null, left: 0, wanted: false };
  }
  const expiresAt = instant(status.expiresAt);
  const renewableUntil = instant(status.refreshableUntil);
  const renews = renewableUntil === null ? null : t('renewsUntil', day(renewableUntil, now, locale));
  switch (status.state) {
    case 'valid':
    case 'expiring': {
      if (expiresAt === null)
        return { tone: 'good', headline: t('step_done'), detail: renews, left: 1, wanted: false };
      const remaining = expiresAt - now;
      const left = lifeLeft(remaining, renewableUntil !== null);
      if (status.state === 'valid') {
        const detail = renews ?? t('timeLeft', duration(remaining, locale));
        const headline = t('stateValid', moment(expiresAt, now, locale));
        return { tone: 'good', headline, detail, left, wanted: false };
      }
      const headline = t('stateExpiring', duration(remaining, locale));
      // A token that renews by itself ends quietly: no reason to disturb.
      return renews
        ? { tone: 'good', headline, detail: renews, left, wanted: false }
        : { tone: 'soon', headline, detail: t('detailExpiring'), left, wanted: true };
    }
    case 'refreshable': {
      const detail = renewableUntil === null ? null : t('atMost', day(renewableUntil, now, locale));
      return { tone: 'good', headline: t('stateRefreshable'), detail, left: 0, wanted: false };
    }
    case 'expired': {
      const headline =
        expiresAt === null ? t('stateExpiredNoTime') : t('stateExpired', moment(expiresAt, now, locale));
      return { tone: 'over', headline, detail: null, left: 0, wanted: true };
    }
    case 'none':
      return never(view, t);
    case 'broken':
      return { tone: 'bad', headline: t('stateBroken'), detail: t('detailBroken'), left: 0, wanted: true };
  }
}

function never(view: SessionView, t: Translate): SessionWords {
  const detail = view.source === 'extension' ? t('detailNew') : null;
  return { tone: 'over', headline: t('stateNone'), detail, left: 0, wanted: true };
}

/** Tokens that can be refreshed live one hour, all others eight (AWS CLI v2, IAM Identity Center user guide). */
function lifeLeft(remaining: number, refreshable: boolean): number {
  return Math.max(0, Math.min(1, remaining / (refreshable ? HOUR : 8 * HOUR)));
}

function instant(date: string | null): number | null {
  const at = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(at) ? null : at;
}

/** Whether there is a token that is good, or becomes so without the person. */
export const isSignedIn = ({ status }: Pick<SessionView, 'status'>): boolean =>
  status !== null && /^(?:valid|expiring|refreshable)$/.test(status.state);

/** The portal's host name, which is what tells two companies apart; the text itself when it is no address. */
export function portalHost(startUrl: string): string {
  try {
    return new URL(startUrl).host;
  } catch {
    return startUrl;
  }
}
