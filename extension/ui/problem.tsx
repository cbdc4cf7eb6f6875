import type { WireError } from '../../shared/errors/awsher-error.ts';
import type { SessionView, ViewRequest } from '../../shared/protocol/internal.ts';
import { openOptions } from '../platform/pages.ts';
import { Command } from './command.tsx';
import { helpFor } from './help-for.ts';
import { hintParts } from './hint-parts.ts';
import { t } from './i18n.ts';

/** The next step of an error: its words, and its commands ready to be copied. Hints are in English everywhere. */
export function Hint({ hint }: { hint: string }) {
  return (
    <div class="hint" lang="en" dir="ltr">
      {hintParts(hint).map(({ kind, text }) =>
        kind === 'command' ? <Command key={text} text={text} /> : <p key={text}>{text}</p>,
      )}
    </div>
  );
}

/** Codes whose meaning is said in the person's language; the others speak English alone. */
const TOLD = [
  'error_SIGN_IN_TIMEOUT',
  'error_CODE_EXPIRED',
  'error_SIGN_IN_CANCELLED',
  'error_SIGN_IN_DENIED',
  'error_SIGN_IN_FAILED',
  'error_NETWORK',
  'error_HOST_LOST',
  'error_BROWSER_LOST',
  'error_REGION_WRONG',
  'error_THROTTLED',
  'error_FILE_WRITE',
  'error_INTERNAL',
  'error_SIGN_IN_NEEDED',
  'error_TOKEN_REJECTED',
  'error_ROLE_FORBIDDEN',
  'error_ROLE_UNKNOWN',
  'error_AWS_ERROR',
  'error_CONFIG_INVALID',
  'error_CONFIG_CHANGED',
  'error_SETTINGS_INVALID',
  'error_SESSION_UNKNOWN',
  'error_SESSION_CONFLICT',
  'error_START_URL_INVALID',
  'error_REGION_INVALID',
  'error_NAME_INVALID',
  'error_FILE_READ',
  'error_FILE_CORRUPT',
  'error_FILE_OWNER',
  'error_LOCK_TIMEOUT',
  'error_PERMISSION_MISSING',
  'error_DEVICE_CODES_OFF',
  'error_AGENT_DENIED',
  'error_PROFILE_UNUSABLE',
] as const;

/** What went wrong in one sentence; before the exact one, which is English, what its code says in the person's language. */
export function ProblemSentence({ error }: { error: WireError }) {
  const own = t('locale') === 'en' ? undefined : TOLD.find((key) => key === `error_${error.code}`);
  return (
    <>
      {own && <p class="problem-sentence">{t(own)}</p>}
      <p class={own ? 'quiet' : 'problem-sentence'} lang="en" dir="auto">
        {error.message}
      </p>
    </>
  );
}

/** What went wrong, and the next step. */
export function Problem({ error }: { error: WireError }) {
  return (
    <>
      <ProblemSentence error={error} />
      {error.hint && <Hint hint={error.hint} />}
    </>
  );
}

interface CureProps {
  view: SessionView;
  error: WireError;
  /** The command on this computer is connected: what needs it can be done. */
  connected: boolean;
  send: (request: ViewRequest) => void;
  onDismiss?: () => void;
}

/**
 * What helps after a sign-in that failed: the one button that does it, or else what there is to do. A hint that would have
 * the person type what the button does is not shown.
 */
export function Cure({ view, error, connected, send, onDismiss }: CureProps) {
  const session = view.target.session;
  const help = helpFor(error.code, view.source === 'extension');
  const cure = {
    retry: connected && (['tryAgain', () => send({ type: 'authorize', session })] as const),
    region: connected && (['findRegion', () => send({ type: 'session.region', session })] as const),
    edit: ['editSession', () => openOptions(`edit=${encodeURIComponent(session)}`)] as const,
    checks: ['runChecks', () => openOptions('checks')] as const,
    none: false as const,
  }[help];
  const commands = hintParts(error.hint ?? '').filter(({ kind }) => kind === 'command');
  const checks = help === 'retry' && commands.some(({ text }) => text === 'awsher doctor');
  return (
    <>
      {error.hint && !(cure && commands.length > 0) && <Hint hint={error.hint} />}
      {(cure || onDismiss) && (
        <div class="actions">
          {cure && (
            <button type="button" class="button button-main" onClick={cure[1]}>
              {t(cure[0])}
            </button>
          )}
          {cure && checks && (
            <button type="button" class="button" onClick={() => openOptions('checks')}>
              {t('runChecks')}
            </button>
          )}
          {onDismiss && (
            <button type="button" class="button" onClick={onDismiss}>
              {t('dismiss')}
            </button>
          )}
        </div>
      )}
    </>
  );
}
