import { api } from './api.ts';

/** Chromium: the addresses with which tabs began. A tab that a page opens begins without one, whatever it is opened for. */
const begunWith = new Map<number, string>();
const MAX_BEGUN = 200;

/**
 * Tells of every address that a tab asks for, redirected or not, before it is asked for. `byPage`: a page may have made the
 * request; `false` where a program of this computer, or the person, had the address opened. Only for hosts in the manifest;
 * register in the first turn of the background.
 */
export function onPageRequest(
  urls: string[],
  requested: (tabId: number, url: string, byPage: boolean) => void,
): void {
  api.tabs.onCreated.addListener(({ id, pendingUrl }) => {
    if (id === undefined || pendingUrl === undefined) return;
    begunWith.set(id, pendingUrl);
    for (const oldest of begunWith.keys()) if (begunWith.size > MAX_BEGUN) begunWith.delete(oldest);
  });
  api.tabs.onRemoved.addListener((tabId) => void begunWith.delete(tabId));
  api.webRequest.onBeforeRequest.addListener(
    (details) => {
      const { tabId, url, originUrl, cookieStoreId } = details;
      // Firefox tells which page asks. Chromium does so only to those who may see that page (measured, 156).
      const isFirefox = cookieStoreId !== undefined;
      requested(tabId, url, isFirefox ? originUrl !== undefined : begunWith.get(tabId) !== url);
      return undefined;
    },
    { urls, types: ['main_frame'] },
  );
}

/** Tells where the answer to a tab's request sends it, before the browser goes there. Register in the first turn. */
export function onPageRedirect(urls: string[], redirected: (tabId: number, to: string) => void): void {
  api.webRequest.onBeforeRedirect.addListener(({ tabId, redirectUrl }) => redirected(tabId, redirectUrl), {
    urls,
    types: ['main_frame'],
  });
}
