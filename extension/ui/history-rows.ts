import type { LoggedDecision } from '../../shared/approval/decision-log.ts';

/** How what a row is about ended, in one word. */
export type Outcome = 'approved' | 'pressed' | 'warned' | 'accepted' | 'declined' | 'left' | 'failed';

/** Decisions about one page, as one line. */
export interface HistoryRow {
  /** The newest decision's. */
  id: number;
  /** Milliseconds since 1970, of the newest decision. */
  at: number;
  kind: LoggedDecision['kind'];
  outcome: Outcome;
  session: string | null;
  command: string | null;
  host: string | null;
  codeEnd: string | null;
}

export type HistoryFilter = 'all' | 'approved' | 'stopped';

/** Steps of one sign-in lie closer together than two sign-ins with the same last two characters. */
const SAME_MS = 15 * 60_000;

/** The log (newest first) as rows: the steps of one sign-in together, what counts most deciding what it is called. */
export function historyRows(decisions: readonly LoggedDecision[]): HistoryRow[] {
  const rows: (HistoryRow & { oldest: number })[] = [];
  for (const { id, at, kind, act, session, command, host, codeEnd } of decisions) {
    const outcome = OUTCOME_OF[act];
    const row = rows.find(
      (it) =>
        it.kind === kind &&
        it.session === session &&
        it.command === command &&
        it.codeEnd === codeEnd &&
        it.host === host &&
        it.oldest - at < SAME_MS,
    );
    // A code that was let through twice was asked for twice.
    if (row && !(row.outcome === 'approved' && outcome === 'approved')) {
      row.oldest = at;
      if (WEIGHT[outcome] > WEIGHT[row.outcome]) row.outcome = outcome;
      continue;
    }
    rows.push({ id, at, oldest: at, kind, outcome, session, command, host, codeEnd });
  }
  return rows.map(({ oldest: _oldest, ...row }) => row);
}

/** What a person wants to see of the log. */
export interface HistoryWish {
  outcome: HistoryFilter;
  /** Only what was decided for this session. */
  session: string | null;
  typed: string;
}

/** The sessions that the log tells of, for a choice between them; none where there is nothing to choose. */
export function sessionsOf(rows: readonly HistoryRow[]): string[] {
  const all = new Set(rows.map(({ session }) => session));
  return all.size < 2 ? [] : [...all].filter((session) => session !== null).sort();
}

/** Those rows that a wish leaves over; its text is looked for in names, hosts and `words(row)`. */
export function filterRows(
  rows: readonly HistoryRow[],
  wish: HistoryWish,
  words: (row: HistoryRow) => string,
): HistoryRow[] {
  const wanted = wish.typed.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (wish.outcome !== 'all' && groupOf(row) !== wish.outcome) return false;
    if (wish.session !== null && row.session !== wish.session) return false;
    const { session, command, host, codeEnd } = row;
    const text = [session, command, host, codeEnd, words(row)].join(' ').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** What the person confirmed was approved then, whoever had asked for it. */
function groupOf({ outcome }: HistoryRow): HistoryFilter {
  return ['approved', 'pressed', 'accepted'].includes(outcome) ? 'approved' : 'stopped';
}

const OUTCOME_OF: Record<LoggedDecision['act'], Outcome> = {
  'pressed-confirm': 'pressed',
  'pressed-allow': 'pressed',
  warned: 'warned',
  left: 'left',
  approved: 'approved',
  failed: 'failed',
  accepted: 'accepted',
  declined: 'declined',
};

/** The person's own word counts most, then the alarm, then how it ended. */
const WEIGHT: Record<Outcome, number> = {
  accepted: 6,
  warned: 5,
  declined: 4,
  failed: 3,
  approved: 2,
  pressed: 1,
  left: 0,
};
