import { commonBurst, rateWithBurst, type Stretch } from './allowance.ts';

/**
 * When the next call may start: finds the rate that the portal allows and stays just below it. Times are milliseconds of
 * one monotonic clock. AWS publishes no number for these calls; 20 a second is what the field sees, so that is tried first.
 */
export interface Pace {
  /** How long to wait until the next call may start; 0 is now. */
  wait(now: number): number;
  started(now: number): void;
  /** A call was answered, whatever the answer but 429. */
  answered(startedAt: number): void;
  /** A call was answered with 429. `retryAfter` as the answer says it, `null` when it does not. */
  throttled(now: number, startedAt: number, retryAfter: number | null): void;
  /** Calls per second that it allows itself now. */
  readonly rate: number;
}

const FIRST_RATE = 20;
/** The first rate is kept for so long; then it grows step by step until the portal refuses. */
const FIRST_HOLD_MS = 3_000;
const STEP = 1.25;
const STEP_MS = 400;
/** Calls ahead of the rate, as long as only one refusal is known. */
const FIRST_BURST = 3;
/** Timers fire late, most of all on a busy machine; that much is made up for, and no more: it would be a burst. */
const CATCH_UP_CALLS = 2;
const CATCH_UP_MS = 50;
/** Without Retry-After. */
const PAUSE_MS = 500;
/** Fewer answers than these between two refusals are no measurement: the door is still shut. */
const MEASURED = 5;

export function createPace(): Pace {
  const search = createSearch();
  let [epoch, nextAt, rate] = [0, 0, FIRST_RATE];
  let shut = 0;
  let accepted: number[] = [];
  let begun = false;
  const pauseUntil = (at: number) => {
    epoch = Math.max(epoch, at);
    nextAt = Math.max(nextAt, epoch);
  };

  return {
    get rate() {
      return rate;
    },
    wait: (now) => Math.max(0, nextAt - now),
    started(now) {
      if (!begun) [begun, epoch] = [true, now];
      rate = search.rateAt(Math.max(0, now - epoch));
      const gap = 1000 / rate;
      nextAt = Math.max(nextAt, now - Math.max(CATCH_UP_CALLS * gap, CATCH_UP_MS)) + gap;
    },
    answered(startedAt) {
      if (startedAt < epoch) return;
      shut = 0;
      accepted.push(startedAt);
    },
    throttled(now, startedAt, retryAfter) {
      // Calls that were on their way when the first one was refused: one refusal, not several.
      if (startedAt < epoch) {
        if (now < epoch) pauseUntil(now + (retryAfter ?? 0));
        return;
      }
      if (accepted.length >= MEASURED) {
        accepted.sort((a, b) => a - b);
        search.measured({ began: epoch, accepted, refused: startedAt });
        pauseUntil(now + (retryAfter ?? PAUSE_MS));
      } else {
        shut += 1;
        if (shut > 1 || !search.sure()) search.shut();
        pauseUntil(now + Math.max(retryAfter ?? 0, 300 * 2 ** Math.min(shut, 5)));
      }
      accepted = [];
      rate = search.rateAt(0);
    },
  };
}

/** How sure the estimate is decides how long it is kept before it is tested from above, in seconds. */
const PLATEAU_S = [10, 60, 60, 90];

/** The estimate, and how it is approached, kept and tested: from below, then level, then ever faster upwards. */
function createSearch() {
  let estimate: number | null = null;
  let [margin, burst, agreed] = [0.2, FIRST_BURST, 0];
  let before: Stretch | null = null;

  return {
    rateAt(sinceMs: number): number {
      if (estimate === null) {
        return sinceMs < FIRST_HOLD_MS
          ? FIRST_RATE
          : FIRST_RATE * STEP ** (1 + Math.floor((sinceMs - FIRST_HOLD_MS) / STEP_MS));
      }
      const plateau = PLATEAU_S[Math.min(agreed, PLATEAU_S.length - 1)] ?? 60;
      const x = sinceMs / 1000 / plateau;
      return estimate * (0.995 + (x < 1 ? -margin * (1 - x) ** 2 : 0.2 * (x - 1) ** 2));
    },
    measured(stretch: Stretch): void {
      const was = estimate;
      if (before !== null) burst = commonBurst(before, stretch, burst);
      const seconds = (stretch.refused - stretch.began) / 1000;
      estimate = rateWithBurst(stretch, burst) || (stretch.accepted.length / Math.max(seconds, 0.1)) * 0.8;
      // The first rate held, and the step above it did not.
      const held = was === null && stretch.refused - stretch.began > FIRST_HOLD_MS;
      if (held) estimate = Math.max(estimate, FIRST_RATE * 0.995);
      const close = held && estimate < FIRST_RATE * 1.1;
      if (close) agreed = 1;
      else if (was !== null && Math.abs(estimate / was - 1) < 0.06) agreed += 1;
      else agreed = was !== null && seconds > 8 ? 1 : 0;
      const longest = Math.max(seconds, before === null ? 0 : (before.refused - before.began) / 1000);
      margin = Math.min(
        0.3,
        0.01 + (before === null && !close ? 4 : 2) / (estimate * Math.max(longest, 0.1)),
      );
      before = stretch;
    },
    sure: () => agreed > 0,
    /** Refused again before anything could be measured. */
    shut(): void {
      estimate = estimate === null ? FIRST_RATE / 2 : Math.max(estimate * 0.6, 0.2);
      [margin, agreed] = [0.2, 0];
    },
  };
}
