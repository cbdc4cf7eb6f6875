/** Milliseconds since 1970. */
export const now = (): number => Date.now();

/** Starts a timer of so many milliseconds and returns how to stop it. */
export function startTimer(milliseconds: number, expired: () => void): () => void {
  const timer = setTimeout(expired, milliseconds);
  return () => clearTimeout(timer);
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** An unguessable one-time name. */
export const nonce = (): string => crypto.randomUUID();

/** SHA-256 of a text, in hex. */
export async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What shared code that waits is given. */
export const clockwork = { now, startTimer, chance: () => Math.random() };
