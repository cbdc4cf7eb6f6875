import { render } from 'preact';
import type { WireError } from '../../shared/errors/awsher-error.ts';
import type { ViewRequest, ViewState } from '../../shared/protocol/internal.ts';
import { openViewLink } from '../platform/view-link.ts';
import { applyAppearance } from '../ui/appearance.ts';
import { prepareDocument, t } from '../ui/i18n.ts';
import { onceATurn } from '../ui/once-a-turn.ts';
import type { ChecksState } from './checks.tsx';
import { Options } from './options.tsx';

/** Connects the options page with the background: its state flows in, requests flow out, and nothing is kept here. */
function start(root: Element): void {
  const place = location.hash.slice(1);
  let state: ViewState | null = null;
  let refused: { request: ViewRequest['type']; error: WireError } | null = null;
  let lost = false;
  let last: ViewRequest['type'] = 'host.retry';
  let checks: ChecksState = { is: 'none' };
  const send = (request: ViewRequest): void => {
    last = request.type;
    refused = null;
    if (request.type === 'doctor.run') checks = { is: 'running' };
    link.send(request);
    show();
  };
  const show = onceATurn(() => render(<Options {...{ state, send, refused, lost, checks, place }} />, root));
  const link = openViewLink({
    onState(next) {
      state = next;
      lost = false;
      void applyAppearance(document, next.settings, () => t('optionsTitle')).then(show);
    },
    onRefused(error) {
      refused = { request: last, error };
      show();
    },
    onDoctor({ checks: found, error }) {
      checks = { is: 'done', checks: found, error };
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
