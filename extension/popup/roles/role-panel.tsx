import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AccountColour } from '../../../shared/catalogue/colours.ts';
import { toAwsherError, type WireError } from '../../../shared/errors/awsher-error.ts';
import { copyText, openOptions } from '../../platform/pages.ts';
import type { RolesLink } from '../../platform/roles-link.ts';
import { Command } from '../../ui/command.tsx';
import { helpFor } from '../../ui/help-for.ts';
import { t } from '../../ui/i18n.ts';
import { CheckIcon, ChevronIcon, StarIcon } from '../../ui/icons.tsx';
import { NextStep, ProblemSentence } from '../../ui/problem.tsx';
import { AccountForm } from './account-form.tsx';
import { ExplainStep } from './explain-step.tsx';
import { KeysStep } from './keys-step.tsx';
import type { RoleEntry } from './role-index.ts';
import { Production } from './role-list.tsx';
import { type CopyKind, copyLine } from './shell-lines.ts';

interface Props {
  role: RoleEntry;
  favourite: boolean;
  label: string;
  colour: AccountColour;
  link: RolesLink;
  /** A role was used: it is one of the recents now. */
  onUse(role: RoleEntry): void;
  onFavourite(role: RoleEntry): void;
  /** Leads to where one signs in. */
  onSignIn(): void;
  onDescribe(accountId: string, as: { label: string; colour: AccountColour }): void;
  /** The two actions that the search field's keys start, under the name of the one that was asked for. */
  asked: { action: 'console' | 'terminal'; turn: number } | null;
}

const NEEDS_SIGN_IN: ReadonlySet<string> = new Set(['SIGN_IN_NEEDED', 'TOKEN_REJECTED']);

type Shown =
  | { kind: 'actions' }
  | { kind: 'busy'; what: 'console' | 'profile' }
  | { kind: 'copied'; profile: string; created: boolean; line: string; done: boolean }
  | { kind: 'failed'; error: WireError }
  | { kind: 'explain' }
  | { kind: 'keys' }
  | { kind: 'describe' };

