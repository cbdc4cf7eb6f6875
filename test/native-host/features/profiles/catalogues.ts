import fc from 'fast-check';
import type { Catalogue, CatalogueAccount } from '../../../../shared/catalogue/catalogue.ts';
import { anyCharacter } from '../../../support/any-character.ts';
import { HOSTILE_NAMES } from '../../../support/identity-center/catalogue.ts';

/** A catalogue with these accounts, all listed. */
export function catalogueOf(
  accounts: readonly (readonly [accountId: string, accountName: string, roles: readonly string[]])[],
  more: Partial<Catalogue> = {},
): Catalogue {
  return {
    session: 'corp',
    startUrl: 'https://corp.awsapps.com/start',
    region: 'us-east-1',
    accountsAsOf: 1,
    accounts: accounts.map(([accountId, accountName, roles]) => accountOf(accountId, accountName, roles)),
    ...more,
  };
}

/** An account whose roles were listed. */
export function accountOf(
  accountId: string,
  accountName: string,
  roles: readonly string[] | null,
): CatalogueAccount {
  return { accountId, accountName, emailAddress: '', roles, rolesAsOf: 1, problem: null };
}

const accountName = fc.oneof(
  fc.constantFrom('prod', 'Prod', 'prod!', 'dev', 'prod-111111111111'),
  fc.constantFrom(...HOSTILE_NAMES),
  fc.string({ unit: anyCharacter, maxLength: 60 }),
);
const role = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('Admin', 'admin', 'ReadOnly', 'a,b', 'a=b', '-', '.', 'A@b+c') },
  { weight: 1, arbitrary: fc.constantFrom('evil\nregion = x', 'sp ace', '', 'r'.repeat(65), 'é') },
);
const account = fc
  .tuple(
    fc.constantFrom('111111111111', '222222222222', '333333333333', '000000000001', '999999999999', '12'),
    accountName,
    fc.option(fc.uniqueArray(role, { maxLength: 5 }), { freq: 8 }),
  )
  .map(([id, name, roles]) => accountOf(id, name, roles));

/** What a session may reach, or what an attacker would like it to. */
export const anyCatalogue: fc.Arbitrary<Catalogue> = fc
  .uniqueArray(account, { maxLength: 6, selector: ({ accountId }) => accountId })
  .map((accounts) => ({ ...catalogueOf([]), accounts }));
