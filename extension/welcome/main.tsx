import { render } from 'preact';
import type { WireError } from '../../shared/errors/awsher-error.ts';
import type { ViewRequest, ViewState } from '../../shared/protocol/internal.ts';
import { watchHost } from '../platform/host-watch.ts';
import { openViewLink } from '../platform/view-link.ts';
import { applyAppearance } from '../ui/appearance.ts';
import { prepareDocument, t } from '../ui/i18n.ts';
import { pageTitle, Welcome } from './welcome.tsx';

/** Connects the welcome page with the background, which looks for the host as long as this page is open. */
function start(root: Element): void {
  let state: ViewState | null = null;
  let refused: { request: ViewRequest['type']; error: WireError } | null = null;
  let lost = false;
  let last: ViewRequest['type'] = 'host.retry';
  const send = (request: ViewRequest): void => {
    last = request.type;
    refused = null;
    link.send(request);
    show();
  };
  const show = (): void => render(<Welcome {...{ state, send, refused, lost }} />, root);
  const link = openViewLink({
    onState(next) {
      state = next;
      lost = false;
      void applyAppearance(document, next.settings, () => pageTitle(next)).then(show);
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
  watchHost();
  show();
}

prepareDocument(document, t('welcomeTitle'));
const root = document.getElementById('root');
if (root) start(root);
