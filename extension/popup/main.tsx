import { render } from 'preact';
import type { LoggedDecision } from '../../shared/approval/decision-log.ts';
import type { WireError } from '../../shared/errors/awsher-error.ts';
import type { ViewRequest, ViewState } from '../../shared/protocol/internal.ts';
import { firstState } from '../platform/last-state.ts';
import { afterPaint } from '../platform/paint.ts';
import { prefetchRoles } from '../platform/role-storage.ts';
import { openViewLink, type ViewLink } from '../platform/view-link.ts';
import { applyAppearance } from '../ui/appearance.ts';
import { prepareDocument, t } from '../ui/i18n.ts';
import { onceATurn } from '../ui/once-a-turn.ts';
import { Popup } from './popup.tsx';

/**
 * Connects the popup with the background: its state flows in, requests flow out, and nothing is kept here. What was there
 * last is on the screen before the link is opened: opening it wakes the background, whose start would take the processor
 * from the drawing.
 */
async function start(root: Element): Promise<void> {
  let state: ViewState | null = null;
  let refused: WireError | null = null;
  let lost = false;
  let history: LoggedDecision[] | null = null;
  let link: ViewLink | null = null;
  /** What the person pressed before there was a link. */
  const early: ViewRequest[] = [];
  const send = (request: ViewRequest): void => {
    if (link) link.send(request);
    else early.push(request);
    if (!refused) return;
    refused = null;
    show();
  };
  const show = onceATurn(() => render(<Popup {...{ state, send, refused, lost, history }} />, root));
  const before = await firstState().catch(() => null);
  if (before) {
    state = withoutWhatMoves(before);
    await applyAppearance(document, before.settings, () => t('extensionName'));
    show();
    await afterPaint();
    prefetchRoles();
  }
  link = openViewLink({
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
  for (const request of early) link.send(request);
  show();
}

/** Sign-ins and requests under way: how they go on is only told by the background, when it has woken. */
function withoutWhatMoves(before: ViewState): ViewState {
  const sessions = before.sessions.map((session) => ({ ...session, attempt: null, renewal: null }));
  return { ...before, sessions, pending: [] };
}

prepareDocument(document, t('extensionName'));
const root = document.getElementById('root');
if (root) void start(root);
