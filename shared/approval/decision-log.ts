import * as v from 'valibot';
import { Name } from '../fields.ts';

/**
 * What awsher decided about the pages that it met, for the person to look up. Of a code only the last two characters
 * are kept: enough to tell two sign-ins apart, useless to anybody else.
 */
const ACTS = [
  'pressed-confirm',
  'pressed-allow',
  /** The full-page notice was shown. */
  'warned',
  /** Nothing was pressed; the page was left to the person. */
  'left',
  'approved',
  /** The page of our own code showed an error. */
  'failed',
  /** The person said in the notice: I started this on another machine. */
  'accepted',
  /** The person said in awsher's own dialog: not me. */
  'declined',
] as const;

export const LoggedDecision = v.object({
  /** Grows by one with each decision of this browser. */
  id: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** Milliseconds since 1970. */
  at: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  /** Whose request it was: a sign-in of awsher's own, one of another command, or of nobody on this computer. */
  kind: v.picklist(['sign-in', 'hand-over', 'foreign']),
  session: v.nullable(Name),
  codeEnd: v.nullable(v.pipe(v.string(), v.regex(/^[A-Z0-9]{2}$/))),
  /** The command that asked, as it called itself. */
  command: v.nullable(Name),
  /** Host of the page; host and path, never a query, of one that awsher does not know. */
  host: v.nullable(Name),
  act: v.picklist(ACTS),
  /** A `Reason` of `decide`. A newer extension may know more of them than the command. */
  reason: v.pipe(v.string(), v.regex(/^[a-z-]{1,60}$/)),
});
export type LoggedDecision = v.InferOutput<typeof LoggedDecision>;

export const MAX_LOGGED = 200;

/** The log with one more decision at its end; the oldest go. */
export function appendDecision(
  log: readonly LoggedDecision[],
  decision: Omit<LoggedDecision, 'id'>,
): LoggedDecision[] {
  const id = (log.at(-1)?.id ?? 0) + 1;
  return [...log, { id, ...decision }].slice(-MAX_LOGGED);
}

/** One page of the log, newest first: at most `limit` decisions, all older than the one with the id `before`. */
export function pageOfLog(
  log: readonly LoggedDecision[],
  { before, limit }: { before: number | null; limit: number },
): LoggedDecision[] {
  const older = before === null ? log : log.filter(({ id }) => id < before);
  return older.slice(-limit).reverse();
}

/** The newest sign-in that nobody here asked for and that was stopped, if it is newer than the one with the id `seen`. */
export function unseenForeign(log: readonly LoggedDecision[], seen: number): LoggedDecision | null {
  const last = log.findLast(({ kind, act }) => kind === 'foreign' && act === 'warned');
  return last && last.id > seen ? last : null;
}

/** What is kept of a code. */
export const codeEnd = (userCode: string | null | undefined): string | null => userCode?.slice(-2) ?? null;
