import type { AccountColour } from '../../../shared/catalogue/colours.ts';
import { productionTest } from '../../../shared/catalogue/production.ts';
import { searchable } from '../../../shared/catalogue/searchable.ts';
import { type KeptCatalogue, type RolePreferences, roleKey } from '../../../shared/protocol/roles.ts';

/** One account of one session, with everything that is searched already in lower case. */
export interface AccountEntry {
  readonly session: string;
  readonly startUrl: string;
  readonly accountId: string;
  /** AWS's name. */
  readonly accountName: string;
  /** The person's own name for it, else AWS's, else the number. */
  readonly title: string;
  readonly emailAddress: string;
  readonly colour: AccountColour;
  readonly production: boolean;
  /** Its roles were refused or are not listed yet. */
  readonly problem: 'forbidden' | 'unlisted' | null;
  readonly roles: readonly RoleEntry[];
  readonly lower: {
    readonly names: readonly string[];
    readonly email: string;
    readonly session: string;
  };
}

export interface RoleEntry {
  readonly key: string;
  readonly roleName: string;
  /** Lower case. */
  readonly lower: string;
  readonly account: AccountEntry;
}

export interface RoleIndex {
  readonly accounts: readonly AccountEntry[];
  readonly roles: ReadonlyMap<string, RoleEntry>;
  /** More than one session: then each account says which is its own. */
  readonly manySessions: boolean;
}

/** Everything that the list shows and the search looks at, made once per change of the data, never per key. */
export function buildIndex(catalogues: readonly KeptCatalogue[], preferences: RolePreferences): RoleIndex {
  const isProduction = productionTest(preferences.productionPattern);
  const accounts: AccountEntry[] = [];
  const roles = new Map<string, RoleEntry>();
  for (const { session, startUrl, accounts: listed } of catalogues) {
    for (const account of listed) {
      const { accountId, accountName, emailAddress, roles: names, problem } = account;
      const own = preferences.accounts[accountId];
      const title = own?.label || account.label || accountName || accountId;
      const entries: RoleEntry[] = [];
      const entry: AccountEntry = {
        session,
        startUrl,
        accountId,
        accountName,
        title,
        emailAddress,
        colour: own && own.colour !== 'none' ? own.colour : account.colour,
        production: account.production || isProduction(accountName) || isProduction(title),
        problem: problem ?? (names === null ? 'unlisted' : null),
        roles: entries,
        lower: {
          names: title === accountName ? [searchable(title)] : [searchable(title), searchable(accountName)],
          email: searchable(emailAddress),
          session: searchable(session),
        },
      };
      for (const roleName of names ?? []) {
        const key = roleKey({ session, accountId, roleName });
        const role = { key, roleName, lower: searchable(roleName), account: entry };
        entries.push(role);
        roles.set(key, role);
      }
      accounts.push(entry);
    }
  }
  return { accounts, roles, manySessions: catalogues.length > 1 };
}
