import type { CatalogueAccount } from '../../../../shared/catalogue/catalogue.ts';
import { fuzzySearch, prepare } from '../pick/fuzzy.ts';
import { roleWords } from './account-words.ts';

/**
 * `--search`: the roles that the list to type in would show for the same words, by their accounts, and the accounts without
 * roles that the words fit. Pure.
 */
export function searchAccounts(
  accounts: readonly CatalogueAccount[],
  text: string | undefined,
  session: string,
): CatalogueAccount[] {
  if (text === undefined || text.trim() === '') return [...accounts];
  return accounts.flatMap((account) => {
    const isFound = (role: string | null): boolean =>
      fuzzySearch(prepare([{ value: null, ...roleWords(account, role, session), weight: 0 }]), text).length >
      0;
    const all = account.roles ?? [];
    const roles = all.filter(isFound);
    return roles.length > 0 || (all.length === 0 && isFound(null)) ? [{ ...account, roles }] : [];
  });
}
