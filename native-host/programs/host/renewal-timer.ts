import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { AheadOutcome } from '../../aws/tokens/renew-ahead.ts';
import type { DueSession } from '../../aws/tokens/renewal-due.ts';
import { RENEWAL_PAUSE_MS } from '../../aws/tokens/renewal-due.ts';
import type { TokenSubject } from '../../aws/tokens/token-subject.ts';
import { formatTimestamp } from '../../base/formats/token-dates.ts';

export interface RenewalTimerOptions {
  /** The machine's clock, milliseconds since 1970. */
  readonly now: () => number;
  readonly startTimer: (milliseconds: number, expired: () => void) => () => void;
  /** Sessions in use, with the time at which each is due. Reads a few small files; may throw. */
  readonly due: () => readonly DueSession[];
  /** Brings in the SDK, so it is called only when something is due. */
  readonly renew: (subject: TokenSubject) => Promise<AheadOutcome>;
  /** A token changed. */
  readonly changed: () => void;
  /** Facts without secrets and addresses. */
  readonly log: (line: string) => void;
}

export interface RenewalTimer {
  /** Begins to look after the tokens; further calls change nothing. */
  start(): void;
  /** No further look. Resolves when a renewal that is under way has ended: half-way it would cost the session. */
  stop(): Promise<void>;
}

/** Not in the way of a browser that is just starting. */
const FIRST_LOOK_MS = 1_000;
/** Other programs write the files too, and no timer counts the time of sleep. */
const LONGEST_WAIT_MS = 5 * 60_000;
const SHORTEST_WAIT_MS = 1_000;
const LONGEST_BACK_OFF_MS = 30 * 60_000;

interface Pause {
  readonly until: number;
  readonly failures: number;
}

/**
 * Keeps the tokens of sessions in use fresh while the browser runs. One timer, set to the next due time: after a sleep it
 * fires late, once, and everything that fell due meanwhile is done in that one look. Nothing that goes wrong here ends
 * the host; a session that fails is left alone for a minute, then two, four... up to half an hour.
 */
export function createRenewalTimer(options: RenewalTimerOptions): RenewalTimer {
  const { now, log } = options;
  const pauses = new Map<string, Pause>();
  let cancelTimer: (() => void) | null = null;
  let stopped = false;
  let underWay: Promise<void> = Promise.resolve();
  let lastTrouble = '';

  function wait(milliseconds: number): void {
    if (stopped) return;
    cancelTimer = options.startTimer(milliseconds, () => {
      underWay = renewDue().catch((thrown: unknown) => {
        log(`checking the tokens failed: ${nameOf(thrown)}`);
        wait(LONGEST_WAIT_MS);
      });
    });
  }

  async function renewDue(): Promise<void> {
    for (const { subject } of dueList().filter(({ at }) => at <= now())) {
      if (stopped) return;
      await renew(subject);
    }
    const next = Math.min(...dueList().map(({ at }) => at));
    wait(Math.min(Math.max(next - now(), SHORTEST_WAIT_MS), LONGEST_WAIT_MS));
  }

  /** What is due when, our own pauses included. A config that nobody can read has nothing that is due. */
  function dueList(): DueSession[] {
    try {
      const list = options.due();
      lastTrouble = '';
      return list.map(({ subject, at }) => ({ subject, at: Math.max(at, pausedUntil(subject.key)) }));
    } catch (thrown) {
      const trouble = nameOf(thrown);
      if (trouble !== lastTrouble) log(`cannot tell which tokens are due: ${trouble}`);
      lastTrouble = trouble;
      return [];
    }
  }

  function pausedUntil(key: string): number {
    const until = pauses.get(key)?.until ?? 0;
    // The clock was set back since.
    return until - now() > LONGEST_BACK_OFF_MS ? 0 : until;
  }

  async function renew(subject: TokenSubject): Promise<void> {
    const outcome = await options
      .renew(subject)
      .catch((thrown: unknown) => ({ kind: 'failed', error: thrown }) as const);
    const failures = outcome.kind === 'failed' ? (pauses.get(subject.key)?.failures ?? 0) + 1 : 0;
    const pause = Math.min(RENEWAL_PAUSE_MS * 2 ** Math.max(0, failures - 1), LONGEST_BACK_OFF_MS);
    pauses.set(subject.key, { until: now() + pause, failures });
    const session = sessionName(subject);
    switch (outcome.kind) {
      case 'renewed':
        log(`renewed the token of ${session} ahead of time, until ${formatTimestamp(outcome.expiresAt)}`);
        options.changed();
        break;
      case 'not-due':
        options.changed();
        break;
      case 'rejected':
        log(`the portal session of ${session} has ended: no renewals until the next sign-in`);
        options.changed();
        break;
      case 'failed':
        log(`the token of ${session} could not be renewed: ${nameOf(outcome.error)}`);
    }
  }

  return {
    start(): void {
      if (cancelTimer === null) wait(FIRST_LOOK_MS);
    },
    stop(): Promise<void> {
      stopped = true;
      cancelTimer?.();
      return underWay;
    },
  };
}

/** The log holds no addresses, and no characters that a config can smuggle in. */
function sessionName({ key }: TokenSubject): string {
  return /^[\w./%@:+-]{1,64}$/.test(key) && !key.includes('://') ? `session ${key}` : 'a session';
}

/** An error without its text, which may hold an address. */
function nameOf(thrown: unknown): string {
  if (thrown instanceof AwsherError) return thrown.code;
  return thrown instanceof Error ? thrown.name : 'INTERNAL';
}
