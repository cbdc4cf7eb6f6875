import type { WebRequest } from 'webextension-polyfill';
import { api } from './api.ts';

/** One request of a tab, before it is sent. */
export interface Post {
  tabId: number;
  method: string;
  url: string;
  /** Fields of a form by name, as text; `null` for a body that is no form. */
  form: Readonly<Record<string, readonly string[]>> | null;
}

/**
 * Tells of the requests that a tab's top frame makes to the given addresses, with the form in them. Until the returned
 * function is called; without it nothing of any request is seen. The browser itself leaves out other tabs and frames;
 * `null` is every tab.
 */
export function onTabPost(tabId: number | null, urls: string[], posted: (post: Post) => void): () => void {
  const listener = ({
    tabId: from,
    frameId,
    method,
    url,
    requestBody,
  }: WebRequest.OnBeforeRequestDetailsType): undefined => {
    if (frameId !== 0 || (tabId !== null && from !== tabId)) return undefined;
    posted({ tabId: from, method, url, form: formOf(requestBody?.formData) });
    return undefined;
  };
  const filter: WebRequest.RequestFilter = { urls, types: ['main_frame'] };
  if (tabId !== null) filter.tabId = tabId;
  api.webRequest.onBeforeRequest.addListener(listener, filter, ['requestBody']);
  return () => api.webRequest.onBeforeRequest.removeListener(listener);
}

/** Chromium hands out what is no text as bytes; such a field counts as absent. */
function formOf(formData: Readonly<Record<string, unknown>> | undefined): Post['form'] {
  if (!formData) return null;
  return Object.fromEntries(
    Object.entries(formData).map(([name, values]) => [
      name,
      Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [],
    ]),
  );
}
