import type { HostState, ViewRequest } from '../../shared/protocol/internal.ts';
import { openWelcome } from '../platform/pages.ts';
import { Command } from './command.tsx';
import { t } from './i18n.ts';
import { NextStep, ProblemSentence } from './problem.tsx';

type Unavailable = Extract<HostState, { state: 'unavailable' }>;

const TITLES = {
  missing: 'hostMissingTitle',
  forbidden: 'hostForbiddenTitle',
  failed: 'hostFailedTitle',
  'too-old': 'hostTooOldTitle',
  'too-new': 'hostTooNewTitle',
} as const;

interface Props {
  host: Unavailable;
  installCommand: string;
  send: (request: ViewRequest) => void;
}

/** Why the command on this computer cannot be reached, the one command that helps, and Retry where that can help. */
export function HostView({ host, installCommand, send }: Props) {
  return (
    <section class="panel host-view" aria-labelledby="host-title">
      <h2 id="host-title">{t(TITLES[host.why])}</h2>
      <HostRemedy host={host} installCommand={installCommand} />
      <div class="actions">
        {host.why !== 'too-new' && (
          <button type="button" class="button button-main" onClick={() => send({ type: 'host.retry' })}>
            {t('retry')}
          </button>
        )}
        {host.why === 'missing' && (
          <button type="button" class="button" onClick={openWelcome}>
            {t('welcomeOpen')}
          </button>
        )}
      </div>
    </section>
  );
}

function HostRemedy({ host, installCommand }: { host: Unavailable; installCommand: string }) {
  const { why, error } = host;
  if (why === 'missing' || why === 'forbidden') {
    return (
      <>
        <p>{t(why === 'missing' ? 'hostMissingBody' : 'hostForbiddenBody')}</p>
        <Command text={installCommand} />
      </>
    );
  }
  // Only the background knows what happened: its sentence and its command are closer than any of ours.
  return (
    <>
      {why === 'failed' ? (
        <ProblemSentence error={error} />
      ) : (
        <p>{t(why === 'too-old' ? 'hostTooOldBody' : 'hostTooNewBody')}</p>
      )}
      {error.hint ? <NextStep error={error} /> : why !== 'too-new' && <Command text={installCommand} />}
    </>
  );
}

/** The state of the link to the command in one word, for the head of a view. */
export function HostChip({ host }: { host: HostState['state'] }) {
  const text =
    host === 'connected' ? 'hostConnected' : host === 'connecting' ? 'hostConnecting' : 'hostUnavailable';
  return (
    <span class={`chip chip-${host}`} role="status">
      <span class="chip-dot" aria-hidden="true" />
      {t(text)}
    </span>
  );
}
