import type { PendingView, ViewRequest } from '../../../shared/protocol/internal.ts';
import { locale, t } from '../../ui/i18n.ts';
import { TerminalIcon } from '../../ui/icons.tsx';
import { STEP_VIEWS } from '../../ui/steps.ts';
import { ago } from '../../ui/times.ts';
import { useNow } from '../../ui/use-now.ts';

interface Props {
  pending: readonly PendingView[];
  send: (request: ViewRequest) => void;
}

/** Approvals that other commands wait for: who asks, since when, and what is being done about it. */
export function PendingList({ pending, send }: Props) {
  const now = useNow(1_000);
  if (pending.length === 0) return null;
  return (
    <section class="pending" aria-labelledby="pending-title">
      <h2 id="pending-title" class="section-name">
        {t('pending')}
      </h2>
      <ul class="cards">
        {pending.map((one) => (
          <Pending key={one.id} pending={one} now={now} send={send} />
        ))}
      </ul>
    </section>
  );
}

function Pending({ pending, now, send }: { pending: PendingView; now: number; send: Props['send'] }) {
  const { id, asker, startedAt, phase, step } = pending;
  const person = phase === 'asking' || STEP_VIEWS[step].person === true;
  const origin = [asker.parents[0], asker.folder].filter((part) => part !== undefined).join(' · ');
  const { profile } = asker;
  return (
    <li class="card pending-card">
      <div class="who">
        <span class="pending-sign">
          <TerminalIcon />
        </span>
        <div class="who-words">
          <p class="pending-command" title={asker.command}>
            <code dir="ltr">{asker.command}</code>
          </p>
          <p class="portal">
            {profile !== undefined && <bdi class="pending-profile">{t('askedProfile', profile)} · </bdi>}
            {origin !== '' && <bdi>{origin} · </bdi>}
            {ago(startedAt, now, locale())}
          </p>
        </div>
      </div>
      <p class={person ? 'step step-person' : 'quiet'} role="status">
        {phase === 'asking' ? t('pendingAsking') : person ? t(STEP_VIEWS[step].text) : t('pendingPage')}
      </p>
      <div class="actions">
        <button
          type="button"
          class={person ? 'button button-main' : 'button'}
          onClick={() => send({ type: 'pending.show', id })}
        >
          {t(phase === 'asking' ? 'showQuestion' : 'showPage')}
        </button>
        <button type="button" class="button" onClick={() => send({ type: 'pending.cancel', id })}>
          {t('decline')}
        </button>
      </div>
    </li>
  );
}
