import { type Attempt, isRunning } from '../../shared/login/attempt.ts';
import { api } from '../platform/api.ts';
import { closeTab, describeTab } from '../platform/tabs.ts';
import { now, sleep } from '../platform/time.ts';
import type { SignIns } from './sign-ins.ts';
import { type StateStore, tabState, withTab } from './state.ts';

/**
 * A page that awsher may not see and that has stopped loading is where the person signs in. A company's IdP may send a
 * live session straight back, so it has to stay for a moment before the tab comes to the front.
 */
const SETTLED_MS = 600;

/** Watches the tabs that awsher opened: signed out, signed in again, closed by the person. */
export function watchTabs(store: StateStore, signIns: SignIns): void {
  const attemptOf = (tabId: number): Attempt | undefined =>
    store.get().attempts.find((attempt) => isRunning(attempt) && attempt.tabId === tabId);

  api.tabs.onUpdated.addListener((tabId, change) => {
    if (change.status !== undefined) void look(tabId);
  });
  api.tabs.onRemoved.addListener((tabId) => {
    const attempt = attemptOf(tabId);
    if (attempt && attempt.phase === 'page') signIns.cancel(attempt.id);
    store.set({ tabs: store.get().tabs.filter((tab) => tab.tabId !== tabId) });
  });

  async function look(tabId: number): Promise<void> {
    const attempt = attemptOf(tabId);
    if (!attempt) return;
    const tab = await describeTab(tabId);
    if (!tab) return;
    const away = tab.url === undefined || tab.url === '';
    countAway(tabId, away);
    if (!away || !tab.complete || attempt.phase !== 'page' || attempt.step === 'sign-in-needed') return;
    await sleep(SETTLED_MS);
    const later = await describeTab(tabId);
    if (later?.complete && !later.url) await signIns.needPerson(attempt.id, 'sign-in-needed');
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
}

/** After a sleep or a restart: tabs that are gone were closed by the person, others are looked at again. */
export async function recheckTabs(store: StateStore, signIns: SignIns): Promise<void> {
  for (const attempt of store.get().attempts) {
    if (attempt.tabId === null) continue;
    const tab = await describeTab(attempt.tabId);
    if (isRunning(attempt) && attempt.phase === 'page' && !tab) signIns.cancel(attempt.id);
    // Ended while we slept, or died before the tab was closed.
    if (!isRunning(attempt) && tab) await closeTab(attempt.tabId);
  }
}
