import { pageHost } from '../../../shared/aws/hosts.ts';
import { isAwsSignIn } from '../../../shared/aws/saml-hosts.ts';
import type { Event } from '../../../shared/request/events.ts';
import { describeTab } from '../../platform/tabs.ts';
import { isPageOfCode, pageAddress } from '../memory/known-pages.ts';
import type { StateStore } from '../memory/state.ts';

export type TabEvent = Extract<Event, { type: 'tab' }>;

/** Where a tab is now, as its request hears it; `null` when it is gone, which the browser reports by itself. */
export async function tabEvent(store: StateStore, tabId: number): Promise<TabEvent | null> {
  const tab = await describeTab(tabId);
  return tab && { type: 'tab', at: placeOf(store, tabId, tab.url), complete: tab.complete };
}

/** With a permission the browser names AWS's sign-in pages too: none of ours to look at, but for the one that compares our code. */
function placeOf(store: StateStore, tabId: number, url: string | undefined): TabEvent['at'] {
  if (!url || isAwsSignIn(url)) return 'away';
  const entry = store.get().book.findLast((one) => one.tabId === tabId);
  if (pageAddress(url)?.site?.kind === 'sign-in' && !(entry && isPageOfCode(entry, url))) return 'away';
  return pageHost(new URL(url).hostname)?.kind === 'portal' ? 'portal' : 'seen';
}
