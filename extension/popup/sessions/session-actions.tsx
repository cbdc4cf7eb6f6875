import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { HostState, SessionView, ViewRequest } from '../../../shared/protocol/internal.ts';
import { openOptions } from '../../platform/pages.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { t } from '../../ui/i18n.ts';
import { isSignedIn } from '../../ui/session-words.ts';

interface Props {
  view: SessionView;
  host: HostState['state'];
  send: (request: ViewRequest) => void;
  onDone: () => void;
  /** What comes before the rest. */
  children?: ComponentChildren;
}

/** Whether there is anything that can be done with a session, beside signing in. */
export function hasActions(view: SessionView, host: HostState['state']): boolean {
  return view.source === 'extension' || (host === 'connected' && isSignedIn(view));
}

/** What is wanted seldom: sign out, edit, remove. What cannot be taken back asks once. */
export function SessionActions({ view, host, send, onDone, children }: Props) {
  const [asked, setAsked] = useState<'logout' | 'remove' | null>(null);
  const box = useRef<HTMLDivElement>(null);
  // What took the place of the pressed button takes its focus.
  useLayoutEffect(() => box.current?.querySelector<HTMLElement>('button')?.focus(), [asked]);
  const { target, source } = view;
  const session = target.session;
  const said = (request: ViewRequest): void => {
    send(request);
    onDone();
  };
  if (asked) {
    const logout = asked === 'logout';
    return (
      <Confirm
        question={logout ? t('logoutQuestion', session) : t('removeQuestion', session)}
        action={t(logout ? 'logout' : 'remove')}
        onYes={() => said({ type: logout ? 'session.logout' : 'session.remove', session })}
        onNo={() => setAsked(null)}
      />
    );
  }
  return (
    <div class="actions more" ref={box}>
      {children}
      {isSignedIn(view) && host === 'connected' && (
        <button type="button" class="button button-small" onClick={() => setAsked('logout')}>
          {t('logout')}
        </button>
      )}
      {source === 'extension' && (
        <>
          <button
            type="button"
            class="button button-small"
            onClick={() => openOptions(`edit=${encodeURIComponent(session)}`)}
          >
            {t('edit')}
          </button>
          <button type="button" class="button button-small" onClick={() => setAsked('remove')}>
            {t('remove')}
          </button>
        </>
      )}
    </div>
  );
}
