import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AttemptView, HostState, SessionView, ViewRequest } from '../../../shared/protocol/internal.ts';
import { locale, t } from '../../ui/i18n.ts';
import { CheckIcon, DotsIcon } from '../../ui/icons.tsx';
import { Ring } from '../../ui/ring.tsx';
import { portalHost, type SessionWords, sessionWords } from '../../ui/session-words.ts';
import { moment } from '../../ui/times.ts';
import { useNow } from '../../ui/use-now.ts';
import { AttemptPanel } from './attempt-panel.tsx';
import { SessionActions } from './session-actions.tsx';

interface Props {
  view: SessionView;
  host: HostState['state'];
  online: boolean;
  send: (request: ViewRequest) => void;
}

const LOOK_AGAIN_MS = 5_000;
const NEWS_MS = 8_000;

/** One session: who and where, how long it lasts, and what can be done about it now. */
export function SessionCard({ view, host, online, send }: Props) {
  const now = useNow(LOOK_AGAIN_MS);
  const card = useRef<HTMLLIElement>(null);
  const [open, setOpen] = useState(false);
  const { target, who, renewal } = view;
  const attempt = newsOf(view.attempt, now);
  const name = target.session;
  const id = `session-${encodeURIComponent(name)}`;
  const words = sessionWords(view, host, now, t, locale());
  const phase = !attempt ? 'idle' : attempt.endedAt === null ? 'running' : attempt.error ? 'failed' : 'done';
  const ready = host === 'connected' && online;
  const ask = words.tone === 'good' ? 'renew' : 'authorize';
  useKeptFocus(card, phase);

  return (
    <li class={`card card-${phase}`} ref={card} aria-labelledby={id}>
      <div class="who">
        <Ring left={words.left} tone={words.tone} />
        <div class="who-words">
          <h2 id={id} title={name} dir="auto">
            {name}
          </h2>
          {who !== null && (
            <p class="person" title={who} dir="auto">
              {who}
            </p>
          )}
          <p class="portal" title={target.startUrl} dir="ltr">
            {portalHost(target.startUrl)}
          </p>
        </div>
        {phase !== 'running' && phase !== 'done' && (
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
      {phase !== 'running' && phase !== 'done' && (
        <div class="state-line">
          <p class="state" role="status">
            <Headline view={view} words={words} now={now} />
            {words.detail && <span class="state-detail">{words.detail}</span>}
          </p>
          {!attempt && host !== 'unavailable' && (
            <button
              type="button"
              class={words.wanted ? 'button button-main' : 'button'}
              aria-describedby={id}
              aria-disabled={!ready || renewal === 'running'}
              onClick={() => ready && renewal !== 'running' && send({ type: ask, session: name })}
            >
              {t(renewal === 'running' ? 'renewing' : ask === 'renew' ? 'renew' : 'authorizeCli')}
            </button>
          )}
        </div>
      )}
      {open && phase !== 'running' && phase !== 'done' && (
        <SessionActions view={view} host={host} send={send} onDone={() => setOpen(false)} />
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
