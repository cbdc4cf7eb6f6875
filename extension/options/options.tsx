import { render } from 'preact';
import type { WireError } from '../../shared/errors/awsher-error.ts';
import type { ViewRequest, ViewState } from '../../shared/protocol/internal.ts';
import { Command } from '../ui/command.tsx';
import { HostChip, HostView } from '../ui/host-view.tsx';
import { t } from '../ui/i18n.ts';
import { Mark } from '../ui/mark.tsx';
import { PermissionView } from '../ui/permission-view.tsx';
import { Hint, ProblemSentence } from '../ui/problem.tsx';
import { BrowserSettings } from './browser-settings.tsx';
import { SessionForm } from './session-form.tsx';
import { SessionList } from './session-list.tsx';

type Send = (request: ViewRequest) => void;

/** What the options page knows beside the background's state. */
export interface OptionsExtras {
  /** Why the last request was refused, and which one it was. */
  refused: { request: ViewRequest['type']; error: WireError } | null;
  /** The background does not answer. */
  lost: boolean;
}

/** Draws the options page into `root`. `state` is `null` until the background has sent one. */
export function renderOptions(
  root: Element,
  state: ViewState | null,
  send: Send,
  extras: OptionsExtras = { refused: null, lost: false },
): void {
  render(<Options state={state} send={send} {...extras} />, root);
}

function Options({ state, send, refused, lost }: { state: ViewState | null; send: Send } & OptionsExtras) {
  return (
    <div class="page">
      <header class="head">
        <Mark size={40} />
        <h1>{t('optionsTitle')}</h1>
        {state && <HostChip host={state.host.state} />}
      </header>
      <main>
        {lost && <p class="panel">{t('lostBackground')}</p>}
        {refused && refused.request !== 'session.add' && (
          <section class="panel panel-bad" role="alert">
            <ProblemSentence error={refused.error} />
            {refused.error.hint && <Hint hint={refused.error.hint} />}
          </section>
        )}
        {state ? (
          <Sections state={state} send={send} refused={refused} />
        ) : (
          !lost && <p class="quiet late">{t('starting')}</p>
        )}
      </main>
      {state && (
        <footer class="foot quiet">
          {t('extensionName')} · {t('version', state.version)}
        </footer>
      )}
    </div>
  );
}

function Sections({
  state,
  send,
  refused,
}: {
  state: ViewState;
  send: Send;
  refused: OptionsExtras['refused'];
}) {
  const { host, sessions, settings, installCommand } = state;
  return (
    <>
      <PermissionView missing={state.missingPermissions} />
      {host.state === 'unavailable' && <HostView host={host} installCommand={installCommand} send={send} />}
      <section aria-labelledby="sessions-title">
        <div class="section-head">
          <h2 id="sessions-title">{t('sessions')}</h2>
          <p class="quiet">{t('sessionsIntro')}</p>
        </div>
        <div class="panel">
          <SessionList sessions={sessions} send={send} />
          <SessionForm
            names={sessions.map(({ target }) => target.session)}
            refused={refused?.request === 'session.add' ? refused.error : null}
            send={send}
          />
        </div>
      </section>
      <section aria-labelledby="browser-title">
        <div class="section-head">
          <h2 id="browser-title">{t('thisBrowser')}</h2>
        </div>
        <div class="panel">
          <BrowserSettings settings={settings} send={send} />
        </div>
      </section>
      {host.state !== 'unavailable' && (
        <section aria-labelledby="computer-title">
          <div class="section-head">
            <h2 id="computer-title">{t('thisComputer')}</h2>
          </div>
          <div class="panel">
            <p>
              {host.state === 'connected' ? t('hostConnectedBody', host.version) : t('hostConnectingBody')}
            </p>
            <p>{t('repairBody')}</p>
            <Command text={installCommand} />
          </div>
        </section>
      )}
    </>
  );
}
