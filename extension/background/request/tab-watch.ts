import { describeTab } from '../../platform/tabs.ts';
import { now } from '../../platform/time.ts';
import { type StateStore, tabState, withTab } from '../memory/state.ts';
import type { Requests } from './requests.ts';
import { tabEvent } from './tab-events.ts';

/** What the browser tells of the tabs that awsher opened: signed out, signed in again, closed by the person. */
export function createTabWatch(store: StateStore, requests: Requests) {
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
    /** The page in the tab began or finished to load, or changed its address. */
    async changed(tabId: number): Promise<void> {
      if (!requests.inTab(tabId)) return;
      const event = await tabEvent(store, tabId);
      const request = requests.inTab(tabId);
      if (!event || !request) return;
      countAway(tabId, event.at === 'away');
      requests.feed(request.id, event);
    },
    removed(tabId: number): void {
      requests.tellAll({ type: 'tab-closed', tabId });
      store.set({ tabs: store.get().tabs.filter((tab) => tab.tabId !== tabId) });
    },
    /** After a sleep or a restart: tabs that are gone were closed by the person. */
    async recheck(): Promise<void> {
      for (const { id, tabId } of requests.running()) {
        if (tabId !== null && !(await describeTab(tabId))) requests.feed(id, { type: 'tab-closed', tabId });
      }
    },
  };
}
