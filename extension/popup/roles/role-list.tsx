import type { RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { t } from '../../ui/i18n.ts';
import { StarIcon } from '../../ui/icons.tsx';
import type { ListModel, ListRow, Section } from './list-rows.ts';
import { rowRem } from './list-rows.ts';
import type { AccountEntry } from './role-index.ts';
import { highlight } from './search.ts';
import { useVirtual } from './use-virtual.ts';

export const LIST_ID = 'role-list';

interface Props {
  model: ListModel;
  /** Number of the chosen option, -1 for none. */
  active: number;
  words: readonly string[];
  favourites: ReadonlySet<string>;
  manySessions: boolean;
  /** The field that keeps the focus while the list is walked through. */
  search: RefObject<HTMLInputElement | null>;
  onChoose(option: number): void;
  onOpen(option: number): void;
}

/** The id of an option, as the search field refers to it. */
export const optionId = (option: number): string => `role-option-${option}`;

/**
 * Thousands of roles, of which only those in sight are in the page. A listbox that the search field owns: its options
 * say where they stand in the whole list, and the chosen one is always there.
 */
export function RoleList(props: Props) {
  const { model, active, words, favourites, manySessions, onChoose, onOpen, search } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const rem = useMemo(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16, []);
  const sizeOf = useMemo(() => (index: number) => Math.round(rowRem(model.rows[index]) * rem), [model, rem]);
  const keyOf = useMemo(() => (index: number) => model.rows[index]?.id ?? String(index), [model]);
  const pinned = model.options[active] ?? -1;
  const { items, total, height, scrollTo } = useVirtual({
    scroller,
    count: model.rows.length,
    sizeOf,
    keyOf,
    pinned,
  });

  useLayoutEffect(() => {
    if (active <= 0) scroller.current?.scrollTo({ top: 0 });
    else scrollTo(pinned);
  }, [pinned, model, height]);

  return (
    <div class="role-list" ref={scroller} tabIndex={-1}>
      <div
        id={LIST_ID}
        class="role-sizer"
        role="listbox"
        aria-label={t('rolesListLabel')}
        style={{ blockSize: `${total}px` }}
      >
        {items.map(({ index, start, size, key }) => {
          const row = model.rows[index];
          if (row === undefined) return null;
          const place = { insetBlockStart: `${start}px`, blockSize: `${size}px` };
          if (row.kind !== 'role')
            return <Heading key={key} row={row} place={place} words={words} many={manySessions} />;
          const { role, option, alone } = row;
          const favourite = favourites.has(role.key);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the search field
            <div
              key={key}
              id={optionId(option)}
              role="option"
              tabIndex={-1}
              class={`role-row ${alone ? 'role-alone' : ''}`}
              style={place}
              aria-selected={option === active}
              aria-setsize={model.options.length}
              aria-posinset={option + 1}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                onChoose(option);
                search.current?.focus();
              }}
              onDblClick={() => onOpen(option)}
            >
              {alone && <span class={`stripe colour-${role.account.colour}`} />}
              <span class="role-words">
                <span class="role-name" title={role.roleName}>
                  <bdi>
                    <Marked text={role.roleName} words={words} />
                  </bdi>
                </span>
                <span class="unseen">{spokenRest(role.account, favourite, manySessions)}</span>
                {alone && <AccountLine account={role.account} many={manySessions} />}
              </span>
              {alone && role.account.production && <Production />}
              {favourite && <StarIcon filled />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface HeadingProps {
  row: Exclude<ListRow, { kind: 'role' }>;
  place: { insetBlockStart: string; blockSize: string };
  words: readonly string[];
  many: boolean;
}

/** What the eye needs to find its way; every option says the same to the ear. */
function Heading({ row, place, words, many }: HeadingProps) {
  if (row.kind === 'section') {
    return (
      <div class="role-section" style={place} aria-hidden="true">
        {t(SECTION_WORDS[row.section])}
      </div>
    );
  }
  const { account } = row;
  return (
    <div class="role-account" style={place} aria-hidden="true">
      <span class={`stripe colour-${account.colour}`} />
      <span class="account-title" title={account.title}>
        <bdi>
          <Marked text={account.title} words={words} />
        </bdi>
      </span>
      {account.problem === 'forbidden' && <span class="account-note">{t('rolesForbidden')}</span>}
      {account.problem === 'unlisted' && <span class="account-note">{t('rolesUnlisted')}</span>}
      {account.production && <Production />}
      <span class="account-number">
        <bdi dir="ltr">
          <Marked text={account.accountId} words={words} />
        </bdi>
      </span>
      {many && (
        <span class="account-session" title={account.session}>
          <bdi>{account.session}</bdi>
        </span>
      )}
    </div>
  );
}
const SECTION_WORDS = {
  favourites: 'rolesFavorites',
  recents: 'rolesRecents',
  all: 'rolesAll',
} as const satisfies Record<Section, string>;

function AccountLine({ account, many }: { account: AccountEntry; many: boolean }) {
  return (
    <span class="account-line" aria-hidden="true">
      <bdi title={account.title}>{account.title}</bdi>
      <span dir="ltr">{account.accountId}</span>
      {many && <bdi title={account.session}>{account.session}</bdi>}
    </span>
  );
}

/** The mark of an account that deserves care. */
export const Production = () => (
  <span class="production" title={t('production')} aria-hidden="true">
    {t('productionShort')}
  </span>
);

function Marked({ text, words }: { text: string; words: readonly string[] }) {
  return (
    <>
      {highlight(text, words).map((piece, at) =>
        piece.hit ? <mark key={`${at} ${piece.text}`}>{piece.text}</mark> : piece.text,
      )}
    </>
  );
}

/** What an option says to the ear after the role's name. */
function spokenRest(account: AccountEntry, favourite: boolean, many: boolean): string {
  const { title, accountId, session, production } = account;
  const parts = [t('inAccount', title, accountId)];
  if (many) parts.push(session);
  if (production) parts.push(t('production'));
  if (favourite) parts.push(t('favourite'));
  return ` ${parts.join(', ')}`;
}
