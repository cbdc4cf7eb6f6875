import { useLayoutEffect, useRef } from 'preact/hooks';
import type { HostState, SessionView, ViewRequest } from '../../../shared/protocol/internal.ts';
import { locale, t } from '../../ui/i18n.ts';
import { Ring } from '../../ui/ring.tsx';
import { portalHost, sessionWords } from '../../ui/session-words.ts';
import { useNow } from '../../ui/use-now.ts';
import { AttemptPanel } from './attempt-panel.tsx';

interface Props {
  view: SessionView;
  host: HostState['state'];
  send: (request: ViewRequest) => void;
}

const LOOK_AGAIN_MS = 10_000;

/** One session: who and where, how long it lasts, and what can be done about it now. */
export function SessionCard({ view, host, send }: Props) {
  const now = useNow(LOOK_AGAIN_MS);
  const card = useRef<HTMLLIElement>(null);
  const { target, attempt } = view;
  const name = target.session;
  const id = `session-${encodeURIComponent(name)}`;
  const words = sessionWords(view, host, now, t, locale());
  const phase = !attempt ? 'idle' : attempt.endedAt === null ? 'running' : attempt.error ? 'failed' : 'done';
  useKeptFocus(card, phase);

  return (
    <li class={`card card-${phase}`} ref={card} aria-labelledby={id}>
      <div class="who">
        <Ring left={words.left} tone={words.tone} />
        <div class="who-words">
          <h2 id={id} title={name} dir="auto">
            {name}
          </h2>
          <p class="portal" title={target.startUrl} dir="ltr">
            {portalHost(target.startUrl)}
          </p>
        </div>
      </div>
      {phase !== 'running' && phase !== 'done' && (
        <div class="state-line">
          <p class="state">
            <span class={`state-headline tone-${words.tone}`}>{words.headline}</span>
            {words.detail && <span class="state-detail">{words.detail}</span>}
          </p>
          {!attempt && host !== 'unavailable' && (
            <button
              type="button"
              class={words.wanted ? 'button button-main' : 'button'}
              aria-describedby={id}
              aria-disabled={host !== 'connected'}
              onClick={() => host === 'connected' && send({ type: 'authorize', session: name })}
            >
              {t('authorizeCli')}
            </button>
          )}
        </div>
      )}
      {attempt && <AttemptPanel view={view} attempt={attempt} host={host} send={send} />}
    </li>
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
    const place = card.current?.querySelector<HTMLElement>('.report, .button');
    place?.focus();
  }, [phase]);
}
