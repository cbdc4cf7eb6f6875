/** A token bucket over real time: the portal's limit does not follow a moved clock. */
export interface Bucket {
  /** True when one more call is allowed now. After a refusal all calls are refused for `shutSeconds`, whatever the level. */
  take(ratePerSecond: number, burst: number, shutSeconds?: number): boolean;
}

export function createBucket(now: () => number = () => performance.now()): Bucket {
  let filledAt = now();
  let level: number | null = null;
  let shutUntil = Number.NEGATIVE_INFINITY;
  return {
    take(ratePerSecond, burst, shutSeconds = 0) {
      const time = now();
      level = Math.min(burst, (level ?? burst) + ((time - filledAt) / 1000) * ratePerSecond);
      filledAt = time;
      if (time < shutUntil) return false;
      if (level < 1) {
        shutUntil = time + shutSeconds * 1000;
        return false;
      }
      level -= 1;
      return true;
    },
  };
}
