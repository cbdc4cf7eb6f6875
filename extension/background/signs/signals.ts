import * as v from 'valibot';
import type { ViewState } from '../../../shared/protocol/internal.ts';
import { notify, onNotificationClick } from '../../platform/notifications.ts';
import { slot } from '../../platform/storage.ts';
import { now } from '../../platform/time.ts';
import { openPopup, showToolbarSign } from '../../platform/toolbar.ts';
import { locale, setLanguage, t } from '../../ui/i18n.ts';
import { EXPIRY_MS, expiringSession, type Notice, noticesOf } from './notices.ts';
import { toolbarSign } from './toolbar-sign.ts';

/** Which notices were shown; the browser's session remembers it, a background that sleeps does not. */
const shownSlot = slot('session', 'notices', v.array(v.string()), []);
const MAX_REMEMBERED = 100;

/**
 * What the browser shows of awsher while no view is open: the icon's dot and tooltip, and notifications. Both are
 * derived from the state on every change and on every alarm, so nothing is lost with a background that is stopped.
 * `authorize` begins a sign-in of a session: a click on the notification of its end asks for it.
 */
export function createSignals(authorize: (session: string) => void) {
  let told: Promise<void> = Promise.resolve();
  let last = '';

  const clicked = (key: string): void => {
    const session = expiringSession(key);
    if (session !== null) authorize(session);
    else void openPopup();
  };
  onNotificationClick(clicked);

  async function tell(state: ViewState, watched: boolean): Promise<void> {
    await setLanguage(state.settings.language);
    const sign = toolbarSign(state, now(), t, locale());
    const text = JSON.stringify(sign);
    if (text !== last) await showToolbarSign(sign);
    last = text;
    const notices = noticesOf(state, now(), watched);
    if (notices.length === 0 || !state.notifications) return;
    const shown = await shownSlot.read();
    const fresh = notices.filter(({ key }) => !shown.includes(key));
    if (fresh.length === 0) return;
    await shownSlot.write([...shown, ...fresh.map(({ key }) => key)].slice(-MAX_REMEMBERED));
    for (const notice of fresh) await show(notice);
  }

  return {
    /** The state, on every change and now and then. One at a time, so that nothing is shown twice. */
    tell(state: ViewState, watched: boolean): void {
      told = told.then(() => tell(state, watched)).catch(() => {});
    },
    /** The person gave the permission for notifications: now their clicks can be heard. */
    permissionsChanged(): void {
      onNotificationClick(clicked);
    },
  };
}

async function show({ key, kind, about }: Notice): Promise<void> {
  switch (kind) {
    case 'expiry':
      return notify(key, t('noticeExpiryTitle', about, minutes()), t('noticeExpiryBody'));
    case 'foreign':
      return notify(key, t('noticeForeignTitle'), t('noticeForeignBody', about));
    case 'done':
      return notify(key, t('noticeDoneTitle', about), t('noticeDoneBody'));
  }
}

const minutes = (): string => new Intl.NumberFormat(locale()).format(EXPIRY_MS / 60_000);
