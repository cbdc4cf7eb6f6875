import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AttemptView, HostState, SessionView, ViewRequest } from '../../../shared/protocol/internal.ts';
import { locale, t } from '../../ui/i18n.ts';
import { CheckIcon, DotsIcon } from '../../ui/icons.tsx';
import { Ring } from '../../ui/ring.tsx';
import { portalHost, type SessionWords, sessionWords } from '../../ui/session-words.ts';
import { moment } from '../../ui/times.ts';
import { useNow } from '../../ui/use-now.ts';
import { AttemptPanel } from './attempt-panel.tsx';
import { hasActions, SessionActions } from './session-actions.tsx';

interface Props {
  view: SessionView;
  host: HostState['state'];
  online: boolean;
  /** One of several: a row of name and state; who and where, and what is wanted seldom, are behind the dots. */
  row: boolean;
  /** The one button that is filled, of all that a view shows. */
  first: boolean;
  send: (request: ViewRequest) => void;
}

const LOOK_AGAIN_MS = 5_000;
const NEWS_MS = 8_000;

/** One session: who and where, how long it lasts, and what can be done about it now. */
export function SessionCard({ view, host, online, row, first, send }: Props) {
  const now = useNow(LOOK_AGAIN_MS);
  const card = useRef<HTMLLIElement>(null);
  const [open, setOpen] = useState(false);
  const { target, who, renewal } = view;
  const attempt = newsOf(view.attempt, now);
  const name = target.session;
  const id = `session-${encodeURIComponent(name)}`;
  const words = sessionWords(view, host, now, t, locale());
  const phase = !attempt ? 'idle' : attempt.endedAt === null ? 'running' : attempt.error ? 'failed' : 'done';
  const settled = phase !== 'running' && phase !== 'done';
  const ask = words.tone === 'good' ? 'renew' : 'authorize';
  const asks = !attempt && host !== 'unavailable';
  const ready = host === 'connected' && online && renewal !== 'running';
  const askButton = asks && (
    <button
      type="button"
      class={`button ${row ? 'button-small' : ''} ${first ? 'button-main' : ''}`}
      aria-describedby={id}
      aria-disabled={!ready}
      onClick={() => ready && send({ type: ask, session: name })}
    >
      {t(renewal === 'running' ? 'renewing' : ask === 'renew' ? 'renew' : row ? 'signIn' : 'authorizeCli')}
    </button>
  );
  const whoAndWhere = (
    <>
      {who !== null && (
        <p class="person" title={who} dir="auto">
          {who}
        </p>
      )}
      <p class="portal" title={target.startUrl} dir="ltr">
        {portalHost(target.startUrl)}
      </p>
    </>
  );
  const state = (
    <p class="state" role="status">
      <Headline view={view} words={words} now={now} />
      {!row && words.detail && <span class="state-detail">{words.detail}</span>}
    </p>
  );
  useKeptFocus(card, phase);

  return (
    <li class={`card card-${phase} ${row ? 'card-row' : ''}`} ref={card} aria-labelledby={id}>
      <div class="who">
        <Ring left={words.left} tone={words.tone} />
        <div class="who-words">
          <h2 id={id} title={name} dir="auto">
            {name}
          </h2>
          {row && settled ? state : whoAndWhere}
        </div>
        {row && settled && ask === 'authorize' && askButton}
        {settled && (row || hasActions(view, host)) && (
          <button
            type="button"
            class="button-icon more-open"
            aria-label={t('moreFor', name)}
            aria-expanded={open}
            title={t('more')}
            onClick={() => setOpen(!open)}
          >
            <DotsIcon />
          </button>
        )}
      </div>
      {!row && settled && (
        <div class="state-line">
          {state}
          {askButton}
        </div>
      )}
      {open && settled && (
        <>
          {row && (
            <div class="row-more">
              {whoAndWhere}
              {words.detail && <p class="state-detail">{words.detail}</p>}
            </div>
          )}
          <SessionActions view={view} host={host} send={send} onDone={() => setOpen(false)}>
            {row && ask === 'renew' && askButton}
          </SessionActions>
        </>
      )}
      {attempt && <AttemptPanel view={view} attempt={attempt} host={host} send={send} />}
    </li>
  );
}

/** A good end is news for a moment; then the card is what it always is, with everything that can be done. */
function newsOf(attempt: AttemptView | null, now: number): AttemptView | null {
  const over = attempt?.endedAt != null && !attempt.error && now - attempt.endedAt > NEWS_MS;
  return over ? null : attempt;
}

/** The state; for a moment that it was just renewed, as the person asked. */
function Headline({ view, words, now }: { view: SessionView; words: SessionWords; now: number }) {
  const end = Date.parse(view.status?.expiresAt ?? '');
  if (view.renewal !== 'done' || Number.isNaN(end))
    return <span class={`state-headline tone-${words.tone}`}>{words.headline}</span>;
  return (
    <span class="state-headline state-renewed">
      <CheckIcon />
      {t('renewed', moment(end, now, locale()))}
    </span>
  );
}

/**
 * When the button that had the focus goes away with its phase, the focus moves to the card's report, not to the next
 * button: a held Enter key must not press Cancel.
 */
function useKeptFocus(card: { current: HTMLElement | null }, phase: string): void {
  const hadFocus = card.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    if (!hadFocus || card.current?.contains(document.activeElement)) return;
    const place = card.current?.querySelector<HTMLElement>('.report, .state-line .button');
    place?.focus();
  }, [phase]);
}
