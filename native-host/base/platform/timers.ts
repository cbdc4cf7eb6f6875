/** Starts a timer and returns how to stop it. */
export function startTimer(milliseconds: number, expired: () => void): () => void {
  const timer = setTimeout(expired, milliseconds);
  return () => clearTimeout(timer);
}

/**
 * A signal that is aborted after so many milliseconds, unless it is stopped. (Node.js 20 collects an `AbortSignal.timeout` that
 * `AbortSignal.any` alone knows, and then it never comes.)
 */
export function startDeadline(milliseconds: number): { readonly signal: AbortSignal; stop(): void } {
  const control = new AbortController();
  return { signal: control.signal, stop: startTimer(milliseconds, () => control.abort()) };
}

/** Calls back every so many milliseconds until stopped; does not keep the process alive. */
export function startTicker(milliseconds: number, tick: () => void): () => void {
  const timer = setInterval(tick, milliseconds);
  timer.unref();
  return () => clearInterval(timer);
}

/** What shared code that waits is given. */
export const clockwork = { now: () => Date.now(), startTimer, chance: () => Math.random() };
