import { api } from './api.ts';
import { startTimer } from './time.ts';

/** Name of the port by which a page says that a person waits for the host right now. */
export const HOST_WATCH = 'host-watch';
const AGAIN_MS = 500;

/** While this page is open the background looks for the host every two seconds; the port is opened again when the worker slept. */
export function watchHost(): void {
  try {
    const port = api.runtime.connect({ name: HOST_WATCH });
    port.onDisconnect.addListener(() => startTimer(AGAIN_MS, watchHost));
  } catch {
    startTimer(AGAIN_MS, watchHost);
  }
}
