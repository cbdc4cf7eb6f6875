import { tieConsent } from '../../shared/approval/code-book.ts';
import { readPageAddress } from '../../shared/approval/page-address.ts';
import { startTimer } from '../platform/time.ts';
import type { StateStore } from './state.ts';

/** The browser's report of a move and a page's report of what it shows come by two ways; the slower gets this long. */
const LATE_MS = 400;

/**
 * Which consent page follows our confirm. A page's script reports some moments after it has moved, and may have moved
 * on by then, so the browser's own reports count: one for each move, in order, and the first one is ours.
 */
export function createConsentTies(store: StateStore) {
  /**
   * Codes that this run of the background confirmed: it sees every move that follows. One that was stopped in between
   * may have missed the move, and takes the first consent page that it finds in the tab.
   */
  const confirmedHere = new Set<string>();
  const late = new Set<() => void>();

  const untied = (tabId: number) => {
    const entry = store.get().book.findLast((one) => one.tabId === tabId);
    return entry && entry.confirmedAt !== null && entry.consentContext === null ? entry : null;
  };

  function tie(tabId: number, context: string): void {
    const before = store.get().book;
    const book = tieConsent(before, tabId, context);
    if (book !== before) store.set({ book });
  }

  return {
    /** Confirm is pressed for this code now. */
    confirming: (userCode: string): void => void confirmedHere.add(userCode),
    moved(tabId: number, address: string): void {
      const context = consentContextOf(address);
      if (context === null) return;
      tie(tabId, context);
      for (const wake of [...late]) wake();
    },
    /** Resolves when it is known which consent page is ours, or when the browser does not say. */
    async settle(tabId: number, context: string): Promise<void> {
      const entry = untied(tabId);
      if (!entry) return;
      if (!confirmedHere.has(entry.userCode)) return tie(tabId, context);
      await new Promise<void>((resolve) => {
        const end = () => {
          if (!late.delete(end)) return;
          stop();
          resolve();
        };
        const stop = startTimer(LATE_MS, end);
        late.add(end);
      });
    },
  };
}

/** The device context of a consent page on one of AWS's own origins. */
export function consentContextOf(address: string): string | null {
  const page = readPageAddress(address);
  return page?.site && page.route.name === 'consent' ? page.route.deviceContextId : null;
}
