import { useEffect, useRef } from 'preact/hooks';
import type { AttemptView, HostState, SessionView } from '../../shared/protocol/internal.ts';
import { t } from '../ui/i18n.ts';
import { HandIcon } from '../ui/icons.tsx';
import { Cure, ProblemSentence } from '../ui/problem.tsx';
import { portalHost } from '../ui/session-words.ts';
import { PARTS, STEP_VIEWS } from '../ui/steps.ts';
import type { Send } from './progress.ts';
import { isRunning } from './progress.ts';

interface Props {
  sessions: readonly SessionView[];
  host: HostState['state'];
  send: Send;
}

/** The first sign-in: one button for each session, then its progress in the place of the button. */
export function SignInPart({ sessions, host, send }: Props) {
  return (
    <>
      <p>{t('welcomeSignInBody')}</p>
      <ul class="rows">
        {sessions.map((view) => (
          <Row key={view.target.session} view={view} main={sessions.length === 1} host={host} send={send} />
        ))}
      </ul>
    </>
  );
}

function Row({
  view,
  main,
  host,
  send,
}: { view: SessionView; main: boolean } & Pick<Props, 'host' | 'send'>) {
  const { target, attempt } = view;
  const session = target.session;
  const row = useRef<HTMLLIElement>(null);
  const running = isRunning(view);
  const had = useRef(false);
  had.current = row.current?.contains(document.activeElement) ?? false;
  // The button that was pressed is gone: the focus goes to what is told in its place, not to Cancel.
  useEffect(() => {
    if (had.current && !row.current?.contains(document.activeElement))
      row.current?.querySelector<HTMLElement>('.sign-in, .button')?.focus();
  }, [running]);
  const failed = attempt !== null && !running && attempt.error !== null;
  return (
    <li class="row" ref={row}>
      <div class="row-words">
        <p class="row-name" dir="auto">
          {session}
        </p>
        <p class="quiet" dir="ltr">
          {portalHost(target.startUrl)}
        </p>
      </div>
      {!running && !failed && (
        <button
          type="button"
          class={main ? 'button button-main' : 'button'}
          aria-disabled={host !== 'connected'}
          onClick={() => host === 'connected' && send({ type: 'authorize', session })}
        >
          {t('signIn')}
          <span class="unseen"> {session}</span>
        </button>
      )}
      {running && attempt && <Running attempt={attempt} onCancel={() => send({ type: 'cancel', session })} />}
      {failed && attempt.error && (
        <div class="sign-in sign-in-failed" role="alert" tabIndex={-1}>
          <ProblemSentence error={attempt.error} />
          <Cure view={view} error={attempt.error} connected={host === 'connected'} send={send} />
        </div>
      )}
    </li>
  );
}

/** How far a sign-in has come, in words and as four parts of a line. */
function Running({ attempt, onCancel }: { attempt: AttemptView; onCancel: () => void }) {
  const { text, part, person } = STEP_VIEWS[attempt.step];
  return (
    <div class={person ? 'sign-in sign-in-person' : 'sign-in'} tabIndex={-1}>
      <div class="sign-in-words" role="status" aria-live="polite" aria-atomic="true">
        {person && (
          <p class="your-turn">
            <HandIcon />
            {t('yourTurn')}
          </p>
        )}
        <p>{t(text)}</p>
      </div>
      <div class="line" aria-hidden="true">
        {Array.from({ length: PARTS }, (_, index) => (
          <span key={index} class={index < part ? 'line-past' : index === part ? 'line-now' : ''} />
        ))}
      </div>
      <button type="button" class="button" onClick={onCancel}>
        {t('cancel')}
      </button>
    </div>
  );
}
