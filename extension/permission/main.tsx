import { render } from 'preact';
import type { ViewState } from '../../shared/protocol/internal.ts';
import { openViewLink } from '../platform/view-link.ts';
import { applyAppearance } from '../ui/appearance.ts';
import { prepareDocument, t } from '../ui/i18n.ts';
import { Mark } from '../ui/mark.tsx';
import { PermissionView } from '../ui/permission-view.tsx';

/**
 * The page that opens when a sign-in needs a permission that the browser withholds: browsers ask a person only in a
 * click on a page of the extension. The background closes it when the permission is there.
 */
function Page({ state }: { state: ViewState | null }) {
  return (
    <div class="ask">
      <header class="head">
        <Mark size={32} />
        <h1>{t('extensionName')}</h1>
      </header>
      <main aria-live="polite">
        {state &&
          (state.missingPermissions.length > 0 ? (
            <PermissionView missing={state.missingPermissions} />
          ) : (
            <p class="panel">{t('permissionDone')}</p>
          ))}
      </main>
    </div>
  );
}

prepareDocument(document, t('extensionName'));
const root = document.getElementById('root');
if (root) {
  const show = (state: ViewState | null): void => render(<Page state={state} />, root);
  show(null);
  const onState = (state: ViewState): void => {
    void applyAppearance(document, state.settings, () => t('extensionName')).then(() => show(state));
  };
  openViewLink({ onState, onRefused: () => {} });
}
