import { describe, expect, it } from 'vitest';
import { listRows } from '../../../../extension/popup/roles/list-rows.ts';
import { describeAccount, noteUse, toggleFavourite } from '../../../../extension/popup/roles/preferences.ts';
import { buildIndex } from '../../../../extension/popup/roles/role-index.ts';
import { highlight, searchRoles } from '../../../../extension/popup/roles/search.ts';
import { DEFAULT_PRODUCTION_PATTERN } from '../../../../shared/catalogue/production.ts';
import type { KeptCatalogue, RolePreferences } from '../../../../shared/protocol/roles.ts';

const NONE: RolePreferences = {
  favourites: [],
  recents: [],
  accounts: {},
  productionPattern: DEFAULT_PRODUCTION_PATTERN,
};
const account = (accountId: string, accountName: string, roles: string[] | null = ['Admin', 'ReadOnly']) => ({
  accountId,
  accountName,
  emailAddress: `aws+${accountName}@example.com`,
  roles,
  problem: null,
  label: '',
  colour: 'none' as const,
  production: false,
});
const CORP: KeptCatalogue = {
  session: 'corp',
  startUrl: 'https://corp.awsapps.com/start',
  accountsAsOf: 1,
  accounts: [
    account('111122223333', 'payments-dev'),
    account('111122223334', 'payments-prod', ['Admin', 'ReadOnly', 'Billing']),
    account('999988887777', 'Search Production'),
    account('555566667777', 'preprod-payments'),
    account('222233334444', 'İstanbul ﬁnance', null),
  ],
};

function found(typed: string, preferences = NONE, catalogues = [CORP]): string[] {
  const index = buildIndex(catalogues, preferences);
  const liked = { favourites: new Set(preferences.favourites), recents: new Set(preferences.recents) };
  return searchRoles(index, typed, liked).map(
    ({ account: { title }, roles }) => `${title}: ${roles.map(({ roleName }) => roleName).join(' ')}`,
  );
}

describe('the search over roles', () => {
  it('fits everything when nothing is typed, in the order of AWS', () => {
    expect(found(' ')).toHaveLength(5);
    expect(found('')[0]).toBe('payments-dev: Admin ReadOnly');
  });

  it('wants every word somewhere: account, number, address, session or role', () => {
    expect(found('payments billing')).toEqual(['payments-prod: Billing']);
    expect(found('9999 read')).toEqual(['Search Production: ReadOnly']);
    expect(found('aws+search admin')).toEqual(['Search Production: Admin']);
    expect(found('corp billing')).toEqual(['payments-prod: Billing']);
    expect(found('payments nothing')).toEqual([]);
  });

  it('ranks a beginning before a word before an inside', () => {
    expect(found('payments admin')).toEqual([
      'payments-dev: Admin',
      'payments-prod: Admin',
      'preprod-payments: Admin',
    ]);
    expect(found('prod admin')).toEqual([
      'payments-prod: Admin',
      'Search Production: Admin',
      'preprod-payments: Admin',
    ]);
  });

  it('takes letters in their order for a word, and one that stands there for more', () => {
    expect(found('pypr bill')).toEqual(['payments-prod: Billing']);
    expect(found('zzqq')).toEqual([]);
    expect(found('a'.repeat(200))).toEqual([]);
  });

  it('does not mind capitals, compatibility forms, or an account whose roles are not known yet', () => {
    expect(found('FINANCE')).toEqual(['İstanbul ﬁnance: ']);
    expect(found('PAYMENTS-DEV READONLY')).toEqual(['payments-dev: ReadOnly']);
  });

  it('puts a favourite first among equals, then what was used', () => {
    const key = 'corp 111122223334 ReadOnly';
    expect(found('readonly', { ...NONE, favourites: [key] })[0]).toBe('payments-prod: ReadOnly');
    expect(found('readonly', { ...NONE, recents: [key] })[0]).toBe('payments-prod: ReadOnly');
  });

  it('finds an account under its own name and under that of AWS', () => {
    const named = describeAccount(NONE, '111122223333', { label: ' Sandbox of Ana ', colour: 'turquoise' });
    expect(found('sandbox admin', named)).toEqual(['Sandbox of Ana: Admin']);
    expect(found('payments-dev admin', named)).toEqual(['Sandbox of Ana: Admin']);
  });

  it('marks what fits, and nothing where places do not agree', () => {
    expect(highlight('payments-prod', ['pay', 'prod'])).toEqual([
      { text: 'pay', hit: true },
      { text: 'ments-', hit: false },
      { text: 'prod', hit: true },
    ]);
    expect(highlight('ﬁnance', ['fin'])).toEqual([{ text: 'ﬁnance', hit: false }]);
    expect(highlight('x', [])).toEqual([{ text: 'x', hit: false }]);
  });
});

describe('the lines of the list', () => {
  const star = 'corp 111122223334 Admin';
  const used = 'corp 999988887777 ReadOnly';

  it('puts favourites and what was used before all accounts, and numbers every role', () => {
    let preferences = toggleFavourite(NONE, star);
    preferences = noteUse(noteUse(preferences, star), used);
    const { rows, options } = listRows(buildIndex([CORP], preferences), '', preferences);
    expect(rows.slice(0, 5).map(({ id }) => id)).toEqual([
      'favourites',
      `favourites ${star}`,
      'recents',
      `recents ${used}`,
      'all',
    ]);
    const roles = rows.filter((row) => row.kind === 'role');
    expect(roles.map(({ option }) => option)).toEqual(roles.map((_, at) => at));
    expect(options.map((at) => rows[at]?.kind)).toEqual(roles.map(() => 'role'));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  it('leaves out stars of roles that are gone, and headings without need', () => {
    const preferences = { ...NONE, favourites: ['corp 000000000000 Admin'] };
    const { rows } = listRows(buildIndex([CORP], preferences), '', preferences);
    expect(rows[0]?.kind).toBe('account');
    expect(listRows(buildIndex([CORP], preferences), 'payments', preferences).rows[0]?.kind).toBe('account');
  });

  it('takes a star off again, keeps twenty of what was used, and no empty name', () => {
    expect(toggleFavourite(toggleFavourite(NONE, star), star).favourites).toEqual([]);
    let many = NONE;
    for (let at = 0; at < 30; at++) many = noteUse(many, `corp ${at}`);
    expect(many.recents).toHaveLength(20);
    expect(many.recents[0]).toBe('corp 29');
    const named = describeAccount(NONE, '111122223333', { label: 'x', colour: 'none' });
    expect(describeAccount(named, '111122223333', { label: ' ', colour: 'none' }).accounts).toEqual({});
  });

  it('marks production by the name of AWS also under another name', () => {
    const preferences = describeAccount(NONE, '111122223334', { label: 'Till', colour: 'red' });
    const { accounts, manySessions } = buildIndex([CORP, { ...CORP, session: 'lab' }], preferences);
    expect(manySessions).toBe(true);
    expect(accounts.filter(({ production }) => production).map(({ title }) => title)).toEqual([
      'Till',
      'Search Production',
      'Till',
      'Search Production',
    ]);
  });
});
