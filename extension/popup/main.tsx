import type { LoggedDecision } from '../../shared/approval/decision-log.ts';
import type { WireError } from '../../shared/errors/awsher-error.ts';
import type { ViewRequest, ViewState } from '../../shared/protocol/internal.ts';
import { lastState } from '../platform/last-state.ts';
import { prefetchRoles } from '../platform/role-storage.ts';
import { openViewLink } from '../platform/view-link.ts';
import { applyAppearance } from '../ui/appearance.ts';
import { prepareDocument, t } from '../ui/i18n.ts';
import { onceATurn } from '../ui/once-a-turn.ts';
import { renderPopup } from './popup.tsx';

/** Connects the popup with the background: its state flows in, requests flow out, and nothing is kept here. */
function start(root: Element): void {
  let state: ViewState | null = null;
  let refused: WireError | null = null;
  let lost = false;
  let history: LoggedDecision[] | null = null;
  const send = (request: ViewRequest): void => {
    link.send(request);
    if (!refused) return;
    refused = null;
    show();
  };
  const show = onceATurn(() => renderPopup(root, state, send, { refused, lost, history }));
  const link = openViewLink({
    onState(next) {
      state = next;
      lost = false;
      void applyAppearance(document, next.settings, () => t('extensionName')).then(() => {
        show();
        prefetchRoles();
      });
    },
    onRefused(error) {
      refused = error;
      show();
    },
    onHistory(decisions) {
      history = decisions;
      show();
    },
    onLost() {
      lost = true;
      show();
    },
  });
  show();
  // What was there last is there at once; how a sign-in goes on is only told by the background, when it has woken.
  lastState.read().then(
    (before) => {
      if (state || !before) return;
      state = { ...before, sessions: before.sessions.map((session) => ({ ...session, attempt: null })) };
      void applyAppearance(document, before.settings, () => t('extensionName')).then(show);
    },
    () => {},
  );
}

prepareDocument(document, t('extensionName'));
const root = document.getElementById('root');
if (root) start(root);
