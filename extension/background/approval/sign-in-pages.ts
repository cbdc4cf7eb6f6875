import { SIGN_IN_PAGES } from '../../../shared/aws/host-permissions.ts';
import { missingHosts } from '../../platform/permissions.ts';
import { readPageIn, readPagesOf } from '../../platform/scripts.ts';
import { describeTab } from '../../platform/tabs.ts';
import { now } from '../../platform/time.ts';
import { pageAddress } from '../memory/known-pages.ts';
import type { StateStore } from '../memory/state.ts';
import type { Requests } from '../request/requests.ts';

/**
 * Codes that AWS compares on its sign-in host. Nobody is asked for that host with the installation, and no sign-in waits for
 * the permission: until it is there, the person clicks.
 */
export function createSignInPages(store: StateStore, requests: Requests) {
  const isThere = (page: string): boolean => pageAddress(page)?.site?.kind === 'sign-in';
  return {
    /** The browser forgets registered scripts with each version of an extension. Where it refuses, the next alarm asks again. */
    register: (): Promise<void> => readPagesOf('sign-in-pages', [SIGN_IN_PAGES]).catch(() => {}),
    /** What the browser would have to allow for the codes that are open now. */
    wanted: (): string[] =>
      store.get().book.some(({ page, allowedAt, expiresAt }) => {
        return allowedAt === null && expiresAt > now() && isThere(page);
      })
        ? [SIGN_IN_PAGES]
        : [],
    /** The person gave the permission: the pages that wait for it have no content script yet. */
    async allowed(): Promise<void> {
      if ((await missingHosts([SIGN_IN_PAGES])).length > 0) return;
      for (const { tabId } of requests.running()) {
        const url = tabId === null ? undefined : (await describeTab(tabId))?.url;
        if (tabId !== null && url && isThere(url)) await readPageIn(tabId);
      }
    },
  };
}
export type SignInPages = ReturnType<typeof createSignInPages>;
