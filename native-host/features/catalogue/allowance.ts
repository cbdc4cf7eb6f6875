/** One stretch of calls from a standstill until the portal refused: when each accepted call began, in milliseconds. */
export interface Stretch {
  readonly began: number;
  readonly accepted: readonly number[];
  /** When the first refused call began. */
  readonly refused: number;
}

/** Shorter windows say nothing. */
const WINDOW_MS = 300;
/** Two stretches that differ by less agree. */
const SAME = 0.01;

/**
 * What a stretch says about the allowed rate, in calls per second, if the portal lets `burst` calls go ahead of it: a
 * bucket of tokens that was emptied took `burst + rate × time` calls since it was last full, and no more in any window.
 */
export function rateWithBurst({ accepted, refused }: Stretch, burst: number): number {
  let rate = 0;
  for (let at = accepted.length - 1; at >= 0; at--) {
    const window = refused - (accepted[at] ?? refused);
    if (window >= WINDOW_MS) rate = Math.max(rate, ((accepted.length - at - burst) / window) * 1000);
  }
  return rate;
}

/** The burst with which two stretches say the same rate; the smallest of several, `otherwise` when none fits. */
export function commonBurst(one: Stretch, other: Stretch, otherwise: number): number {
  let [best, found] = [0.05, otherwise];
  for (let burst = 2; burst <= 40; burst *= 1.15) {
    const rate = rateWithBurst(other, burst);
    const apart = Math.abs(rateWithBurst(one, burst) - rate) / Math.max(rate, 1e-9);
    if (apart < best - (best < 0.05 ? SAME : 0)) [best, found] = [apart, burst];
  }
  return found;
}
