import { sleep } from './time.ts';

/** A page that is not shown draws nothing; nobody waits for it. */
const HIDDEN_MS = 100;

/** Resolves when what was drawn in this turn is on the screen. */
export function afterPaint(): Promise<void> {
  const painted = new Promise<void>((resolve) =>
    // A message that is posted within a frame comes after that frame was drawn.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    }),
  );
  return Promise.race([painted, sleep(HIDDEN_MS)]);
}
