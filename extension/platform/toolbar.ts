import { api } from './api.ts';

/** What the toolbar's icon says. */
export interface ToolbarSign {
  /** CSS colour of a dot on the icon. */
  dot?: string;
  title: string;
  /** Nobody is signed in: the icon has no color. */
  grey?: boolean;
}

export async function showToolbarSign({ dot, title, grey }: ToolbarSign): Promise<void> {
  const icon = (size: 16 | 32) => `/icons/${grey ? 'grey-' : ''}${size}.png`;
  await Promise.all([
    api.action.setIcon({ path: { 16: icon(16), 32: icon(32) } }),
    // A badge without a word is a dot; Firefox would take a plain space for nothing.
    api.action.setBadgeText({ text: dot ? '\u00a0' : '' }),
    dot && api.action.setBadgeBackgroundColor({ color: dot }),
    api.action.setTitle({ title }),
  ]);
}

/** Opens the popup as a click on the icon would. Browsers that refuse show it in a tab. */
export async function openPopup(): Promise<void> {
  try {
    await api.action.openPopup();
  } catch {
    await api.tabs.create({ url: api.runtime.getURL('popup/popup.html') });
  }
}
