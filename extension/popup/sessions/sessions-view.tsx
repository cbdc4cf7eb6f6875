import { useLayoutEffect, useRef } from 'preact/hooks';
import { openOptions } from '../../platform/pages.ts';
import { HostView } from '../../ui/host-view.tsx';
import { t } from '../../ui/i18n.ts';
import { Mark } from '../../ui/mark.tsx';
import { PermissionView } from '../../ui/permission-view.tsx';
import type { ViewProps } from '../views.tsx';
import { SessionCard } from './session-card.tsx';

/** Who is signed in where, for how long, and what is under way. */
export function SessionsView({ state, send }: ViewProps) {
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
      <button type="button" class="button button-main" onClick={() => openOptions()}>
        {t('addSession')}
      </button>
    </section>
  );
}