/** What can be done with the chosen role. */
export function RolePanel(props: Props) {
  const { role, favourite, link, onUse, onFavourite, onSignIn, asked } = props;
  const { account } = role;
  const [shown, setShown] = useState<Shown>({ kind: 'actions' });
  const [more, setMore] = useState(false);
  const ref = { session: account.session, accountId: account.accountId, roleName: role.roleName };
  const fail = (thrown: unknown): void => {
    setShown({ kind: 'failed', error: toAwsherError(thrown).toWire() });
  };

  const openConsole = (): void => {
    setShown({ kind: 'busy', what: 'console' });
    onUse(role);
    link.ask({ type: 'console', role: ref }).then(() => setShown({ kind: 'actions' }), fail);
  };
  const copy = (kind: CopyKind): void => {
    setShown({ kind: 'busy', what: 'profile' });
    onUse(role);
    link.ask({ type: 'profile', role: ref }).then(async (answer) => {
      if (answer.type !== 'profile') return;
      const line = copyLine(kind, answer.profile);
      setShown({ kind: 'copied', ...answer, line, done: await copyText(line) });
    }, fail);
  };

  const turn = useRef(asked?.turn ?? 0);
  useEffect(() => {
    if (!asked || asked.turn === turn.current) return;
    turn.current = asked.turn;
    if (asked.action === 'console') openConsole();
    else copy('use');
  }, [asked?.turn]);

  const back = (): void => setShown({ kind: 'actions' });
  if (shown.kind === 'keys') return <KeysStep role={role} link={link} onBack={back} />;
  if (shown.kind === 'explain') return <ExplainStep role={role} link={link} onBack={back} />;
  if (shown.kind === 'describe') {
    const { label, colour, onDescribe } = props;
    return (
      <AccountForm
        account={account}
        label={label}
        colour={colour}
        onSave={(as) => {
          onDescribe(account.accountId, as);
          back();
        }}
        onBack={back}
      />
    );
  }
  const busy = shown.kind === 'busy';
  return (
    <section
      class={`role-panel ${account.production ? 'role-panel-production' : ''}`}
      aria-label={t('roleActions')}
    >
      <div class="role-panel-head">
        <span class={`stripe colour-${account.colour}`} />
        <div class="role-panel-words">
          <h2 title={role.roleName}>
            <bdi>{role.roleName}</bdi>
          </h2>
          <p class="account-line">
            <bdi title={account.title}>{account.title}</bdi>
            <span dir="ltr">{account.accountId}</span>
          </p>
        </div>
        {account.production && (
          <>
            <Production />
            <span class="unseen">{t('production')}</span>
          </>
        )}
        <button
          type="button"
          class={favourite ? 'button-icon star star-on' : 'button-icon star'}
          aria-pressed={favourite}
          aria-label={t('favourite')}
          title={t('favourite')}
          onClick={() => onFavourite(role)}
        >
          <StarIcon filled={favourite} />
        </button>
      </div>
      <div class="role-buttons">
        <button
          type="button"
          class="button button-main"
          aria-disabled={busy}
          onClick={() => busy || openConsole()}
        >
          {t('openConsole')}
        </button>
        <button type="button" class="button" aria-disabled={busy} onClick={() => busy || copy('use')}>
          {t('useInTerminal')}
        </button>
        <button
          type="button"
          class="button more"
          aria-expanded={more}
          aria-label={t('moreActions')}
          title={t('moreActions')}
          onClick={() => setMore(!more)}
        >
          <ChevronIcon />
        </button>
      </div>
      <Outcome shown={shown} onSignIn={onSignIn} />
      {more && (
        <div class="role-more">
          <Plain onClick={() => copy('name')}>{t('copyProfileName')}</Plain>
          <Plain onClick={() => copy('export')}>{t('copyExport')}</Plain>
          <Plain onClick={() => setShown({ kind: 'explain' })}>{t('explainRole')}</Plain>
          <Plain onClick={() => setShown({ kind: 'describe' })}>{t('nameAndColour')}</Plain>
          <Plain onClick={() => setShown({ kind: 'keys' })}>{t('showKeys')}</Plain>
        </div>
      )}
    </section>
  );
}

function Plain({ onClick, children }: { onClick: () => void; children: ComponentChildren }) {
  return (
    <button type="button" class="button-plain" onClick={onClick}>
      {children}
    </button>
  );
}

/** How the last action went. The sentence is a live region; it is there before anything is said. */
function Outcome({ shown, onSignIn }: { shown: Shown; onSignIn(): void }) {
  return (
    <>
      <p class="role-outcome" role="status">
        {shown.kind === 'busy' && (
          <span class="late">{t(shown.what === 'console' ? 'consoleOpening' : 'profileMaking')}</span>
        )}
        {shown.kind === 'copied' && (
          <>
            <CheckIcon />
            <span>
              {shown.created ? t('profileCreated', shown.profile) : t('profileReady', shown.profile)}{' '}
              {shown.done && t('pasteIt')}
            </span>
          </>
        )}
      </p>
      {shown.kind === 'copied' && <Command text={shown.line} />}
      {shown.kind === 'failed' && (
        <div class="role-failed" role="alert">
          <ProblemSentence error={shown.error} />
          {NEEDS_SIGN_IN.has(shown.error.code) ? (
            <div class="actions">
              <button type="button" class="button" onClick={onSignIn}>
                {t('rolesToSessions')}
              </button>
            </div>
          ) : (
            <RoleCure error={shown.error} />
          )}
        </div>
      )}
    </>
  );
}

/** What the checks can find, and fix, has their button; anything else its hint. */
function RoleCure({ error }: { error: WireError }) {
  if (helpFor(error.code, false) !== 'checks') return <NextStep error={error} />;
  return (
    <div class="actions">
      <button type="button" class="button" onClick={() => openOptions('checks')}>
        {t('runChecks')}
      </button>
    </div>
  );
}
