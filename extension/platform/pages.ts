import { api } from './api.ts';

/**
 * Opens the options page, or brings it to the front, and closes the popup that asked for it. `place` is the part of it
 * that is meant, as the fragment of its address.
 */
export function openOptions(place?: string): void {
  if (place === undefined) void api.runtime.openOptionsPage();
  else void api.tabs.create({ url: api.runtime.getURL(`options/options.html#${place}`) });
  globalThis.close();
}

/** Opens the welcome page, which leads from nothing to the first sign-in, and closes the popup that asked for it. */
export function openWelcome(): void {
  void api.tabs.create({ url: api.runtime.getURL('welcome/welcome.html') });
  globalThis.close();
}

/** Opens the options page, or brings it to the front; the page that asked stays. */
export function openOptionsTab(): void {
  void api.runtime.openOptionsPage();
}

/** The address of a page of this extension. */
export const pageUrl = (path: string): string => api.runtime.getURL(path);

/** A JSON file of the extension's own package; `null` when it cannot be read. */
export async function readPackaged(path: string): Promise<unknown> {
  try {
    return await (await fetch(api.runtime.getURL(path))).json();
  } catch {
    return null;
  }
}

/** Puts text on the clipboard; `false` when the browser refuses. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
