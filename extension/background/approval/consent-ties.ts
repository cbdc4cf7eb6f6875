import { awaitsConsent, tieConsent } from '../../../shared/approval/code-book.ts';
import { isUserCode } from '../../../shared/approval/user-code.ts';
import { startTimer } from '../../platform/time.ts';
import type { TabState } from '../memory/kept-state.ts';
import { pageAddress } from '../memory/known-pages.ts';
import { type StateStore, tabState, withTab } from '../memory/state.ts';

/** The browser's report of a move and a page's report of what it shows come by two ways; the slower gets this long. */
const LATE_MS = 400;
/** Where a notice may be due, it gets less. */
const ACCEPTED_LATE_MS = 100;

/**
 * Which consent page follows our confirm. A page's script reports some moments after it has moved, and may have moved
 * on by then, so the browser's own reports count: one for each move, in order, and the first one is ours. A background
 * that was stopped in between may have missed it, and takes none (`loseConsents`).
 */
export function createConsentTies(store: StateStore) {
  const late = new Set<() => void>();

  const nextMove = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const end = () => {
        if (!late.delete(end)) return;
        stop();
        resolve();
      };
      const stop = startTimer(milliseconds, end);
      late.add(end);
    });

  return {
    moved(tabId: number, address: string): void {
      const context = consentContextOf(address);
      if (context === null) return;
      const before = store.get().book;
      const book = tieConsent(before, tabId, context);
      if (book !== before) store.set({ book });
      const tab = tabState(store.get(), tabId);
      if (awaitsAccepted(tab)) store.set(withTab(store.get(), { ...tab, acceptedContext: context }));
      for (const wake of [...late]) wake();
    },
    /** Resolves when it is known which consent page is ours, or when the browser does not say. */
    async settle(tabId: number): Promise<void> {
      const entry = store.get().book.findLast((one) => one.tabId === tabId);
      if (entry && awaitsConsent(entry)) await nextMove(LATE_MS);
    },
    /** Whether the browser tells now, or has told, which consent page follows a code that the person took on in this tab. */
    async accepted(tabId: number): Promise<boolean> {
      if (awaitsAccepted(tabState(store.get(), tabId))) await nextMove(ACCEPTED_LATE_MS);
      return tabState(store.get(), tabId).acceptedContext !== null;
    },
  };
}

/** The person took a code on, and its consent page has not come yet. */
const awaitsAccepted = ({ acceptedCode, acceptedContext }: TabState): boolean =>
  acceptedCode !== null && acceptedContext === null && isUserCode(acceptedCode);

/** The device context of a consent page on one of AWS's own origins. */
export function consentContextOf(address: string): string | null {
  const page = pageAddress(address);
  return page?.site && page.route.name === 'consent' ? page.route.deviceContextId : null;
}
