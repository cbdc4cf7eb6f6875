import { requestNotifications } from '../platform/notifications.ts';
import { requestHosts } from '../platform/permissions.ts';
import { t } from '../ui/i18n.ts';
import { AlertIcon, CheckIcon, DashIcon } from '../ui/icons.tsx';

interface Props {
  missing: readonly string[];
  notifications: boolean;
}

/** What the browser lets awsher do, why it is needed, and the button where something is withheld. */
export function PermissionsList({ missing, notifications }: Props) {
  return (
    <ul class="checks">
      <li class={missing.length > 0 ? 'check check-fail' : 'check check-ok'}>
        <span class="check-sign">{missing.length > 0 ? <AlertIcon /> : <CheckIcon />}</span>
        <div class="check-words">
          <p class="check-title">{t('permissionPages')}</p>
          <p class="quiet">{t('permissionPagesHelp')}</p>
          {missing.map((pattern) => (
            <p key={pattern} class="quiet pattern" dir="ltr">
              {pattern}
            </p>
          ))}
        </div>
        {missing.length > 0 && (
          <button type="button" class="button button-main" onClick={() => void requestHosts(missing)}>
            {t('permissionAllow')}
          </button>
        )}
      </li>
      <li class={notifications ? 'check check-ok' : 'check check-skip'}>
        <span class="check-sign">{notifications ? <CheckIcon /> : <DashIcon />}</span>
        <div class="check-words">
          <p class="check-title">{t('permissionNotifications')}</p>
          <p class="quiet">{t(notifications ? 'permissionGiven' : 'permissionNotificationsHelp')}</p>
        </div>
        {!notifications && (
          <button type="button" class="button" onClick={() => void requestNotifications()}>
            {t('permissionAllow')}
            <span class="unseen"> {t('permissionNotifications')}</span>
          </button>
        )}
      </li>
    </ul>
  );
}
