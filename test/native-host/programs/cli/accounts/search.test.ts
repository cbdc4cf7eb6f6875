import { describe, expect, it } from 'vitest';
import { parseIni } from '../../../../../native-host/base/formats/ini-document.ts';
import { readSharedConfig } from '../../../../../native-host/base/formats/profiles.ts';
import { searchAccounts } from '../../../../../native-host/programs/cli/accounts/search.ts';
import { fuzzySearch, prepare } from '../../../../../native-host/programs/cli/pick/fuzzy.ts';
import { profileEntries } from '../../../../../native-host/programs/cli/pick/profile-entries.ts';
import type { CatalogueAccount } from '../../../../../shared/catalogue/catalogue.ts';

const account = (accountId: string, accountName: string, ...roles: string[]): CatalogueAccount => ({
  accountId,
  accountName,
  emailAddress: `aws+${accountId.slice(0, 3)}@example.com`,
  roles,
  rolesAsOf: 1,
  problem: null,
});
const ACCOUNTS = [
  account('111111111111', 'Payments Dev', 'AdministratorAccess', 'ReadOnlyAccess'),
  account('222222222222', 'Payments Prod', 'ReadOnlyAccess', 'Billing'),
  account('333333333333', 'Café Zürich', 'DataReader'),
  account('444444444444', '本番アカウント', 'Admin'),
  account('555555555555', '개발팀 결제', 'Admin'),
  account('666666666666', 'prod-10', 'PowerUser'),
];
const TREE = { session: 'corp', startUrl: '', region: '', accountsAsOf: 1, accounts: ACCOUNTS };

/** What the list to type in shows for a text, as `account role`. */
function picked(text: string): string[] {
  const config = readSharedConfig({ file: 'config', document: parseIni('') });
  return fuzzySearch(prepare(profileEntries(config, [TREE], [], 0)), text)
    .map(({ value }) => (value.kind === 'role' ? `${value.accountId} ${value.roleName}` : value.name))
    .sort();
}

const searched = (text: string): string[] =>
  searchAccounts(ACCOUNTS, text, 'corp')
    .flatMap(({ accountId, roles }) => (roles ?? []).map((role) => `${accountId} ${role}`))
    .sort();

describe('the list to type in and `accounts --search`', () => {
  it.each([
    ['read', 3],
    ['READ prod', 1],
    ['pdadm', 3],
    ['cafe zurich', 1],
    ['CAFÉ', 1],
    ['Cafe\u0301', 1],
    ['2222', 2],
    ['prod', 3],
    ['prod-10', 1],
    ['本番', 1],
    ['결제 admin', 1],
    ['ｐａｙ', 4],
    ['+333@', 1],
    ['corp', 8],
    ['zzz', 0],
    ['payments zurich', 0],
  ])('find the same for %j: %i roles', (text, count) => {
    expect(searched(text)).toEqual(picked(text));
    expect(searched(text)).toHaveLength(count);
  });
});
