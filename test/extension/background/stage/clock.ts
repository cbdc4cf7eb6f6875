import { vi } from 'vitest';

/** Hashes are made beside everything else: time does not go on without them. */
const digest = crypto.subtle.digest.bind(crypto.subtle);
let hashing = 0;

/** Time that goes on only where a test says so. `told` is what to say of a condition that never comes. */
export function stageClock(told: () => string) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_900_000_000_000 });
  vi.spyOn(crypto.subtle, 'digest').mockImplementation(async (...asked) => {
    hashing += 1;
    return digest(...asked).finally(() => {
      hashing -= 1;
    });
  });

  /** Runs timers and promises for so many milliseconds, real events of Node (hashes) included. */
  async function pass(milliseconds: number): Promise<void> {
    for (let left = milliseconds; left >= 0; left -= 50) {
      await vi.advanceTimersByTimeAsync(Math.min(left, 50));
      do await new Promise((resolve) => setImmediate(resolve));
      while (hashing > 0);
    }
  }

  async function until(holds: () => unknown): Promise<void> {
    for (let turns = 0; !holds(); turns++) {
      if (turns > 2_000) throw new Error(`never: ${holds.toString()}; ${told()}`);
      await pass(10);
    }
  }

  /** What a promise comes to, with time going on meanwhile. */
  async function over<T>(promise: Promise<T>): Promise<T> {
    let isOver = false;
    const done = () => {
      isOver = true;
    };
    promise.then(done, done);
    await until(() => isOver);
    return promise;
  }

  return { pass, until, over };
}
