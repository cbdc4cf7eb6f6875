import { describe, expect, it } from 'vitest';
import { createPace } from '../../../../native-host/features/catalogue/pace.ts';
import { createBucket } from '../../../support/identity-center/throttle.ts';

interface Throttle {
  rate: number;
  burst: number;
  /** Seconds for which everything is refused after a refusal. */
  shut?: number;
  /** Seconds; `null` sends none. */
  retryAfter?: number | null;
}

/** Lists `calls` things against a throttle with a clock of its own: answers take 30 to 120 ms, timers are a little late. */
function listAll(throttle: Throttle, calls: number, seed: number) {
  let time = 0;
  const random = randomFrom(seed);
  const bucket = createBucket(() => time);
  const pace = createPace();
  const events: { at: number; run: () => void }[] = [];
  const later = (milliseconds: number, run: () => void) => events.push({ at: time + milliseconds, run });
  let [todo, done, refused, timer] = [calls, 0, 0, false];
  const early: number[] = [];
  let resume = 0;

  const send = () => {
    while (todo > 0) {
      const wait = pace.wait(time);
      if (wait > 0) {
        if (timer) return;
        timer = true;
        later(wait + random() * 3, () => {
          timer = false;
          send();
        });
        return;
      }
      todo -= 1;
      pace.started(time);
      const [began, takes] = [time, 30 + random() * 90];
      if (began < resume - 1e-6) early.push(began);
      let ok = true;
      later(takes / 2, () => {
        ok = bucket.take(throttle.rate, throttle.burst, throttle.shut ?? 0);
      });
      later(takes, () => {
        if (ok) {
          done += 1;
          pace.answered(began);
        } else {
          const after = throttle.retryAfter === undefined ? 1 : throttle.retryAfter;
          refused += 1;
          todo += 1;
          if (after !== null) resume = Math.max(resume, time + after * 1000);
          pace.throttled(time, began, after === null ? null : after * 1000);
        }
        send();
      });
    }
  };
  send();
  while (done < calls) {
    events.sort((a, b) => b.at - a.at);
    const next = events.pop();
    if (next === undefined) throw new Error('nothing happens any more');
    time = next.at;
    next.run();
  }
  return { share: calls / throttle.rate / (time / 1000), refused, early };
}

function randomFrom(seed: number): () => number {
  let state = seed * 7919;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** 1,300 accounts: thirteen pages of them, and the roles of each. */
const CALLS = 1_313;

describe('createPace', () => {
  it.each<[string, Throttle, share: number]>([
    ['20 a second', { rate: 20, burst: 20 }, 0.95],
    ['20 a second, bursts refused', { rate: 20, burst: 5 }, 0.95],
    ['20 a second, hardly any burst', { rate: 20, burst: 2 }, 0.95],
    ['20 a second, bursts punished with a second', { rate: 20, burst: 5, shut: 1 }, 0.95],
    ['20 a second, bursts punished with two', { rate: 20, burst: 5, shut: 2, retryAfter: 2 }, 0.93],
    ['20 a second, without Retry-After', { rate: 20, burst: 5, retryAfter: null }, 0.95],
    ['8 a second', { rate: 8, burst: 5 }, 0.95],
    ['8 a second, large bursts', { rate: 8, burst: 20 }, 0.95],
    ['3 a second', { rate: 3, burst: 5, shut: 1 }, 0.95],
    ['40 a second', { rate: 40, burst: 5, shut: 1 }, 0.84],
    ['100 a second', { rate: 100, burst: 20 }, 0.6],
  ])('finds %s and keeps to it', (_, throttle, share) => {
    for (const seed of [1, 2, 3]) {
      const listing = listAll(throttle, CALLS, seed);
      expect(listing.share).toBeGreaterThan(share);
      expect(listing.refused).toBeLessThan(CALLS / 40);
      expect(listing.early).toEqual([]);
    }
  });

  it('stays as close on a long way, at any rate', () => {
    for (const [rate, least] of [
      [5, 0.93],
      [20, 0.95],
      [40, 0.95],
      [100, 0.93],
    ] as const) {
      const { share, refused } = listAll({ rate, burst: 5, shut: 1 }, rate * 300, 1);
      expect(share).toBeGreaterThan(least);
      expect(refused).toBeLessThan(rate * 3);
    }
  });

  it('takes refusals of calls that were under way for one', () => {
    const pace = createPace();
    for (let at = 0; at < 2_000; at += 50) {
      pace.started(at);
      if (at < 1_900) pace.answered(at);
    }
    pace.throttled(2_010, 1_900, 1_000);
    const { rate } = pace;
    pace.throttled(2_020, 1_950, 1_000);
    expect(pace.rate).toBe(rate);
    expect(pace.wait(2_020)).toBe(1_000);
  });

  it('comes back ever later while the door stays shut, and never gives up', () => {
    const pace = createPace();
    const waits: number[] = [];
    for (let now = 0, round = 0; round < 8; round++) {
      pace.started(now);
      pace.throttled(now, now, null);
      waits.push(pace.wait(now));
      now += pace.wait(now);
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits.at(-1)).toBeLessThanOrEqual(10_000);
  });
});
