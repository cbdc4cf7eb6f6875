import { api } from './api.ts';

/**
 * Tells of every address that a tab asks for, redirected or not, before it is asked for. Only for hosts in the
 * manifest; register in the first turn of the background.
 */
export function onPageRequest(urls: string[], requested: (tabId: number, url: string) => void): void {
  api.webRequest.onBeforeRequest.addListener(
    ({ tabId, url }) => {
      requested(tabId, url);
      return undefined;
    },
    { urls, types: ['main_frame'] },
  );
}
