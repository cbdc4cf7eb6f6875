import { useEffect, useRef } from 'preact/hooks';
import type { AskAnswer, Question } from '../../shared/protocol/dialog.ts';
import { now } from '../platform/time.ts';
import { locale, t } from '../ui/i18n.ts';
import { Mark } from '../ui/mark.tsx';
import { ago } from '../ui/times.ts';

/** The nearest ones tell who asks; further up are terminals and desktops. */
const MAX_PARENTS = 6;

type OnAnswer = (answer: AskAnswer) => void;

/** The dialog; without a question, it is over. `onAnswer` hears real clicks of a person only. */
export function Ask({ question, onAnswer }: { question: Question | null; onAnswer: OnAnswer }) {
  return (
    <main class="ask">
      <header class="ask-head">
        <Mark size={36} />
        <h1>{t(!question ? 'askOver' : question.kind === 'device' ? 'askCodeTitle' : 'askTitle')}</h1>
      </header>
      {question && <Asked question={question} onAnswer={onAnswer} />}
    </main>
  );
}

const BODIES = {
  'unknown-program': 'askBody',
  'endpoint-override': 'askEndpoint',
  setting: 'askSignInBody',
} as const;

/** The code, and what there is on this computer that may show the same one. */
function ShownCode({ userCode, running }: Extract<Question, { kind: 'device' }>) {
  return (
    <section class="code-card">
      <output class="user-code">{userCode}</output>
      {running === null && <p role="status">{t('askCodeLooking')}</p>}
      {running?.length === 0 && (
        <p role="status" class="code-alone">
          {t('askCodeAlone')}
        </p>
      )}
      {running !== null && running.length > 0 && (
        <div role="status">
          <p>{t('askCodeRunning')}</p>
          <ul>
            {running.map(({ command, startedAt }) => (
              <li key={startedAt}>{t('noticeWaitingCommand', command, ago(startedAt, now(), locale()))}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Asked({ question, onAnswer }: { question: Question; onAnswer: OnAnswer }) {
  const decline = useRef<HTMLButtonElement>(null);
  // Whoever types on when the window comes up says no.
  useEffect(() => decline.current?.focus(), []);
  const always = useRef<HTMLInputElement>(null);
  const said = (approve: boolean) => (event: Event) => {
    if (!event.isTrusted) return;
    onAnswer(approve && always.current?.checked ? { approve, always: true } : { approve });
  };
  const { kind, asker, hostname } = question;
  // What the person wanted to be asked about is theirs, most times; all else is a stranger's until they say otherwise.
  const own = kind === 'sign-in' && asker.agent === undefined;
  // What warns of this one request is read before its facts; why there is a question at all, after them.
  const isWarning =
    asker.agent !== undefined || (kind !== 'sign-in' && question.askBecause === 'endpoint-override');
  const why = (
    <p class="why">
      {asker.agent === undefined
        ? t(kind === 'sign-in' ? 'askSignInBody' : BODIES[question.askBecause])
        : t('askAgentBody', asker.agent)}
    </p>
  );
  return (
    <>
      {kind === 'device' && <ShownCode {...question} />}
      {isWarning && why}
      <p class="advice">{t('askAdvice')}</p>
      <dl class="facts">
        {kind === 'sign-in' && <Fact name={t('askSession')}>{question.session}</Fact>}
        <dt>{t('askProgram')}</dt>
        <dd>
          <code class="program">{asker.command}</code>
        </dd>
        {kind === 'authorization' && question.path != null && (
          <Fact name={t('askPath')}>{question.path}</Fact>
        )}
        {asker.profile !== undefined && <Fact name={t('askProfile')}>{asker.profile}</Fact>}
        {asker.parents.length > 0 && (
          <Fact name={t('askParents')}>{asker.parents.slice(0, MAX_PARENTS).join(' ← ')}</Fact>
        )}
        {asker.folder !== undefined && <Fact name={t('askFolder')}>{asker.folder}</Fact>}
        <Fact name={t('askPage')}>{hostname}</Fact>
        {kind === 'authorization' && (
          <>
            <dt>{t('askReceiver')}</dt>
            <dd>{t('askPort', String(question.port))}</dd>
          </>
        )}
      </dl>
      {!isWarning && why}
      {kind === 'authorization' && question.mayTrust && (
        <label class="trust">
          <input type="checkbox" id="always" ref={always} />
          {t('askAlwaysProgram')}
        </label>
      )}
      <div class="actions">
        <button type="button" class={own ? 'button button-main' : 'button'} id="approve" onClick={said(true)}>
          {t(kind === 'device' ? 'askApproveCode' : 'askApprove')}
        </button>
        <button
          type="button"
          class={own ? 'button' : 'button button-main'}
          id="decline"
          ref={decline}
          onClick={said(false)}
        >
          {t('askDecline')}
        </button>
      </div>
    </>
  );
}

/** One thing that is known of the request, in the very words of the one who tells it. */
function Fact({ name, children }: { name: string; children: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <code>{children}</code>
      </dd>
    </>
  );
}
