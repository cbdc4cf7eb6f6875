import { amendAuthorization } from '../../../shared/approval/authorization.ts';
import { findCode } from '../../../shared/approval/code-book.ts';
import type { Listener } from '../../../shared/approval/listener.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { Asker, AskReason } from '../../../shared/fields.ts';
import type { HandOverOpen } from '../../../shared/protocol/native.ts';
import { beginHandOver, type HandOver, isHandOver } from '../../../shared/request/request.ts';
import { openTab } from '../../platform/tabs.ts';
import { nonce, now } from '../../platform/time.ts';
import { effectiveSettings } from '../memory/effective-settings.ts';
import { approvalAddress } from '../memory/known-pages.ts';
import type { StateStore } from '../memory/state.ts';
import type { Requests } from './requests.ts';

/** Hand-overs under way at once. A person starts a few; a loop that starts more is stopped here. */
const MAX_OPEN = 10;

/**
 * Approvals that other commands of this computer asked for. awsher opens the page, in a tab of its own, and approves
 * it with all checks; it makes no token of it. Without a known sign-in command behind it, the person is asked first.
 */
export function createHandOvers(requests: Requests, store: StateStore) {
  const open = (): HandOver[] => requests.running().filter(isHandOver);
  const isKnown = (userCode: string): boolean => findCode(store.get().book, userCode) !== undefined;

  return {
    open,
    /** Takes one in; answers as soon as it is in storage. */
    async take({ url, asker, silent, askBecause }: HandOverOpen): Promise<Record<string, never>> {
      const address = approvalAddress(url);
      if (!address) throw new AwsherError('PROTOCOL_MESSAGE', 'That is not an AWS approval page.');
      if (address.kind === 'device' && (await effectiveSettings()).settings.noDeviceCodes) {
        // Its page has the notice, which says why.
        await openTab(address.url, true);
        return {};
      }
      // The same request twice: it is in hand, and a second tab would only confuse.
      if (open().some(({ subject }) => subject.url === address.url)) return {};
      if ((address.kind === 'device' && isKnown(address.userCode)) || open().length >= MAX_OPEN) {
        throw new AwsherError('SIGN_IN_FAILED', 'This browser cannot approve it for you.', {
          hint: 'approve it on the page yourself',
        });
      }
      const because = askBecause ?? (silent ? null : 'unknown-program');
      const asks = because === null ? 'by-setting' : 'always';
      const how = { id: nonce(), asker, asks, askBecause: because, personsTab: null } as const;
      requests.begin(beginHandOver(address, how, now()));
      await store.saved();
      return {};
    },
    /**
     * A page that the person has open is this command's: it is approved in their tab, which stays theirs. Without a reason to ask,
     * somebody has the person's word already.
     */
    async takeOn(
      tabId: number,
      url: string,
      asker: Asker,
      ask: { askBecause: AskReason; listener: Listener } | null = null,
    ): Promise<boolean> {
      const address = approvalAddress(url);
      if (!address || (address.kind === 'device' && isKnown(address.userCode))) return false;
      if (ask !== null && open().length >= MAX_OPEN) return false;
      const asks = ask === null ? 'no-more' : 'always';
      const how = { id: nonce(), asker, asks, askBecause: null, personsTab: tabId, ...ask } as const;
      requests.begin(beginHandOver(address, how, now()));
      await store.saved();
      return true;
    },
    /** The browser asks for an /authorize address: whose, shows in what is recorded for its tab. */
    async requested(tabId: number, url: string): Promise<void> {
      // What the person is asked about is gone with the next request of its tab, until it is approved there.
      for (const { id, phase, subject } of open())
        if (phase !== 'page' && subject.personsTab === tabId && subject.url !== url)
          requests.feed(id, { type: 'tab-closed', tabId });
      await requests.opened();
      const { authorizations } = store.get();
      const entry = authorizations.findLast((it) => it.tabId === tabId);
      if (!entry) return;
      store.set({ authorizations: amendAuthorization(authorizations, entry.id, { requested: url }) });
    },
  };
}
export type HandOvers = ReturnType<typeof createHandOvers>;
