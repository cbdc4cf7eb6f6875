import type { RolePreferences } from '../../../shared/protocol/roles.ts';
import type { AccountEntry, RoleEntry, RoleIndex } from './role-index.ts';
import { type Found, searchRoles, searchWords } from './search.ts';

/** One line of the list. Only roles can be chosen; `option` counts them from 0. */
export type ListRow =
  | { readonly kind: 'section'; readonly id: string; readonly section: Section }
  | { readonly kind: 'account'; readonly id: string; readonly account: AccountEntry }
  | {
      readonly kind: 'role';
      readonly id: string;
      readonly role: RoleEntry;
      readonly option: number;
      /** Beside its account's line, or alone with the account in it. */
      readonly alone: boolean;
    };
export type Section = 'favourites' | 'recents' | 'all';

export interface ListModel {
  readonly rows: readonly ListRow[];
  /** Index in `rows` of each role that can be chosen. */
  readonly options: readonly number[];
}

/** Height of each kind of line in rem. */
const ROW_REM = { section: 1.875, account: 2.125, role: 2.125, alone: 2.875 } as const;

export function rowRem(row: ListRow | undefined): number {
  if (row === undefined) return 0;
  return row.kind === 'role' && row.alone ? ROW_REM.alone : ROW_REM[row.kind];
}

const RECENTS_SHOWN = 5;

/** The lines for a typed text: with nothing typed favourites and what was used last stand before all accounts. */
export function listRows(index: RoleIndex, typed: string, preferences: RolePreferences): ListModel {
  const rows: ListRow[] = [];
  const options: number[] = [];
  const favourites = new Set(preferences.favourites);
  const recents = new Set(preferences.recents);
  const add = (role: RoleEntry, section: Section, alone: boolean): void => {
    options.push(rows.length);
    const id = `${section} ${role.key}`;
    rows.push({ kind: 'role', id, role, option: options.length - 1, alone });
  };
  const addSection = (section: Section, keys: Iterable<string>): void => {
    const known = [...keys].map((key) => index.roles.get(key)).filter((role) => role !== undefined);
    if (known.length === 0) return;
    rows.push({ kind: 'section', id: section, section });
    for (const role of known) add(role, section, true);
  };
  if (searchWords(typed).length === 0) {
    addSection('favourites', favourites);
    const fresh = preferences.recents.filter((key) => !favourites.has(key) && index.roles.has(key));
    addSection('recents', fresh.slice(0, RECENTS_SHOWN));
    if (rows.length > 0) rows.push({ kind: 'section', id: 'all', section: 'all' });
  }
  for (const { account, roles } of searchRoles(index, typed, { favourites, recents }) satisfies Found[]) {
    rows.push({ kind: 'account', id: `${account.session} ${account.accountId}`, account });
    for (const role of roles) add(role, 'all', false);
  }
  return { rows, options };
}
