import type { AccountMark } from '../../../features/settings/account-mark.ts';
import { shown } from '../accounts/account-words.ts';
import type { Style } from '../output.ts';
import { type Cell, table } from '../table.ts';
import { clip, width } from '../width.ts';

/** A profile that signs in through IAM Identity Center. */
export interface ListedProfile extends AccountMark {
  readonly name: string;
  /** `null` for a profile that names the portal itself. */
  readonly session: string | null;
  readonly accountId: string;
  /** As AWS gave it; empty while the account was never listed. */
  readonly accountName: string;
  readonly role: string;
  readonly region: string | null;
  /** Whether `profiles sync` keeps it. */
  readonly kept: boolean;
}

/** Longer names of accounts are cut: AWS allows 50 characters, and a table is to be read. */
const LONGEST = 32;

/**
 * One line for each profile; a column that says nothing, or the same of all, is left out. Where the lines would be longer
 * than `room`, the account's name goes first: the profile's has it, and its number stays.
 */
export function profilesTable(profiles: readonly ListedProfile[], style: Style, room: number): string {
  const columns: Column[] = [
    { head: 'PROFILE', cell: ({ name }) => ({ text: shown(name), paint: style.bold }) },
    { head: 'ACCOUNT', cell: ({ accountName }) => ({ text: clip(shown(accountName), LONGEST) }) },
    { head: 'ACCOUNT ID', cell: ({ accountId }) => ({ text: shown(accountId), paint: style.dim }) },
    { head: 'LABEL', cell: (profile) => labelCell(profile, style) },
    { head: 'ROLE', cell: ({ role }) => ({ text: shown(role) }) },
    ...whereDifferent(profiles, 'session'),
    ...whereDifferent(profiles, 'region'),
    { head: '', cell: ({ kept }) => ({ text: kept ? '' : 'your own', paint: style.dim }) },
  ];
  const filled = columns.filter(({ cell }) => profiles.some((profile) => cell(profile).text !== ''));
  const fits = widest(profiles, filled) <= room;
  const shownColumns = fits ? filled : filled.filter(({ head }) => head !== 'ACCOUNT');
  const head = shownColumns.map((one) => ({ text: one.head, paint: style.dim }));
  return table([head, ...profiles.map((profile) => shownColumns.map(({ cell }) => cell(profile)))], room);
}

/** Characters of the longest line. */
function widest(profiles: readonly ListedProfile[], columns: readonly Column[]): number {
  const plainly = profiles.map((profile) => columns.map(({ cell }) => ({ text: cell(profile).text })));
  return table(plainly)
    .split('\n')
    .reduce((most, line) => Math.max(most, width(line)), 0);
}

interface Column {
  readonly head: string;
  readonly cell: (profile: ListedProfile) => Cell;
}

/** What is the same for all says nothing, and a line has only so much room. */
function whereDifferent(profiles: readonly ListedProfile[], key: 'session' | 'region'): Column[] {
  if (new Set(profiles.map((profile) => profile[key])).size < 2) return [];
  return [{ head: key.toUpperCase(), cell: (profile) => ({ text: shown(profile[key] ?? '') }) }];
}

/** The team's word for the account; what is production says so in red, whatever its label. */
function labelCell({ label, color, production }: AccountMark, style: Style): Cell {
  const text = label ?? (production ? 'production' : '');
  if (production) return { text, paint: (words) => style.bold(style.red(words)) };
  const paints: Partial<Record<NonNullable<typeof color>, (words: string) => string>> = {
    red: style.red,
    orange: style.yellow,
    yellow: style.yellow,
    green: style.green,
    grey: style.dim,
  };
  const paint = color === null ? undefined : paints[color];
  return paint === undefined ? { text } : { text, paint };
}
