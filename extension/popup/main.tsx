import type { WireError } from '../../shared/errors/awsher-error.ts';
import type { ViewRequest, ViewState } from '../../shared/protocol/internal.ts';
import { openViewLink } from '../platform/view-link.ts';
import { prepareDocument, t } from '../ui/i18n.ts';
import { renderPopup } from './popup.tsx';

/** Connects the popup with the background: its state flows in, requests flow out, and nothing is kept here. */
function start(root: Element): void {
  let state: ViewState | null = null;
  let refused: WireError | null = null;
  let lost = false;
  const send = (request: ViewRequest): void => {
    refused = null;
    link.send(request);
    show();
  };
  const show = (): void => renderPopup(root, state, send, { refused, lost });
  const link = openViewLink({
    onState(next) {
      state = next;
      lost = false;
      show();
    },
    onRefused(error) {
      refused = error;
      show();
    },
    onLost() {
      lost = true;
      show();
    },
  });
  show();
}

prepareDocument(document, t('extensionName'));
const root = document.getElementById('root');
if (root) start(root);
