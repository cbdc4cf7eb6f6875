import { requestHosts } from '../platform/permissions.ts';
import { t } from './i18n.ts';

/** Says that the browser withholds host permissions, with the one button that asks for them. Nothing when it has all. */
export function PermissionView({ missing }: { missing: readonly string[] }) {
  if (missing.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="permission-title">
      <h2 id="permission-title">{t('permissionTitle')}</h2>
      <p>{t('permissionBody')}</p>
      <div class="actions">
        <button type="button" class="button button-main" onClick={() => void requestHosts(missing)}>
          {t('permissionAllow')}
        </button>
      </div>
    </section>
  );
}
