/** What a command has said so far, and a way to wait for a part of it. */
export interface Transcript {
  add(stream: 'stdout' | 'stderr', piece: string): void;
  /** Everything so far. */
  output(): { stdout: string; stderr: string };
  /** Resolves when the output on stderr or stdout matches. */
  until(pattern: RegExp, timeoutMs?: number): Promise<void>;
}

export function transcript(): Transcript {
  const text = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  return {
    add(stream, piece) {
      text[stream] += piece;
      for (const look of watchers) look();
    },
    output: () => ({ ...text }),
    until: (pattern, timeoutMs = 45_000) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(text.stderr) && !pattern.test(text.stdout)) return;
          settle();
          resolve();
        };
        const timer = setTimeout(() => {
          settle();
          reject(new Error(`no ${pattern} in:\n${text.stdout}\n${text.stderr}`));
        }, timeoutMs);
        const settle = () => {
          watchers.delete(look);
          clearTimeout(timer);
        };
        watchers.add(look);
        look();
      }),
  };
}
