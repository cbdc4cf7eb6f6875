import { useState } from 'preact/hooks';
import { requestNotifications } from '../platform/notifications.ts';
import { t } from '../ui/i18n.ts';
import { type SettingsForm, Switch } from './setting.tsx';

/** What awsher may tell while no view is open. The browser's permission is asked for when the first one is turned on. */
export function NotificationSettings({ form, allowed }: { form: SettingsForm; allowed: boolean }) {
  const [refused, setRefused] = useState(false);
  const { notifyExpiry, notifyForeign, notifyDone } = form.settings;
  const wanted = notifyExpiry || notifyForeign || notifyDone;
  const before = async (): Promise<boolean> => {
    const granted = allowed || (await requestNotifications());
    setRefused(!granted);
    return granted;
  };
  return (
    <>
      {((wanted && !allowed) || refused) && (
        <div class="advice" role="alert">
          <p>{t('notifyWithheld')}</p>
          <button type="button" class="button button-small" onClick={() => void before()}>
            {t('permissionAllow')}
          </button>
        </div>
      )}
      <Switch
        form={form}
        name="notifyForeign"
        label={t('fieldNotifyForeign')}
        help={t('fieldNotifyForeignHelp')}
        before={before}
      />
      <Switch
        form={form}
        name="notifyExpiry"
        label={t('fieldNotifyExpiry')}
        help={t('fieldNotifyExpiryHelp')}
        before={before}
      />
      <Switch
        form={form}
        name="notifyDone"
        label={t('fieldNotifyDone')}
        help={t('fieldNotifyDoneHelp')}
        before={before}
      />
    </>
  );
}
