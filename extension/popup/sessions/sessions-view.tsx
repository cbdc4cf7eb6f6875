import { useLayoutEffect, useRef } from 'preact/hooks';
import type { SessionView } from '../../../shared/protocol/internal.ts';
import { openOptions } from '../../platform/pages.ts';
import { HostView } from '../../ui/host-view.tsx';
import { locale, t } from '../../ui/i18n.ts';
import { CloudOffIcon, ShieldIcon } from '../../ui/icons.tsx';
import { Mark } from '../../ui/mark.tsx';
import { PermissionView } from '../../ui/permission-view.tsx';
import { sessionWords } from '../../ui/session-words.ts';
import { ago } from '../../ui/times.ts';
import { useNow } from '../../ui/use-now.ts';
import { useOnline } from '../../ui/use-online.ts';
import type { ViewProps } from '../view-props.ts';
import { PendingList } from './pending-list.tsx';
import { SessionCard } from './session-card.tsx';

/** Who is signed in where, for how long, and what is under way. */
export function SessionsView({ state, send, go }: ViewProps) {
  const list = useRef<HTMLUListElement>(null);
  const online = useOnline();
  const now = useNow(30_000);
  // Opened from the keyboard, the popup answers to Enter: the first session that wants a sign-in has the focus.
  useLayoutEffect(() => {
    if (document.activeElement === document.body || !document.activeElement)
      list.current?.querySelector<HTMLElement>('.button-main')?.focus();
  }, []);
  const { host, sessions, foreign } = state;
  const empty = sessions.length === 0;
  const needsPerson = (session: SessionView): boolean =>
    session.attempt === null && sessionWords(session, host.state, now, t, locale()).wanted;
  // What needs the person comes first; otherwise the order is that of the file.
  const ordered = [...sessions].sort((one, other) => Number(needsPerson(other)) - Number(needsPerson(one)));
  return (
    <>
      {foreign && <Foreign at={foreign.at} onSee={() => go('history')} />}
      {!online && <Offline />}
      <PermissionView missing={state.missingPermissions} />
      {host.state === 'unavailable' && (
        <HostView host={host} installCommand={state.installCommand} send={send} />
      )}
      <PendingList pending={state.pending} send={send} />
      {host.state === 'connecting' && empty && <p class="quiet late">{t('hostConnectingBody')}</p>}
      {host.state === 'connected' && empty && <Empty />}
      {!empty && (
        <ul class={sessions.length > 1 ? 'cards cards-rows' : 'cards'} aria-label={t('sessions')} ref={list}>
          {ordered.map((session, index) => (
            <SessionCard
              key={session.target.session}
              view={session}
              host={host.state}
              online={online}
              row={sessions.length > 1}
              first={index === 0 && needsPerson(session)}
              send={send}
            />
          ))}
        </ul>
      )}
    </>
  );
}

function Foreign({ at, onSee }: { at: number; onSee: () => void }) {
  const now = useNow(30_000);
  return (
    <section class="banner banner-bad" aria-labelledby="foreign-banner">
      <ShieldIcon />
      <p id="foreign-banner">
        <strong>{t('foreignTitle')}</strong> <span class="banner-more">{ago(at, now, locale())}</span>
      </p>
      <button type="button" class="button button-small" onClick={onSee}>
        {t('foreignSee')}
      </button>
    </section>
  );
}

function Offline() {
  return (
    <section class="banner" aria-labelledby="offline-title">
      <CloudOffIcon />
      <p>
        <strong id="offline-title">{t('offlineTitle')}</strong>{' '}
        <span class="banner-more">{t('offlineBody')}</span>
      </p>
    </section>
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
