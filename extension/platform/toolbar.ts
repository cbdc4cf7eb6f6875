import { api } from './api.ts';

/** What the toolbar's icon says: a word of at most four characters in a colour, and its tooltip. */
export interface ToolbarSign {
  badge: string;
  /** CSS colour behind the badge; its text is white. */
  colour: string;
  title: string;
  /** Nobody is signed in: the icon has no color. */
  grey?: boolean;
}

export async function showToolbarSign({ badge, colour, title, grey }: ToolbarSign): Promise<void> {
  const icon = (size: 16 | 32) => `/icons/${grey ? 'grey-' : ''}${size}.png`;
  await Promise.all([
    api.action.setIcon({ path: { 16: icon(16), 32: icon(32) } }),
    api.action.setBadgeText({ text: badge }),
    api.action.setBadgeBackgroundColor({ color: colour }),
    api.action.setBadgeTextColor({ color: '#ffffff' }),
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
