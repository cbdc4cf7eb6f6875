import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { SessionView, ViewRequest } from '../../shared/protocol/internal.ts';
import { Confirm } from '../ui/confirm.tsx';
import { t } from '../ui/i18n.ts';
import { LockIcon } from '../ui/icons.tsx';
import { SessionSettings } from './session-settings.tsx';

type Send = (request: ViewRequest) => void;

const SOURCES = {
  config: 'sourceConfig',
  extension: 'sourceExtension',
  managed: 'sourceManaged',
} as const;

interface ListProps {
  sessions: readonly SessionView[];
  /** The session whose form is shown. */
  edited: string | null;
  onEdit: (session: string | null) => void;
  send: Send;
}

/** All sessions. Those that were added here can be removed here. */
export function SessionList({ sessions, edited, onEdit, send }: ListProps) {
  const [asked, setAsked] = useState<string | null>(null);
  const [removed, setRemoved] = useState<string | null>(null);
  const remove = (session: string): void => {
    send({ type: 'session.remove', session });
    setAsked(null);
    setRemoved(session);
  };
  return (
    <>
      {sessions.length > 0 && (
        <ul class="rows">
          {sessions.map((view) => (
            <Row
              key={view.target.session}
              view={view}
              asked={asked === view.target.session}
              edited={edited === view.target.session}
              onEdit={onEdit}
              onAsk={setAsked}
              onRemove={remove}
              send={send}
            />
          ))}
        </ul>
      )}
      <p class="said" role="status">
        {removed !== null && !sessions.some(({ target }) => target.session === removed)
          ? t('sessionRemoved', removed)
          : ''}
      </p>
    </>
  );
}

interface RowProps {
  view: SessionView;
  edited: boolean;
  onEdit: (session: string | null) => void;
  /** The person has pressed Remove and is asked once more. */
  asked: boolean;
  onAsk: (session: string | null) => void;
  onRemove: (session: string) => void;
  send: Send;
}

function Row({ view, edited, asked, onEdit, onAsk, onRemove, send }: RowProps) {
  const { target, source } = view;
  const name = target.session;
  const row = useRef<HTMLLIElement>(null);
  const wasAsked = useRef(asked);
  // The button that was pressed takes the place of the question, and its focus.
  useLayoutEffect(() => {
    if (wasAsked.current && !asked) row.current?.querySelector<HTMLElement>('button')?.focus();
    wasAsked.current = asked;
  }, [asked]);
  return (
    <li class="row" ref={row}>
      <div class="row-words">
        <p class="row-name" dir="auto">
          {name}
        </p>
        <p class="quiet" dir="ltr">
          {target.startUrl}
        </p>
        <p class="quiet">
          <bdi dir="ltr">{target.region}</bdi> · {source === 'managed' && <LockIcon />} {t(SOURCES[source])}
        </p>
      </div>
      {!asked && source !== 'managed' && (
        <div class="actions">
          <button type="button" class="button" onClick={() => onEdit(edited ? null : name)}>
            {t('edit')}
            <span class="unseen"> {name}</span>
          </button>
          {source === 'extension' && (
            <button type="button" class="button" onClick={() => onAsk(name)}>
              {t('remove')}
              <span class="unseen"> {name}</span>
            </button>
          )}
        </div>
      )}
      {!asked && <SessionSettings view={view} send={send} />}
      {asked && (
        <Confirm
          question={t('removeQuestion', name)}
          action={t('remove')}
          onYes={() => onRemove(name)}
          onNo={() => onAsk(null)}
        />
      )}
    </li>
  );
}
