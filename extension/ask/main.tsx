import { render } from 'preact';
import * as v from 'valibot';
import { type AskAnswer, AskMessage } from '../../shared/protocol/dialog.ts';
import { api } from '../platform/api.ts';
import { now, startTimer } from '../platform/time.ts';
import { applyStoredAppearance } from '../ui/appearance.ts';
import { prepareDocument, t } from '../ui/i18n.ts';
import { Ask } from './ask.tsx';

/** A window that has just come up may catch a click or a key that was meant for another one. */
const SETTLE_MS = 600;
const AGAIN_MS = 250;

/** awsher's own dialog for one hand-over, named by the fragment of its address. The answer goes to the background. */
function start(root: Element, id: string): void {
  let shownAt = Number.POSITIVE_INFINITY;
  let port = connect();

  function connect() {
    const opened = api.runtime.connect({ name: `ask:${id}` });
    opened.onMessage.addListener((message: unknown) => {
      const parsed = v.safeParse(AskMessage, message);
      if (!parsed.success) return;
      const { question } = parsed.output;
      if (question) shownAt = Math.min(shownAt, now());
      render(<Ask question={question} onAnswer={answer} />, root);
    });
    // The background was put to sleep: connecting again wakes it.
    opened.onDisconnect.addListener(() => {
      startTimer(AGAIN_MS, () => {
        port = connect();
      });
    });
    return opened;
  }

  function answer(given: AskAnswer): void {
    if (given.approve && now() - shownAt < SETTLE_MS) return;
    port.postMessage(given);
  }
}

prepareDocument(document, t('askTitle'));
const root = document.getElementById('root');
if (root) {
  void applyStoredAppearance(document, () => t('askTitle'))
    .catch(() => {})
    .then(() => start(root, location.hash.slice(1)));
}
