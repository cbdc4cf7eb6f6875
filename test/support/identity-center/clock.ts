/** The clock of the embedded Identity Center: real time plus an offset that a test can move forward. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Lets time pass at once, for everything that the server decides by time. */
  advance(seconds: number): void;
  /** Real time again. */
  reset(): void;
}

export function createClock(): Clock {
  let offsetMs = 0;
  return {
    now: () => Date.now() + offsetMs,
    advance(seconds) {
      offsetMs += seconds * 1000;
    },
    reset() {
      offsetMs = 0;
    },
  };
}
