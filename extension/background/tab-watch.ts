import { isPageOf, readPageAddress } from '../../shared/approval/page-address.ts';
import { isAwsSignIn } from '../../shared/aws/saml-hosts.ts';
import { isRunning } from '../../shared/login/attempt.ts';
import { closeTab, describeTab } from '../platform/tabs.ts';
import { now, sleep } from '../platform/time.ts';
import { type StateStore, tabState, withTab } from './state.ts';
import type { Visit, Visits } from './visits.ts';

/**
 * A page that awsher may not see and that has stopped loading is where the person signs in. A company's IdP may send a
 * live session straight back, so it has to stay for a moment before the tab comes to the front.
 */
const SETTLED_MS = 600;

/** What the browser tells of the tabs that awsher opened: signed out, signed in again, closed by the person. */
export function createTabWatch(store: StateStore, visits: Visits) {
  const inTab = (tabId: number) => visits.all().find((visit) => visit.tabId === tabId);

  async function look(tabId: number): Promise<void> {
    const visit = inTab(tabId);
    if (!visit) return;
    const tab = await describeTab(tabId);
    if (!tab) return;
    const away = isAway(tabId, tab.url);
    countAway(tabId, away);
    if (!tab.complete || !visit.onPage) return;
    if (!away && visit.step === 'sign-in-needed') visits.setStep(visit.id, 'signed-in');
    // Where the person was told to approve by hand, they are at work already.
    if (!away || visit.step === 'sign-in-needed' || visit.step === 'click-needed') return;
    await sleep(SETTLED_MS);
    const later = await describeTab(tabId);
    if (later?.complete && isAway(tabId, later.url)) await visits.needPerson(visit.id, 'sign-in-needed');
  }

  /** On a page that is none of ours to look at. With a permission the browser names AWS's sign-in pages all the same. */
  function isAway(tabId: number, url: string | undefined): boolean {
    if (!url || isAwsSignIn(url)) return true;
    const entry = store.get().book.findLast((one) => one.tabId === tabId);
    return readPageAddress(url)?.site?.kind === 'sign-in' && !(entry && isPageOf(entry, url));
  }

  /** Time on sign-in pages does not count between confirm and allow. */
  function countAway(tabId: number, away: boolean): void {
    const tab = tabState(store.get(), tabId);
    if (away && tab.awaySince === null) store.set(withTab(store.get(), { ...tab, awaySince: now() }));
    if (!away && tab.awaySince !== null) {
      const awayMs = tab.awayMs + now() - tab.awaySince;
      store.set(withTab(store.get(), { ...tab, awaySince: null, awayMs }));
    }
  }

  return {
    /** The page in the tab began or finished to load. */
    loaded: look,
    removed(tabId: number): void {
      const visit = inTab(tabId);
      if (visit && waitsInTab(visit)) visits.closed(visit.id);
      store.set({ tabs: store.get().tabs.filter((tab) => tab.tabId !== tabId) });
    },
  };
}

/** Without its tab such a visit has no way to its end. */
const waitsInTab = ({ onPage, step }: Visit): boolean =>
  onPage || step === 'permission-needed' || step === 'answer-needed';

/** After a sleep or a restart: tabs that are gone were closed by the person, others are looked at again. */
export async function recheckTabs(store: StateStore, visits: Visits): Promise<void> {
  for (const visit of visits.all()) {
    const { id, tabId } = visit;
    if (waitsInTab(visit) && tabId !== null && !(await describeTab(tabId))) visits.closed(id);
  }
  // Ended while we slept, or died before the tab was closed.
  for (const attempt of store.get().attempts) {
    if (!isRunning(attempt) && attempt.tabId !== null) await closeTab(attempt.tabId);
  }
}
