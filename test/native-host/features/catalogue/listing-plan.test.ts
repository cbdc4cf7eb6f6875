import { expect, it } from 'vitest';
import { planRoles, staleCount } from '../../../../native-host/features/catalogue/listing-plan.ts';
import type { CatalogueAccount } from '../../../../shared/catalogue/catalogue.ts';

const HOUR = 3_600_000;
const NOW = 1_000 * HOUR;

/** Account number `at`, whose roles were listed so many hours ago. */
function account(at: number, hoursAgo: number | null): CatalogueAccount {
  return {
    accountId: String(100_000_000_000 + at),
    accountName: `account ${at}`,
    emailAddress: '',
    roles: hoursAgo === null ? null : ['Admin'],
    rolesAsOf: hoursAgo === null ? null : NOW - hoursAgo * HOUR,
    problem: null,
  };
}

const plan = (
  accounts: CatalogueAccount[],
  mode: 'due' | 'stale' | 'all',
  first: string[] = [],
  since = NOW,
) =>
  planRoles(accounts, { mode, now: NOW, since, first }).map(({ accountId }) => Number(accountId.slice(-6)));

it.each<[mode: 'due' | 'stale' | 'all', hoursAgo: (number | null)[], order: number[]]>([
  ['due', [1, 23, 24, 30, null], [4, 3, 2]],
  ['stale', [1, 23, 24, 30, null], [4, 3, 2]],
  ['all', [1, 23, 24, 30, null], [4, 3, 2, 1, 0]],
  // From a clock that was wrong.
  ['due', [-48, 1], [0]],
])('%s: of roles listed %j hours ago it asks %j', (mode, hoursAgo, order) => {
  expect(
    plan(
      hoursAgo.map((hours, at) => account(at, hours)),
      mode,
    ),
  ).toEqual(order);
});

it('asks wanted accounts first', () => {
  const accounts = [account(0, null), account(1, null), account(2, 40), account(3, 50)];
  const first = ['100000000002', '100000000001'];
  expect(plan(accounts, 'stale', first)).toEqual([1, 0, 2, 3]);
});

it('goes on with an interrupted `all`', () => {
  expect(plan([account(0, 3), account(1, 1)], 'all', [], NOW - 2 * HOUR)).toEqual([0]);
});

it.each<[accounts: number, calls: number]>([
  [30, 30],
  [60, 39],
  [400, 36],
  [1_300, 118],
])('asks no more than a tenth of a full listing, or forty: %i accounts, %i roles', (count, calls) => {
  const accounts = Array.from({ length: count }, (_, at) => account(at, 30 + at));
  const asked = plan(accounts, 'due');
  expect(asked).toHaveLength(calls);
  expect(asked[0]).toBe(count - 1);
  expect(staleCount({ accounts }, NOW)).toBe(count);
});
