import { api } from './page-api.ts';

/** The key of `lastState` in `storage.session`. */
export const LAST_STATE = 'lastState';

declare global {
  /** The answer that `askEarly` waits for: two scripts of one page have nothing else in common. */
  var lastStateAsked: Promise<Record<string, unknown>> | undefined;
}

/** Asks the browser for what the views showed last, before the script that shows it has been fetched. */
export function askEarly(): void {
  globalThis.lastStateAsked = api.storage.session.get(LAST_STATE);
  globalThis.lastStateAsked.catch(() => {});
}
