import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { toAwsherError, type WireError } from '../../../shared/errors/awsher-error.ts';
import { copyText } from '../../platform/pages.ts';
import type { RolesLink } from '../../platform/roles-link.ts';
import { now, startTimer } from '../../platform/time.ts';
import { locale, t } from '../../ui/i18n.ts';
import { moment, stopwatch } from '../../ui/times.ts';
import { useNow } from '../../ui/use-now.ts';
import type { RoleEntry } from './role-index.ts';
import { keyLines } from './shell-lines.ts';
import { StepPanel } from './step-panel.tsx';

/** How long keys stay on the screen. */
const SHOWN_MS = 60_000;

interface Props {
  role: RoleEntry;
  link: RolesLink;
  onBack(): void;
}

type Phase =
  | { kind: 'asking' }
  | { kind: 'fetching' }
  | { kind: 'shown'; lines: readonly string[]; expiresAt: number; hideAt: number }
  | { kind: 'hidden' }
  | { kind: 'failed'; error: WireError };

/**
 * The deliberate second step: short-lived keys, for a minute. They are in this component and nowhere else, and go when
 * the time is over, when the window loses the focus, and with the component.
 */
export function KeysStep({ role, link, onBack }: Props) {
  const [phase, setPhase] = useState<Phase>({ kind: 'asking' });
  const [copied, setCopied] = useState(false);
  const section = useRef<HTMLElement>(null);
  const { session, accountId } = role.account;
  const lastAsk = useRef(0);
  const away = useRef(false);

  const hide = (): void => {
    lastAsk.current += 1;
    setCopied(false);
    setPhase((before) =>
      before.kind === 'shown' || before.kind === 'fetching' ? { kind: 'hidden' } : before,
    );
  };
  useEffect(() => {
    const leave = (): void => {
      away.current = true;
      hide();
    };
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') leave();
    };
    addEventListener('blur', leave);
    addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      lastAsk.current += 1;
      removeEventListener('blur', leave);
      removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', hidden);
    };
  }, []);
  useEffect(() => {
    if (phase.kind !== 'shown') return;
    return startTimer(Math.max(0, phase.hideAt - now()), hide);
  }, [phase]);
  // The button that had the focus is gone; not to another one, so that a key held down shows nothing. A window that lost
  // the focus keeps that.
  useLayoutEffect(() => {
    if (!away.current) section.current?.focus();
    away.current = false;
  }, [phase.kind]);

  const fetchKeys = async (): Promise<void> => {
    const mine = ++lastAsk.current;
    setPhase({ kind: 'fetching' });
    try {
      const answer = await link.ask({ type: 'keys', role: { session, accountId, roleName: role.roleName } });
      if (answer.type !== 'keys' || mine !== lastAsk.current) return;
      const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = answer;
      const lines = keyLines({
        accessKeyId,
        secretAccessKey: secretAccessKey.expose(),
        sessionToken: sessionToken.expose(),
      });
      setPhase({ kind: 'shown', lines, expiresAt: expiresAt * 1000, hideAt: now() + SHOWN_MS });
    } catch (thrown) {
      if (mine !== lastAsk.current) return;
      setPhase({ kind: 'failed', error: toAwsherError(thrown).toWire() });
    }
  };

  return (
    <StepPanel
      kind="keys"
      title={t('keysTitle', role.roleName)}
      section={section}
      error={phase.kind === 'failed' ? phase.error : null}
      onBack={onBack}
      buttons={
        phase.kind === 'shown' ? (
          <>
            <button
              type="button"
              class="button button-main"
              onClick={async () => setCopied(await copyText(phase.lines.join('\n')))}
            >
              {copied ? t('copied') : t('copy')}
            </button>
            <button type="button" class="button" onClick={hide}>
              {t('keysHide')}
            </button>
          </>
        ) : (
          <button
            type="button"
            class="button button-bad"
            aria-disabled={phase.kind === 'fetching'}
            onClick={() => phase.kind !== 'fetching' && void fetchKeys()}
          >
            {phase.kind === 'fetching' ? t('keysFetching') : t('keysShowNow')}
          </button>
        )
      }
    >
      {phase.kind === 'shown' ? (
        <>
          <pre class="key-lines" dir="ltr" translate={false}>
            {phase.lines.map((line) => (
              <code key={line.split('=')[0]}>{`${shortLine(line)}
`}</code>
            ))}
          </pre>
          <Countdown hideAt={phase.hideAt} expiresAt={phase.expiresAt} />
        </>
      ) : (
        <p class="quiet" role="status">
          {phase.kind === 'hidden' ? t('keysHidden') : t('keysWarning')}
        </p>
      )}
    </StepPanel>
  );
}

/** Nobody types a session token: its beginning is enough to see that it is there, and all of it is copied. */
function shortLine(line: string): string {
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
}
const LONGEST_LINE = 80;

function Countdown({ hideAt, expiresAt }: { hideAt: number; expiresAt: number }) {
  const at = useNow(1_000);
  const left = Math.max(0, hideAt - at);
  return (
    <p class="quiet keys-left">
      <span class="keys-bar" aria-hidden="true">
        <span style={{ inlineSize: `${Math.round((100 * left) / SHOWN_MS)}%` }} />
      </span>
      {t('keysLeft', stopwatch(left), moment(expiresAt, at, locale()))}
    </p>
  );
}
