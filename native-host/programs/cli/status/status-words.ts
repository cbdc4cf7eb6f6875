import type { SessionStatus } from '../../../../shared/fields.ts';
import { clockTime, distance, duration } from '../../../base/formats/times.ts';
import type { RunningHost } from '../../../base/link/running-hosts.ts';
import { shortPath } from '../../../features/doctor/check.ts';
import { plain, type Style } from '../output.ts';
import { type Cell, facts, table } from '../table.ts';
import { type Lifetimes, timeOf } from './lifetimes.ts';

const HEADINGS = ['SESSION', 'TIME LEFT', 'NEXT', 'SIGNED IN AS'];

/** A sign-in with what a person wants to know of it. */
export interface StatusRow extends Lifetimes {
  /** The person's name at AWS, where a command has seen it. */
  readonly who: string | undefined;
  /** What to type to sign in. */
  readonly login: string;
}

/** The sign-ins, one line each, in `room` columns. */
export function statusTable(all: readonly StatusRow[], now: number, style: Style, room: number): string {
  const head: Cell[] = HEADINGS.map((text) => ({ text, paint: style.dim }));
  const rows = [head, ...all.map((one) => row(one, now, style))];
  // A column that says nothing is left out.
  const columns = all.some(({ who }) => who !== undefined) ? HEADINGS.length : HEADINGS.length - 1;
  return table(
    rows.map((cells) => cells.slice(0, columns)),
    room,
  );
}

function row({ status, who, login }: StatusRow, now: number, style: Style): Cell[] {
  return [
    { text: plain(shortSession(status.session)), paint: style.bold },
    { text: timeLeft(status, now), paint: paintOf(status.state, style) },
    { text: nextWords(status, plain(login), now) },
    { text: plain(who ?? '-'), paint: style.dim },
  ];
}

/** A portal that only profiles name goes by its host: nobody types the rest. */
const shortSession = (session: string): string =>
  session.replace(/^https:\/\/([^/]+)\/start\/?(#\/?)?$/, '$1');

function timeLeft({ state, expiresAt }: SessionStatus, now: number): string {
  const at = timeOf(expiresAt);
  switch (state) {
    case 'none':
      return 'not signed in';
    case 'broken':
      return 'unreadable';
    case 'refreshable':
      return 'renews on use';
    default:
      return at > now ? duration(at - now) : `ended ${distance(at, now)}`;
  }
}

function nextWords(
  { state, refreshableUntil, expiresAt }: SessionStatus,
  login: string,
  now: number,
): string {
  if (state === 'none' || state === 'broken' || state === 'expired') return login;
  return refreshableUntil === null ? `ends ${clockTime(timeOf(expiresAt), now)}` : 'renews automatically';
}

/** All that is known of a sign-in, below its name. */
export function statusDetails(
  { status, roles, next }: StatusRow,
  { now, style, home, room }: { now: number; style: Style; home: string; room: number },
): string {
  const { session, startUrl, region, expiresAt, refreshableUntil, cacheFile } = status;
  const ends = timeOf(expiresAt);
  const rows: [string, string][] = [
    ['portal', startUrl],
    ['region', region],
    ['file', shortPath(cacheFile, home)],
  ];
  if (expiresAt !== null)
    rows.push([
      'token',
      `${ends > now ? 'until' : 'ended'} ${clockTime(ends, now)} (${distance(ends, now)})`,
    ]);
  // How long the portal session lives is known to nobody here; that of the registration is a bound.
  if (refreshableUntil !== null)
    rows.push(['renews', `until ${clockTime(timeOf(refreshableUntil), now)} at the latest`]);
  if (roles.length > 0) rows.push(['roles', `${roles.length} cached`]);
  if (next !== undefined) rows.push(['ends next', `${next.what} ${distance(next.at, now)}`]);
  const shown = rows.map(([name, words]) => [name, plain(words)] as const);
  return `${style.bold(plain(session))}\n${facts(shown, room, { indent: 2, column: 9, paint: style.dim })}`;
}

/** A browser as a person tells it from others: `work (chromium)`. */
export function browserWords({ browser, label }: RunningHost): string {
  return label === '' ? plain(browser) : `${plain(label)} (${plain(browser)})`;
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
