/** A token bucket over real time: the portal's limit does not follow a moved clock. */
export interface Bucket {
  /** True when one more call is allowed now. */
  take(ratePerSecond: number, burst: number): boolean;
}

export function createBucket(now: () => number = () => performance.now()): Bucket {
  let filledAt = now();
  let level: number | null = null;
  return {
    take(ratePerSecond, burst) {
      const time = now();
      level = Math.min(burst, (level ?? burst) + ((time - filledAt) / 1000) * ratePerSecond);
      filledAt = time;
      if (level < 1) return false;
      level -= 1;
      return true;
    },
  };
}
