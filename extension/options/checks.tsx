import { useEffect } from 'preact/hooks';
import type { WireError } from '../../shared/errors/awsher-error.ts';
import type { DoctorCheck } from '../../shared/fields.ts';
import { Command } from '../ui/command.tsx';
import { t } from '../ui/i18n.ts';
import { AlertIcon, CheckIcon, DashIcon } from '../ui/icons.tsx';
import { Hint, Problem, toldOf } from '../ui/problem.tsx';
import { CHECKS } from '../ui/told.ts';

/** Where the checks are: not asked for, on their way, or here. */
export type ChecksState =
  | { is: 'none' }
  | { is: 'running' }
  | { is: 'done'; checks: readonly DoctorCheck[]; error: WireError | null };

interface Props {
  state: ChecksState;
  /** They run at once: the person came here for them. */
  atOnce: boolean;
  /** `fix`: what awsher can fix itself. */
  onRun: (fix: boolean) => void;
}

const ICONS = { ok: CheckIcon, fail: AlertIcon, skip: DashIcon } as const;
const WORDS = { ok: 'checkOk', fail: 'checkFail', skip: 'checkSkip' } as const;

/** The checks of `awsher doctor`: what is wrong comes first, with what to do. */
export function Checks({ state, atOnce, onRun }: Props) {
  useEffect(() => {
    if (atOnce) onRun(false);
  }, []);
  const running = state.is === 'running';
  const mendable =
    state.is === 'done' && state.checks.some((check) => check.state === 'fail' && check.fixable);
  return (
    <>
      <div class="check-head">
        <p class="check-summary" role="status">
          <Summary state={state} />
        </p>
        <div class="actions">
          {mendable && (
            <button type="button" class="button button-main" onClick={() => onRun(true)}>
              {t('fixChecks')}
            </button>
          )}
          <button
            type="button"
            class="button"
            aria-disabled={running}
            onClick={() => !running && onRun(false)}
          >
            {t(state.is === 'done' ? 'checkAgain' : 'runChecks')}
          </button>
        </div>
      </div>
      {state.is === 'done' && state.error && (
        <div class="panel panel-bad">
          <Problem error={state.error} />
        </div>
      )}
      {state.is === 'done' && state.checks.length > 0 && (
        <ul class="checks">
          {[...state.checks].sort(failuresFirst).map((check) => (
            <CheckRow key={check.id} check={check} />
          ))}
        </ul>
      )}
    </>
  );
}

function Summary({ state }: { state: ChecksState }) {
  if (state.is === 'none') return <>{t('checksBody')}</>;
  if (state.is === 'running') return <>{t('checksRunning')}</>;
  if (state.error) return null;
  const failed = state.checks.filter((check) => check.state === 'fail').length;
  return <>{failed === 0 ? t('checksGood') : t('checksBad', String(failed))}</>;
}

const failuresFirst = (a: DoctorCheck, b: DoctorCheck): number =>
  Number(b.state === 'fail') - Number(a.state === 'fail');

function CheckRow({ check }: { check: DoctorCheck }) {
  const { id, title, state, text, next } = check;
  const Sign = ICONS[state];
  const told = toldOf(CHECKS, id);
  return (
    <li class={`check check-${state}`}>
      <span class="check-sign">
        <Sign />
        <span class="unseen">{t(WORDS[state])}</span>
      </span>
      <div class="check-words">
        <p class="check-title">{told ? t(told[0]) : <span lang="en">{title}</span>}</p>
        {told && state === 'fail' && <p>{t(told[1])}</p>}
        {text.split('\n').map((line) => (
          <p key={line} class="quiet" lang="en" dir="auto">
            {line}
          </p>
        ))}
        {state === 'fail' && next !== null && <Next text={next} />}
      </div>
    </li>
  );
}

/** Several subjects have a line each; what is a command can be copied. */
function Next({ text }: { text: string }) {
  return (
    <>
      {text
        .split('\n')
        .map((line) =>
          /^awsher [\w -]+$/.test(line) ? (
            <Command key={line} text={line} />
          ) : (
            <Hint key={line} hint={line} />
          ),
        )}
    </>
  );
}
