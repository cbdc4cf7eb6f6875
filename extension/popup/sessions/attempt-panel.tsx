import { useState } from 'preact/hooks';
import type { AttemptView, HostState, SessionView, ViewRequest } from '../../../shared/protocol/internal.ts';
import { copyText } from '../../platform/pages.ts';
import { locale, t } from '../../ui/i18n.ts';
import { CheckIcon, CrossIcon, HandIcon } from '../../ui/icons.tsx';
import { Cure, ProblemSentence } from '../../ui/problem.tsx';
import { PARTS, STEP_VIEWS } from '../../ui/steps.ts';
import { duration, moment, stopwatch } from '../../ui/times.ts';
import { useNow } from '../../ui/use-now.ts';

interface Props {
  view: SessionView;
  attempt: AttemptView;
  host: HostState['state'];
  send: (request: ViewRequest) => void;
}

/** A sign-in while it runs, and its end. The sentence is a live region, the clock is not. */
export function AttemptPanel(props: Props) {
  const { view, attempt } = props;
  const running = attempt.endedAt === null;
  return (
    <div class="attempt">
      <div
        class={isOwnWish(attempt) ? 'report report-calm' : 'report'}
        tabIndex={-1}
        role="status"
        aria-live="polite"
        aria-atomic="true"
      >
        {running ? <Step attempt={attempt} /> : attempt.error ? null : <Done view={view} />}
        {!running && attempt.error && <ProblemSentence error={attempt.error} />}
      </div>
      {running ? <Running {...props} /> : <Ended {...props} />}
    </div>
  );
}

/** Cancelling and denying are decisions of the person: nothing went wrong. */
function isOwnWish({ error }: AttemptView): boolean {
  return error?.code === 'SIGN_IN_CANCELLED' || error?.code === 'SIGN_IN_DENIED';
}

function Step({ attempt }: { attempt: AttemptView }) {
  const { text, person } = STEP_VIEWS[attempt.step];
  return (
    <p class={person ? 'step step-person' : 'step'}>
      {person && (
        <span class="your-turn">
          <HandIcon />
          {t('yourTurn')}
        </span>
      )}
      <span class="step-words">{t(text)}</span>
      {attempt.userCode !== null && (
        <span class="step-code">
          {t('stepCode')} <bdi dir="ltr">{attempt.userCode}</bdi>
        </span>
      )}
    </p>
  );
}

function Running({ view, attempt, send }: Props) {
  const now = useNow(1_000);
  const elapsed = now - attempt.startedAt;
  const { part, person } = STEP_VIEWS[attempt.step];
  return (
    <>
      <div class={person ? 'parts parts-person' : 'parts'} aria-hidden="true">
        {Array.from({ length: PARTS }, (_, index) => (
          <span
            key={index}
            class={index < part ? 'part part-past' : index === part ? 'part part-now' : 'part'}
          />
        ))}
      </div>
      {attempt.pageReport !== null && <CopyReport report={attempt.pageReport} />}
      <div class="run-line">
        <p class="quiet">
          <Asker attempt={attempt} />
          <span class="elapsed" role="img" aria-label={t('elapsed', duration(elapsed, locale()))}>
            {stopwatch(elapsed)}
          </span>
        </p>
        <div class="actions">
          {person && (
            <button
              type="button"
              class="button button-main"
              onClick={() => send({ type: 'show', session: view.target.session })}
            >
              {t('showPage')}
            </button>
          )}
          {attempt.userCode !== null && attempt.step === 'click-needed' && (
            <button
              type="button"
              class="button"
              onClick={() => send({ type: 'other-way', session: view.target.session })}
            >
              {t('otherWay')}
            </button>
          )}
          <button
            type="button"
            class="button"
            onClick={() => send({ type: 'cancel', session: view.target.session })}
          >
            {t('cancel')}
          </button>
        </div>
      </div>
    </>
  );
}

/** For whoever can teach awsher the page: its shape, which the person looks at and hands on. */
function CopyReport({ report }: { report: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <button
      type="button"
      class="button button-small"
      title={report}
      onClick={() => void copyText(report).then(setCopied)}
    >
      {t(copied ? 'copied' : 'copyPageReport')}
    </button>
  );
}

/** Which program asked, when it was one: the popup's own sign-ins have no process. */
function Asker({ attempt }: { attempt: AttemptView }) {
  const { command, folder, pid, profile } = attempt.asker;
  if (pid === 0) return null;
  return (
    <span class="asker">
      {folder ? t('askedForIn', command, folder) : t('askedFor', command)}
      {profile !== undefined && <bdi> · {t('askedProfile', profile)}</bdi>}
    </span>
  );
}

function Done({ view }: { view: SessionView }) {
  const now = useNow(60_000);
  const expiresAt = view.status?.expiresAt ? Date.parse(view.status.expiresAt) : Number.NaN;
  return (
    <p class="done">
      <CheckIcon />
      <span>{Number.isNaN(expiresAt) ? t('done') : t('doneUntil', moment(expiresAt, now, locale()))}</span>
    </p>
  );
}

function Ended({ view, attempt, host, send }: Props) {
  const session = view.target.session;
  const dismiss = () => send({ type: 'dismiss', session });
  if (!attempt.error) {
    return (
      <button type="button" class="button-icon done-dismiss" aria-label={t('dismiss')} onClick={dismiss}>
        <CrossIcon />
      </button>
    );
  }
  return (
    <Cure
      view={view}
      error={attempt.error}
      connected={host === 'connected'}
      send={send}
      onDismiss={dismiss}
    />
  );
}
