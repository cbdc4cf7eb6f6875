import type { Permissions } from 'webextension-polyfill';
import { api } from './api.ts';

/**
 * Notifications of the system. Their permission is optional: nobody is asked for what they do not use, and a person may
 * take it back at any time.
 */
const PERMISSION = { permissions: ['notifications'] } satisfies Permissions.Permissions;

export const mayNotify = (): Promise<boolean> => api.permissions.contains(PERMISSION);

/** Asks the person. Only in the very task of a click. `false`: not granted. */
export async function requestNotifications(): Promise<boolean> {
  try {
    return await api.permissions.request(PERMISSION);
  } catch {
    return false;
  }
}

/** Shows one; a second of the same id takes the first one's place. */
export async function notify(id: string, title: string, message: string): Promise<void> {
  const iconUrl = api.runtime.getURL('icons/128.png');
  await api.notifications.create(id, { type: 'basic', iconUrl, title, message });
}

/**
 * Hears clicks on notifications. Call it in the first turn, and again when the permission was given: before that the
 * browser has no such event.
 */
export function onNotificationClick(clicked: (id: string) => void): void {
  // Without the permission Chromium has no such name, and Firefox has the name and nothing behind it.
  if (Reflect.get(api, 'notifications') === undefined || heard) return;
  heard = true;
  api.notifications.onClicked.addListener((id) => {
    void api.notifications.clear(id);
    clicked(id);
  });
}
let heard = false;
