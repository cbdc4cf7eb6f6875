import type { Catalogue, CatalogueAccount } from '../../../shared/catalogue/catalogue.ts';

/** What is different between two states of a catalogue. Accounts in their newer form; those that are gone in their last. */
export interface CatalogueChanges {
  readonly newAccounts: readonly CatalogueAccount[];
  readonly goneAccounts: readonly CatalogueAccount[];
  readonly renamed: readonly { readonly account: CatalogueAccount; readonly before: string }[];
  /** Of accounts that were listed before and are still there. */
  readonly roles: readonly {
    readonly account: CatalogueAccount;
    readonly added: readonly string[];
    readonly gone: readonly string[];
  }[];
  /** Roles can no longer be listed, or can again. */
  readonly problems: readonly CatalogueAccount[];
}

/** Compares two states. With none before, or none complete, nothing is called new: all of it is. */
export function changesBetween(before: Catalogue | null, after: Catalogue): CatalogueChanges {
  if (before === null || before.accountsAsOf === null)
    return { newAccounts: [], goneAccounts: [], renamed: [], roles: [], problems: [] };
  const old = new Map(before.accounts.map((one) => [one.accountId, one]));
  const ids = new Set(after.accounts.map(({ accountId }) => accountId));
  const kept = after.accounts.flatMap((account) => {
    const was = old.get(account.accountId);
    return was === undefined ? [] : [{ account, was }];
  });
  return {
    newAccounts: after.accounts.filter(({ accountId }) => !old.has(accountId)),
    goneAccounts: before.accounts.filter(({ accountId }) => !ids.has(accountId)),
    renamed: kept.flatMap(({ account, was }) =>
      account.accountName === was.accountName ? [] : [{ account, before: was.accountName }],
    ),
    roles: kept.flatMap(({ account, was }) => {
      if (was.roles === null || account.roles === null) return [];
      const [then, now] = [new Set(was.roles), new Set(account.roles)];
      const added = account.roles.filter((role) => !then.has(role));
      const gone = was.roles.filter((role) => !now.has(role));
      return added.length + gone.length === 0 ? [] : [{ account, added, gone }];
    }),
    problems: kept.flatMap(({ account, was }) => (account.problem === was.problem ? [] : [account])),
  };
}
