import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { HostState, SessionView, ViewRequest } from '../../../shared/protocol/internal.ts';
import { openOptions } from '../../platform/pages.ts';
import { t } from '../../ui/i18n.ts';

interface Props {
  view: SessionView;
  host: HostState['state'];
  send: (request: ViewRequest) => void;
  onDone: () => void;
  /** What comes before the rest. */
  children?: ComponentChildren;
}

/** States in which there is something to sign out of. */
const SIGNED_IN = ['valid', 'expiring', 'refreshable'] as const;

/** What is wanted seldom: sign out, edit, remove. What cannot be taken back asks once. */
export function SessionActions({ view, host, send, onDone, children }: Props) {
  const [asked, setAsked] = useState<'logout' | 'remove' | null>(null);
  const box = useRef<HTMLDivElement>(null);
  // What took the place of the pressed button takes the focus, too; the harmless answer comes first.
  useLayoutEffect(() => box.current?.querySelector<HTMLElement>('button')?.focus(), [asked]);
  const { target, source, status } = view;
  const session = target.session;
  const signedIn = SIGNED_IN.some((state) => state === status?.state);
  const said = (request: ViewRequest): void => {
    send(request);
    onDone();
  };
  if (asked) {
    const words = asked === 'logout' ? t('logoutQuestion', session) : t('removeQuestion', session);
    return (
      <div class="question" ref={box}>
        <p id="question">{words}</p>
        <div class="actions">
          <button type="button" class="button" onClick={() => setAsked(null)}>
            {t('keep')}
          </button>
          <button
            type="button"
            class="button button-bad"
            aria-describedby="question"
            onClick={() => said({ type: asked === 'logout' ? 'session.logout' : 'session.remove', session })}
          >
            {t(asked === 'logout' ? 'logout' : 'remove')}
          </button>
        </div>
      </div>
    );
  }
  return (
    <div class="actions more" ref={box}>
      {children}
      {signedIn && host === 'connected' && (
        <button type="button" class="button button-small" onClick={() => setAsked('logout')}>
          {t('logout')}
        </button>
      )}
      <button
        type="button"
        class="button button-small"
        onClick={() => openOptions(`edit=${encodeURIComponent(session)}`)}
      >
        {t('edit')}
      </button>
      {source === 'extension' && (
        <button type="button" class="button button-small" onClick={() => setAsked('remove')}>
          {t('remove')}
        </button>
      )}
    </div>
  );
}
