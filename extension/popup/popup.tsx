import { render } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { WireError } from '../../shared/errors/awsher-error.ts';
import type { ViewRequest, ViewState } from '../../shared/protocol/internal.ts';
import { openOptions } from '../platform/pages.ts';
import { HostChip, HostView } from '../ui/host-view.tsx';
import { t } from '../ui/i18n.ts';
import { SlidersIcon } from '../ui/icons.tsx';
import { Mark } from '../ui/mark.tsx';
import { PermissionView } from '../ui/permission-view.tsx';
import { Hint, ProblemSentence } from '../ui/problem.tsx';
import { SessionCard } from './session-card.tsx';

type Send = (request: ViewRequest) => void;

/** What the popup knows beside the background's state. */
export interface PopupExtras {
  /** Why the last request was refused. */
  refused: WireError | null;
  /** The background does not answer. */
  lost: boolean;
}

/** Draws the popup into `root`. `state` is `null` until the background has sent one. */
export function renderPopup(
  root: Element,
  state: ViewState | null,
  send: Send,
  extras: PopupExtras = { refused: null, lost: false },
): void {
  render(<Popup state={state} send={send} {...extras} />, root);
}

function Popup({ state, send, refused, lost }: { state: ViewState | null; send: Send } & PopupExtras) {
  return (
    <div class="popup">
      <header class="head">
        <Mark size={24} />
        <h1>{t('extensionName')}</h1>
        {state && <HostChip host={state.host.state} />}
      </header>
      <main>
        {lost && <p class="panel">{t('lostBackground')}</p>}
        {refused && (
          <section class="panel panel-bad" role="alert">
            <ProblemSentence error={refused} />
            {refused.hint && <Hint hint={refused.hint} />}
          </section>
        )}
        {state ? <Content state={state} send={send} /> : !lost && <p class="quiet late">{t('starting')}</p>}
      </main>
      <footer class="foot">
        <button type="button" class="button-plain" onClick={openOptions}>
          <SlidersIcon />
          {t('options')}
        </button>
      </footer>
    </div>
  );
}

function Content({ state, send }: { state: ViewState; send: Send }) {
  const list = useRef<HTMLUListElement>(null);
  // Opened from the keyboard, the popup answers to Enter: the first session that wants a sign-in has the focus.
  useLayoutEffect(() => {
    if (document.activeElement === document.body || !document.activeElement)
      list.current?.querySelector<HTMLElement>('.button-main')?.focus();
  }, []);
  const { host, sessions } = state;
  const empty = sessions.length === 0;
  return (
    <>
      <PermissionView missing={state.missingPermissions} />
      {host.state === 'unavailable' && (
        <HostView host={host} installCommand={state.installCommand} send={send} />
      )}
      {host.state === 'connecting' && empty && <p class="quiet late">{t('hostConnectingBody')}</p>}
      {host.state === 'connected' && empty && <Empty />}
      {!empty && (
        <ul class="cards" aria-label={t('sessions')} ref={list}>
          {sessions.map((session) => (
            <SessionCard key={session.target.session} view={session} host={host.state} send={send} />
          ))}
        </ul>
      )}
    </>
  );
}

function Empty() {
  return (
    <section class="empty" aria-labelledby="empty-title">
      <Mark size={56} />
      <h2 id="empty-title">{t('emptyTitle')}</h2>
      <p>{t('emptyBody')}</p>
      <button type="button" class="button button-main" onClick={openOptions}>
        {t('addSession')}
      </button>
    </section>
  );
}
