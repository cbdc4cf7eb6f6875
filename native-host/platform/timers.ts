/** Starts a timer and returns how to stop it. */
export function startTimer(milliseconds: number, expired: () => void): () => void {
  const timer = setTimeout(expired, milliseconds);
  return () => clearTimeout(timer);
}
