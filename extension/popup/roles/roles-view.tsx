import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ViewState } from '../../../shared/protocol/internal.ts';
import type { CatalogueChanged, KeptCatalogue } from '../../../shared/protocol/roles.ts';
import { locale, t } from '../../ui/i18n.ts';
import { CrossIcon, SearchIcon } from '../../ui/icons.tsx';
import { ProblemSentence } from '../../ui/problem.tsx';
import { isSignedIn } from '../../ui/session-words.ts';
import { ago } from '../../ui/times.ts';
import { useNow } from '../../ui/use-now.ts';
import type { ViewProps } from '../view-props.ts';
import { listRows } from './list-rows.ts';
import { describeAccount, noteUse, toggleFavourite } from './preferences.ts';
import { buildIndex, type RoleEntry } from './role-index.ts';
import { LIST_ID, optionId, RoleList } from './role-list.tsx';
import { RolePanel } from './role-panel.tsx';
import { searchWords } from './search.ts';
import { useRoles } from './use-roles.ts';

type Props = Pick<ViewProps, 'state' | 'go'>;

const PAGE = 8;

/** Accounts and roles: type, choose, go. The search field has the focus; everything else is one Tab away. */
export function RolesView({ state, go }: Props) {
  const sessions = signedIn(state);
  const { catalogues, preferences, progress, link, change } = useRoles(sessions);
  const [typed, setTyped] = useState('');
  /** Id of a line; what stands before it may change. `null`: the first. */
  const [chosen, setChosen] = useState<string | null>(null);
  const [asked, setAsked] = useState<{ action: 'console' | 'terminal'; turn: number } | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const { accounts: described, productionPattern } = preferences;
  const index = useMemo(
    () => buildIndex(catalogues ?? [], preferences),
    [catalogues, described, productionPattern],
  );
  const model = useMemo(() => listRows(index, typed, preferences), [index, typed, preferences]);
  const words = useMemo(() => searchWords(typed), [typed]);
  const favourites = useMemo(() => new Set(preferences.favourites), [preferences.favourites]);
  // As soon as it is there: with the view, or with the first accounts.
  const searchable = index.accounts.length > 0;
  useLayoutEffect(() => search.current?.focus(), [searchable]);

  const idOf = (option: number): string | null => model.rows[model.options[option] ?? -1]?.id ?? null;
  const at = chosen === null ? 0 : model.options.findIndex((_, option) => idOf(option) === chosen);
  const active = Math.min(Math.max(at, 0), model.options.length - 1);
  const row = model.rows[model.options[active] ?? -1];
  const role = row?.kind === 'role' ? row.role : null;
  const ask = (action: 'console' | 'terminal'): void => {
    setAsked((before) => ({ action, turn: (before?.turn ?? 0) + 1 }));
  };

  const onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const last = model.options.length - 1;
    const go = (to: number): void => {
      event.preventDefault();
      setChosen(idOf(Math.max(0, Math.min(last, to))));
    };
    switch (event.key) {
      case 'ArrowDown':
        go(active + 1);
        break;
      case 'ArrowUp':
        go(active - 1);
        break;
      case 'PageDown':
        go(active + PAGE);
        break;
      case 'PageUp':
        go(active - PAGE);
        break;
      case 'Enter':
        event.preventDefault();
        if (role && !event.repeat) ask(event.shiftKey ? 'terminal' : 'console');
        break;
      case 'Escape':
        // With nothing typed the browser closes the popup.
        if (typed === '') break;
        event.preventDefault();
        setTyped('');
        setChosen(null);
    }
  };

  if (catalogues === null) return <div class="roles" aria-busy="true" />;
  if (!searchable) return <Nothing go={go} sessions={sessions} progress={progress} />;
  return (
    <div class="roles">
      <div class="search role-search">
        <SearchIcon />
        <input
          ref={search}
          type="text"
          role="combobox"
          spellcheck={false}
          autocomplete="off"
          aria-label={t('rolesSearch')}
          placeholder={t('rolesSearch')}
          aria-expanded={model.rows.length > 0}
          aria-autocomplete="list"
          {...(model.rows.length > 0 ? { 'aria-controls': LIST_ID } : {})}
          {...(role ? { 'aria-activedescendant': optionId(active) } : {})}
          value={typed}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setChosen(null);
          }}
          onKeyDown={onKey}
        />
        {typed !== '' && (
          <button
            type="button"
            class="button-icon"
            aria-label={t('clearSearch')}
            onClick={() => {
              setTyped('');
              setChosen(null);
              search.current?.focus();
            }}
          >
            <CrossIcon />
          </button>
        )}
      </div>
      <Status
        count={words.length === 0 ? index.roles.size : model.options.length}
        catalogues={catalogues}
        progress={progress}
      />
      {model.rows.length === 0 ? (
        <p class="role-none">{t('rolesNoMatch', typed.trim())}</p>
      ) : (
        <RoleList
          model={model}
          active={active}
          words={words}
          favourites={favourites}
          manySessions={index.manySessions}
          search={search}
          onChoose={(option) => setChosen(idOf(option))}
          onOpen={() => ask('console')}
        />
      )}
      {role && (
        <RolePanel
          key={role.key}
          role={role}
          favourite={favourites.has(role.key)}
          label={described[role.account.accountId]?.label ?? ''}
          colour={role.account.colour}
          link={link}
          asked={asked}
          onSignIn={() => go('sessions')}
          onUse={({ key }: RoleEntry) => change((before) => noteUse(before, key))}
          onFavourite={({ key }: RoleEntry) => change((before) => toggleFavourite(before, key))}
          onDescribe={(accountId, as) => change((before) => describeAccount(before, accountId, as))}
        />
      )}
      <Legend />
    </div>
  );
}

