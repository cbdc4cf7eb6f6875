import { useLayoutEffect, useRef } from 'preact/hooks';
import type { WireError } from '../../shared/errors/awsher-error.ts';
import type { ViewRequest, ViewState } from '../../shared/protocol/internal.ts';
import { t } from '../ui/i18n.ts';
import { PermissionView } from '../ui/permission-view.tsx';
import { Problem } from '../ui/problem.tsx';
import { SessionForm } from '../ui/session-form/session-form.tsx';
import { FinishPart } from './finish-part.tsx';
import { HostPart } from './host-part.tsx';
import type { Send } from './progress.ts';
import { dueStep, STEPS, type StepName } from './progress.ts';
import { Scene } from './scene.tsx';
import { SignInPart } from './sign-in-part.tsx';
import { Step } from './step.tsx';

interface Props {
  /** `null` until the background has sent one. */
  state: ViewState | null;
  send: Send;
  /** Why the last request was refused, and which one it was. */
  refused: { request: ViewRequest['type']; error: WireError } | null;
  /** The background does not answer. */
  lost: boolean;
}

const TITLES = {
  host: 'welcomeStepHost',
  session: 'welcomeStepSession',
  'sign-in': 'welcomeStepSignIn',
  done: 'welcomeDoneTitle',
} as const;

/** The title of the tab: who types in the terminal meanwhile sees in it that the page goes on. */
export function pageTitle(state: ViewState): string {
  const due = dueStep(state);
  return due === 'host' ? t('welcomeTitle') : `${t(TITLES[due])} · ${t('extensionName')}`;
}

export function Welcome({ state, send, refused, lost }: Props) {
  const due = state ? dueStep(state) : null;
  return (
    <div class="page welcome">
      <header class="welcome-head">
        <Scene lit={due === null ? 0 : due === 'done' ? 3 : STEPS.indexOf(due)} />
        <h1>{t('welcomeTitle')}</h1>
        <p class="welcome-lead">{t('welcomeLead')}</p>
      </header>
      <main>
        {lost && <p class="panel">{t('lostBackground')}</p>}
        {refused && refused.request !== 'session.add' && (
          <section class="panel panel-bad" role="alert">
            <Problem error={refused.error} />
          </section>
        )}
        {state && due ? (
          <Way state={state} due={due} send={send} refused={refused} />
        ) : (
          !lost && <p class="quiet late">{t('starting')}</p>
        )}
      </main>
    </div>
  );
}

type WayProps = Pick<Props, 'send' | 'refused'> & { state: ViewState; due: StepName | 'done' };

/** The steps, one of them open; those before it tell what came of them. */
function Way({ state, due, send, refused }: WayProps) {
  const way = useRef<HTMLDivElement>(null);
  useFollowedFocus(way, due);
  const { host, sessions, installCommand } = state;
  const at = due === 'done' ? STEPS.length : STEPS.indexOf(due);
  const phase = (step: StepName) => {
    const index = STEPS.indexOf(step);
    return index < at ? 'done' : index === at ? 'due' : 'later';
  };
  return (
    <div class="way" ref={way}>
      <p class="unseen" role="status">
        {at > 0 && `${t(TITLES[due])}`}
      </p>
      <PermissionView missing={state.missingPermissions} />
      <ol class="steps">
        <Step
          number={1}
          title={t(TITLES.host)}
          phase={phase('host')}
          outcome={host.state === 'connected' ? t('welcomeHostDone', host.version) : ''}
        >
          <HostPart host={host} installCommand={installCommand} send={send} />
        </Step>
        <Step
          number={2}
          title={t(TITLES.session)}
          phase={phase('session')}
          outcome={sessions.map(({ target }) => target.session).join(', ')}
        >
          <p>{t('welcomeSessionBody')}</p>
          <SessionForm
            names={[]}
            refused={refused?.request === 'session.add' ? refused.error : null}
            send={send}
          />
        </Step>
        <Step
          number={3}
          title={t(TITLES['sign-in'])}
          phase={phase('sign-in')}
          outcome={t('welcomeSignInDone')}
        >
          <SignInPart sessions={sessions} host={host.state} send={send} />
        </Step>
      </ol>
      {due === 'done' && <FinishPart sessions={sessions} />}
    </div>
  );
}

/** A step that ends takes its buttons along: the focus then goes to the heading of what is next. */
function useFollowedFocus(way: { current: HTMLElement | null }, due: string): void {
  const hadFocus = way.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    if (!hadFocus || way.current?.contains(document.activeElement)) return;
    way.current?.querySelector<HTMLElement>('[aria-current] h2, .finish h2')?.focus();
  }, [due]);
}
