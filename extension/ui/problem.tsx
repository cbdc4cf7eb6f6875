import type { WireError } from '../../shared/errors/awsher-error.ts';
import type { SessionView, ViewRequest } from '../../shared/protocol/internal.ts';
import { openOptions } from '../platform/pages.ts';
import { Command } from './command.tsx';
import { helpFor } from './help-for.ts';
import { hintParts } from './hint-parts.ts';
import { t } from './i18n.ts';
import { TOLD } from './told.ts';

/** The texts of a code or a check; none in English, where the exact words say all, and none for what a newer host sends. */
export function toldOf<T>(table: Readonly<Record<string, T | null>>, name: string): T | undefined {
  return t('locale') !== 'en' && Object.hasOwn(table, name) ? (table[name] ?? undefined) : undefined;
}

interface HintProps {
  hint: string;
  /** The next step in the person's language, where there is one. */
  next?: string | undefined;
}

/** The next step: its words, and its commands ready to be copied. The exact words of a hint are in English everywhere. */
export function Hint({ hint, next }: HintProps) {
  return (
    <div class="hint">
      {next && <p class="hint-next">{next}</p>}
      {hintParts(hint).map(({ kind, text }) =>
        kind === 'command' ? (
          <Command key={text} text={text} />
        ) : (
          <p key={text} lang="en" dir="auto">
            {text}
          </p>
        ),
      )}
    </div>
  );
}

/** The hint of an error. */
export function NextStep({ error: { code, hint } }: { error: WireError }) {
  const next = toldOf(TOLD, code)?.[1];
  return hint ? <Hint hint={hint} next={next && t(next)} /> : null;
}

/** What went wrong in one sentence; before the exact one, which is English, what its code says in the person's language. */
export function ProblemSentence({ error }: { error: WireError }) {
  const own = toldOf(TOLD, error.code)?.[0];
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
      <NextStep error={error} />
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
      {!(cure && commands.length > 0) && <NextStep error={error} />}
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
