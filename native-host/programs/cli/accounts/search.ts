import type { CatalogueAccount } from '../../../../shared/catalogue/catalogue.ts';

/**
 * `--search`: the accounts in which every word is found, in name, number, e-mail or a role. Words that are only in roles
 * leave only the roles that have them. Case does not matter. Pure.
 */
export function searchAccounts(
  accounts: readonly CatalogueAccount[],
  text: string | undefined,
): CatalogueAccount[] {
  const words = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...accounts];
  return accounts.flatMap((account) => {
    const own = `${account.accountName}\n${account.accountId}\n${account.emailAddress}`.toLowerCase();
    const left = words.filter((word) => !own.includes(word));
    if (left.length === 0) return [account];
    const roles = (account.roles ?? []).filter((role) =>
      left.every((word) => role.toLowerCase().includes(word)),
    );
    return roles.length === 0 ? [] : [{ ...account, roles }];
  });
}
