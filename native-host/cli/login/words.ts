import type { SessionStatus } from '../../../shared/protocol/fields.ts';
import type { ChosenSession } from '../choose-session.ts';
import { plain, type Style } from '../output.ts';

export interface SignedInWords {
  chosen: ChosenSession;
  outcome: { how: 'cached' | 'refreshed' | 'browser' | 'device'; expiresAt: string };
  status: SessionStatus | null;
  /** The person's name, when it was seen. */
  who: string | undefined;
  /** Milliseconds since 1970. */
  now: number;
  style: Style;
}

const DID = {
  cached: 'already signed in to',
  refreshed: 'renewed',
  browser: 'signed in to',
  device: 'signed in to',
} as const;

/** `✓ signed in to corp (d-1234567890.awsapps.com) as ana@example.com, until 18:04, renews by itself until 21 Nov at most` */
export function signedInLine({ chosen, outcome, status, who, now, style }: SignedInWords): string {
  const portal = hostOf(chosen.startUrl);
  const parts = [
    `${style.green('✓')} ${DID[outcome.how]} ${style.bold(plain(chosen.session))} (${portal})${who ? ` as ${plain(who)}` : ''}`,
    `until ${when(outcome.expiresAt, now)}`,
  ];
  if (status?.refreshableUntil)
    parts.push(`renews by itself until ${when(status.refreshableUntil, now)} at most`);
  return parts.join(', ');
}

/** A time of today as `18:04`, another day as `21 Nov`, in the person's own time zone. */
export function when(iso: string, now: number): string {
  const date = new Date(iso);
  const today = new Date(now);
  if (date.toDateString() === today.toDateString()) {
    return date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  }
  const nextDay = Math.abs(date.getTime() - now) < 24 * 3600_000;
  const day = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return nextDay ? `${day} ${date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}` : day;
}

function hostOf(startUrl: string): string {
  try {
    return new URL(startUrl).hostname;
  } catch {
    return plain(startUrl);
  }
}
