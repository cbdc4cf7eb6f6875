import type { SessionStatus } from '../../../shared/protocol/fields.ts';
import { clockTime, distance, duration } from '../../formats/times.ts';
import type { RunningHost } from '../../link/running-hosts.ts';
import { plain, type Style } from '../output.ts';
import { type Cell, table } from '../table.ts';
import { type Lifetimes, timeOf } from './lifetimes.ts';

const HEADINGS = ['SESSION', 'STATE', 'TOKEN', 'RENEWS', 'ROLES', 'ENDS NEXT'];

/** The sign-ins as a table for a person. */
export function statusTable(all: readonly Lifetimes[], now: number, style: Style): string {
  const head: Cell[] = HEADINGS.map((text) => ({ text, paint: style.dim }));
  return table([head, ...all.map((one) => row(one, now, style))]);
}

function row({ status, roles, next }: Lifetimes, now: number, style: Style): Cell[] {
  return [
    { text: plain(status.session), paint: style.bold },
    { text: status.state, paint: paintOf(status.state, style) },
    { text: tokenWords(status, now) },
    { text: renewalWords(status, now) },
    { text: roles.length === 0 ? '-' : `${roles.length} cached` },
    { text: next === undefined ? '-' : `${plain(next.what)} ${distance(next.at, now)}` },
  ];
}

function tokenWords({ expiresAt, state }: SessionStatus, now: number): string {
  if (state === 'none') return 'not signed in';
  if (state === 'broken') return 'not readable';
  const at = timeOf(expiresAt);
  const verb = at > now ? 'until' : 'ended';
  return `${verb} ${clockTime(at, now)} (${at > now ? `${duration(at - now)} left` : distance(at, now)})`;
}

/** The portal session's end is known to nobody here, so it is only ever an upper bound. */
function renewalWords({ refreshableUntil }: SessionStatus, now: number): string {
  return refreshableUntil === null ? '-' : `until at most ${clockTime(timeOf(refreshableUntil), now)}`;
}

/** A browser as a person tells it from others: `work (chromium)`. */
export function browserWords({ browser, label }: RunningHost): string {
  return label === '' ? plain(browser) : `${plain(label)} (${plain(browser)})`;
}

/** What to type, for sign-ins that are over. */
export function adviceFor({ session, state }: SessionStatus, login: string): string | undefined {
  if (state === 'valid' || state === 'expiring' || state === 'refreshable') return undefined;
  return `run \`${plain(login)}\` to sign in to ${plain(session)}`;
}

function paintOf(state: SessionStatus['state'], style: Style): (text: string) => string {
  switch (state) {
    case 'valid':
      return style.green;
    case 'expiring':
    case 'refreshable':
      return style.yellow;
    case 'none':
      return style.dim;
    case 'expired':
    case 'broken':
      return style.red;
    default:
      return state satisfies never;
  }
}