/** Sessions that the host can ask AWS for. */
function signedIn(state: ViewState): string[] {
  if (state.host.state !== 'connected') return [];
  return state.sessions.filter(isSignedIn).map(({ target }) => target.session);
}

/** How many fit, and how old the list is or how its update goes. */
function Status({
  count,
  catalogues,
  progress,
}: {
  count: number;
  catalogues: readonly KeptCatalogue[];
  progress: ReadonlyMap<string, CatalogueChanged>;
}) {
  const now = useNow(60_000);
  const running = [...progress.values()].find(({ ended }) => !ended);
  const failed = [...progress.values()].find(({ error }) => error !== null);
  const times = catalogues.map(({ accountsAsOf }) => accountsAsOf).filter((at) => at !== null);
  const number = new Intl.NumberFormat(locale());
  return (
    <div class="role-status">
      <span role="status">{count === 1 ? t('rolesCountOne') : t('rolesCount', number.format(count))}</span>
      {running && running.total > 0 ? (
        <span>{t('rolesListing', number.format(running.done), number.format(running.total))}</span>
      ) : failed?.error ? (
        <span class="role-status-failed" title={failed.error.message}>
          {t('rolesNotRenewed')}
        </span>
      ) : times.length > 0 ? (
        <span>{t('rolesAsOf', ago(Math.min(...times), now, locale()))}</span>
      ) : null}
    </div>
  );
}

/** No accounts yet: why, and what happens next. */
function Nothing({
  go,
  sessions,
  progress,
}: Pick<Props, 'go'> & { sessions: readonly string[]; progress: ReadonlyMap<string, CatalogueChanged> }) {
  const running = [...progress.values()].find(({ ended }) => !ended);
  const failed = [...progress.values()].find(({ error }) => error !== null);
  const ended = sessions.length > 0 && sessions.every((session) => progress.get(session)?.ended);
  const number = new Intl.NumberFormat(locale());
  const body =
    sessions.length === 0
      ? t('rolesSignInFirst')
      : running && running.total > 0
        ? t('rolesListing', number.format(running.done), number.format(running.total))
        : ended && !failed
          ? t('rolesEmpty')
          : t('rolesFirstListing');
  return (
    <section class="empty roles-empty">
      <span class="empty-picture">
        <SearchIcon />
      </span>
      <h2>{t('rolesTitle')}</h2>
      {failed?.error ? <ProblemSentence error={failed.error} /> : <p role="status">{body}</p>}
      {sessions.length === 0 && (
        <button type="button" class="button button-main" onClick={() => go('sessions')}>
          {t('rolesToSessions')}
        </button>
      )}
    </section>
  );
}

function Legend() {
  return (
    <p class="legend">
      <span>
        <kbd>↑</kbd>
        <kbd>↓</kbd> {t('legendChoose')}
      </span>
      <span>
        <kbd>⏎</kbd> {t('legendConsole')}
      </span>
      <span>
        <kbd>⇧⏎</kbd> {t('legendTerminal')}
      </span>
      <span>
        <kbd>⇥</kbd> {t('legendMore')}
      </span>
    </p>
  );
}
