/**
 * How long awsher waits for AWS, and for how much. The one place for command, host and extension. Times are milliseconds;
 * how each limit looks to a person: docs/faults.md.
 */
export const LIMITS = {
  /** Until there is a connection: name, proxy, TLS. */
  connectMs: 5_000,
  /** From the request to the first byte of its answer. */
  firstByteMs: 10_000,
  /** From the request to the last byte of its answer. */
  answerMs: 15_000,
  /** A further try begins only this long after the first one began. */
  retryWithinMs: 8_000,
  /** How often a call is made in all. */
  attempts: 3,
  /** No answer of these services comes near it: a page of 100 accounts has 20 kB. */
  answerBytes: 4 * 1024 * 1024,
  /** Pages of one list: 100,000 accounts. */
  pages: 1_000,
  /** Pages in a row that bring nothing new. */
  idlePages: 20,
  /** For a renewal, as long as the old token is good. */
  renewalPatienceMs: 2_500,
  /** For the portal to hear of a sign-out: best effort. */
  farewellMs: 4_000,
  /** A wait that AWS asks for is told when it is longer. */
  untoldWaitMs: 3_000,
} as const;

/** One try of a call that failed. */
export interface FailedTry {
  /** How many there were, this one included. */
  readonly attempts: number;
  /** Since the first one began. */
  readonly spentMs: number;
  readonly kind: 'throttled' | 'transient' | 'other';
  /** When AWS asks to come back; `null` when it does not say. */
  readonly retryAfterMs: number | null;
}

const FIRST_PAUSE_MS = 100;
const FIRST_THROTTLED_PAUSE_MS = 500;

/** How long to wait before the next try; `null`: the error stands. `chance` is between 0 and 1, so that many do not come back at once. */
export function pauseBeforeRetry(
  { attempts, spentMs, kind, retryAfterMs }: FailedTry,
  chance: number,
  most: number = LIMITS.attempts,
): number | null {
  if (kind === 'other' || attempts >= most) return null;
  const first = kind === 'throttled' ? FIRST_THROTTLED_PAUSE_MS : FIRST_PAUSE_MS;
  const pause = Math.max(retryAfterMs ?? 0, first * 2 ** (attempts - 1) * (0.5 + chance / 2));
  return spentMs + pause > LIMITS.retryWithinMs ? null : pause;
}

/** The value of a `Retry-After` header (RFC 9110 §10.2.3) as milliseconds from now; `null` when it says nothing of use. */
export function retryAfterMs(value: unknown, nowMs: number): number | null {
  if (typeof value !== 'string') return null;
  const wait = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - nowMs;
  return Number.isFinite(wait) ? Math.max(wait, 0) : null;
}

/** Why a list is not asked on. */
export type EndlessList = 'same page again' | 'nothing new' | 'too many pages';

/** Watches one list: told each page's token and how much of the page was new, it says why the list has no end; `null` while it may have one. */
export function watchPages(): (next: string, fresh: number) => EndlessList | null {
  const seen = new Set<string>();
  let idle = 0;
  return (next, fresh) => {
    if (seen.has(next)) return 'same page again';
    seen.add(next);
    idle = fresh > 0 ? 0 : idle + 1;
    if (idle >= LIMITS.idlePages) return 'nothing new';
    return seen.size >= LIMITS.pages ? 'too many pages' : null;
  };
}
