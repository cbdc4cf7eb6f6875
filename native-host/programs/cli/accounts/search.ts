import type { CatalogueAccount } from '../../../../shared/catalogue/catalogue.ts';
import { fuzzySearch, prepare } from '../pick/fuzzy.ts';
import { shown } from './account-words.ts';

/**
 * `--search`: the accounts that the list to type in would show for the same words, by name, number, e-mail or a role, also
 * letter by letter. Words that are only in roles leave only the roles that have them. Pure.
 */
export function searchAccounts(
  accounts: readonly CatalogueAccount[],
  text: string | undefined,
): CatalogueAccount[] {
  if (text === undefined || text.trim() === '') return [...accounts];
  const isFound = (label: string, detail: string): boolean =>
    fuzzySearch(prepare([{ value: null, label, detail, weight: 0 }]), text).length > 0;
  return accounts.flatMap((account) => {
    const name = shown(account.accountName) || account.accountId;
    const detail = `${account.accountId} · ${shown(account.emailAddress)}`;
    if (isFound(name, detail)) return [account];
    const roles = (account.roles ?? []).filter((role) => isFound(`${name} · ${role}`, detail));
    return roles.length === 0 ? [] : [{ ...account, roles }];
  });
}
