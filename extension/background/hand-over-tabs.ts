import * as v from 'valibot';
import { amendAuthorization } from '../../shared/approval/authorization.ts';
import { pageHost } from '../../shared/aws/hosts.ts';
import type { HandOver } from '../../shared/login/hand-over.ts';
import { AskAnswer, type AskMessage, type PageCall } from '../../shared/protocol/internal.ts';
import type { Port } from '../platform/api.ts';
import { closeTab, describeTab, tellTab } from '../platform/tabs.ts';
import { sleep } from '../platform/time.ts';
import type { HandOvers } from './hand-overs.ts';
import type { StateStore } from './state.ts';
import type { Waiting } from './waiting-here.ts';

/** The command's own page has been shown, and its callback server has answered, when a tab was complete for this long. */
const HOME_MS = 1_000;
const READ_PAGE: PageCall = { do: 'look' };

/** What happens in the tabs of hand-overs: the walk of a PKCE request from /authorize to its answer, and our dialog. */
export function createHandOverTabs(store: StateStore, handOvers: HandOvers, waiting: Waiting) {
  const inTab = (tabId: number): HandOver | undefined => handOvers.open().find((it) => it.tabId === tabId);

  async function look(tabId: number): Promise<void> {
    const handOver = inTab(tabId);
    if (handOver?.kind !== 'authorization') return;
    const tab = await describeTab(tabId);
    if (!tab?.complete) return;
    if (tab.url) {
      if (isPortal(tab.url)) await tellTab(tabId, READ_PAGE);
    } else if (handOver.step === 'allowing') await comeHome(handOver, tabId);
  }

  /**
   * After our own "Allow" the tab has left the portal for a page that awsher may not see: its answer is home. A grant that
   * AWS remembered goes there without a press, and could as well be a sign-in page: in doubt the tab stays.
   */
  async function comeHome({ id }: HandOver, tabId: number): Promise<void> {
    await sleep(HOME_MS);
    const tab = await describeTab(tabId);
    if (!tab?.complete || tab.url || !inTab(tabId)) return;
    handOvers.finish(id, 'approved');
    await closeTab(tabId);
  }

  return {
    /** The page in the tab began or finished to load, or changed its address. */
    changed: look,
    removed(tabId: number): void {
      const asked = handOvers.open().find(({ questionTabId }) => questionTabId === tabId);
      if (asked) handOvers.finish(asked.id, 'declined');
      const visited = inTab(tabId);
      if (visited) handOvers.finish(visited.id, visited.step === 'allowing' ? 'approved' : 'closed');
    },
    /** The browser asks for an /authorize address: whose, shows in what is recorded for its tab. */
    async requested(tabId: number, url: string): Promise<void> {
      await handOvers.visits.opened();
      const entry = store.get().authorizations.findLast((it) => it.tabId === tabId);
      if (!entry) return;
      const { authorizations } = store.get();
      store.set({ authorizations: amendAuthorization(authorizations, entry.id, { requested: url }) });
    },
    /** Serves one dialog. It may ask about its own hand-over only. */
    serveDialog(port: Port, id: string): void {
      port.onMessage.addListener((sent: unknown) => {
        const answer = v.safeParse(AskAnswer, sent);
        if (answer.success) handOvers.answer(id, answer.output.approve);
      });
      let open = true;
      port.onDisconnect.addListener(() => {
        open = false;
      });
      const tell = () => {
        const message: AskMessage = { question: handOvers.question(id, waiting.running()) };
        if (open) port.postMessage(message);
      };
      tell();
      void waiting.look().then(tell);
    },
  };
}

function isPortal(url: string): boolean {
  return pageHost(new URL(url).hostname)?.kind === 'portal';
}
