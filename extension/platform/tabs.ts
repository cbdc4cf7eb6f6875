import { api } from './api.ts';

/** Opens an address without taking the focus: in a normal window that is open, or in one made for it. Never private. Returns the tab. */
export async function openTab(url: string, active: boolean): Promise<number> {
  const windows = await api.windows.getAll({ windowTypes: ['normal'] });
  const open = windows.filter(({ incognito }) => !incognito);
  const target = open.find(({ focused }) => focused) ?? open[0];
  if (target?.id !== undefined) {
    const tab = await api.tabs.create({ url, active, windowId: target.id });
    if (tab.id !== undefined) return tab.id;
  }
  // Firefox takes `focused: false` and opens the window in front all the same (measured with 153 ESR).
  const made = await api.windows.create({ url, focused: active });
  const tabId = made?.tabs?.[0]?.id;
  if (tabId === undefined) throw new Error('the browser opened no tab');
  return tabId;
}

/**
 * The tab, not private, that is at an address or on its way to it. `null`: none that awsher may see. A background that
 * was stopped between the opening of a tab and its record finds it so.
 */
export async function findTab(isAt: (address: string) => boolean): Promise<number | null> {
  const tabs = await api.tabs.query({});
  // Firefox has no `pendingUrl`.
  const addressesOf = (tab: (typeof tabs)[number]) =>
    [tab.url, tab.pendingUrl].filter((one) => one !== undefined);
  return tabs.find((tab) => !tab.incognito && addressesOf(tab).some(isAt))?.id ?? null;
}

/** The ids of all tabs; their addresses stay the browser's. */
export async function tabIds(): Promise<Set<number>> {
  return new Set((await api.tabs.query({})).flatMap(({ id }) => id ?? []));
}

/** Of awsher's own dialog. */
export const DIALOG_SIZE = { width: 440, height: 600 };

/** Opens a page of this extension in a small window of its own, in front. Returns the tab in it. */
export async function openDialog(path: string, size: { width: number; height: number }): Promise<number> {
  const made = await api.windows.create({
    url: api.runtime.getURL(path),
    type: 'popup',
    focused: true,
    ...size,
  });
  const tabId = made?.tabs?.[0]?.id;
  if (tabId === undefined) throw new Error('the browser opened no window');
  return tabId;
}

/** Sends a message to the content script of a tab. A tab without one is no error. */
export async function tellTab(tabId: number, message: object): Promise<void> {
  try {
    await api.tabs.sendMessage(tabId, message, { frameId: 0 });
  } catch {
    // No content script there, or not yet.
  }
}

/** Asks the content script of a tab; `undefined` where there is none. */
export async function askTab(tabId: number, message: object): Promise<unknown> {
  try {
    return await api.tabs.sendMessage(tabId, message, { frameId: 0 });
  } catch {
    return undefined;
  }
}

/** Brings a tab and its window to the front. A tab that is gone is no error. */
export async function bringToFront(tabId: number): Promise<void> {
  try {
    const tab = await api.tabs.update(tabId, { active: true });
    if (tab?.windowId !== undefined) await api.windows.update(tab.windowId, { focused: true });
  } catch {
    // Closed meanwhile; its removal is reported on its own.
  }
}

export async function closeTab(tabId: number): Promise<void> {
  try {
    await api.tabs.remove(tabId);
  } catch {
    // Already closed.
  }
}

/** Address and loading state as the browser reports them now. `url` is missing for pages that awsher may not see. */
export async function describeTab(tabId: number): Promise<{
  url: string | undefined;
  complete: boolean;
  active: boolean;
  isPrivate: boolean;
} | null> {
  try {
    const tab = await api.tabs.get(tabId);
    return {
      url: tab.url,
      complete: tab.status === 'complete',
      active: tab.active,
      isPrivate: tab.incognito,
    };
  } catch {
    return null;
  }
}
