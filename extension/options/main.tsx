import type { ViewRequest, ViewState } from '../../shared/protocol/internal.ts';
import { openViewLink } from '../platform/view-link.ts';
import { prepareDocument, t } from '../ui/i18n.ts';
import { type OptionsExtras, renderOptions } from './options.tsx';

/** Connects the options page with the background: its state flows in, requests flow out, and nothing is kept here. */
function start(root: Element): void {
  let state: ViewState | null = null;
  let refused: OptionsExtras['refused'] = null;
  let lost = false;
  let last: ViewRequest['type'] = 'host.retry';
  const send = (request: ViewRequest): void => {
    last = request.type;
    refused = null;
    link.send(request);
    show();
  };
  const show = (): void => renderOptions(root, state, send, { refused, lost });
  const link = openViewLink({
    onState(next) {
      state = next;
      lost = false;
      show();
    },
    onRefused(error) {
      refused = { request: last, error };
      show();
    },
    onLost() {
      lost = true;
      show();
    },
  });
  show();
}

prepareDocument(document, t('optionsTitle'));
const root = document.getElementById('root');
if (root) start(root);
