import { describe, expect, it } from 'vitest';
import { createAwsClients } from '../../../../native-host/aws/calls/clients.ts';
import { openServerClock } from '../../../../native-host/aws/calls/server-clock.ts';
import type { TokenSubject } from '../../../../native-host/aws/tokens/token-subject.ts';
import { sleep } from '../../../../native-host/base/platform/context.ts';
import { readCatalogue, writeCatalogue } from '../../../../native-host/features/catalogue/store.ts';
import { updateCatalogue } from '../../../../native-host/features/catalogue/update.ts';
import type { UpdateOptions } from '../../../../native-host/features/catalogue/update-options.ts';
import type { CatalogueAccount } from '../../../../shared/catalogue/catalogue.ts';
import { openHome } from '../../../support/credentials/home.ts';
import { atEndOfFile } from '../../../support/end-of-file.ts';

// needs: seconds

const DAY = 24 * 3_600_000;

/** A home and a portal of the test's own, so that it waits beside the others. */
async function opened(options: Parameters<typeof openHome>[0] = {}) {
  const home = await openHome(options);
  atEndOfFile(() => home.close());
  const { startUrl, region } = home.idc;
  const subject: TokenSubject = { key: 'corp', login: 'awsher login corp', startUrl, region, legacyUrls: [] };

  async function update(options: Partial<UpdateOptions> = {}, signal?: AbortSignal, now = () => Date.now()) {
    const clients = createAwsClients({ env: home.env });
    const clock = openServerClock(home.paths, now);
    const deps = { paths: home.paths, clients, clock, sleep, ...(signal === undefined ? {} : { signal }) };
    try {
      return await updateCatalogue(deps, subject, { mode: 'due', ...options });
    } finally {
      clients.close();
    }
  }

  const asked = (operation: string) => home.idc.count(operation, { status: 200 });
  return { home, update, asked, known: () => readCatalogue(home.paths, 'corp') };
}

async function signedIn(options: Parameters<typeof openHome>[0] = {}) {
  const scene = await opened(options);
  await scene.home.signIn('corp');
  return scene;
}

describe.concurrent('updateCatalogue', () => {
  it('lists every account and role once, page by page', async () => {
    const accounts = [
      { accountId: '111111111111', accountName: 'one', emailAddress: 'one@example.com', roles: ['Admin'] },
      { accountId: '222222222222', roles: Array.from({ length: 250 }, (_, at) => `Role-${at}`) },
      { accountId: '333333333333', accountName: ']\n[evil', roles: [] },
    ];
    const { update, known } = await signedIn({ accounts });
    const told: string[] = [];
    const { catalogue, calls, left, changes } = await update({
      onAccount: ({ accountId }) => told.push(accountId),
    });
    expect(catalogue.accounts.map(({ accountId, roles }) => [accountId, roles])).toEqual(
      accounts.map(({ accountId, roles }) => [accountId, roles]),
    );
    expect(catalogue.accounts[0]).toMatchObject({ accountName: 'one', emailAddress: 'one@example.com' });
    expect(told.sort()).toEqual(accounts.map(({ accountId }) => accountId));
    expect([calls, left]).toEqual([1 + 1 + 3 + 1, 0]);
    expect(changes.newAccounts).toEqual([]);
    expect(known()).toEqual(catalogue);
  });

  it('asks again for the list of accounts alone, and says what is new, gone and renamed', async () => {
    const { home, update } = await signedIn({ accounts: 120, rolesPerAccount: 1 });
    await update();
    expect((await update()).calls).toBe(2);
    const { accounts } = home.idc;
    const gone = accounts.shift();
    accounts.push({ accountId: '999999999999', accountName: 'fresh', roles: ['Admin'] });
    Object.assign(accounts[0] ?? {}, { accountName: 'other name' });
    const { calls, changes, catalogue } = await update();
    expect(calls).toBe(3);
    expect(changes.newAccounts.map(({ accountId, roles }) => [accountId, roles])).toEqual([
      ['999999999999', ['Admin']],
    ]);
    expect(changes.goneAccounts.map(({ accountId }) => accountId)).toEqual([gone?.accountId]);
    expect(changes.renamed.map(({ account }) => account.accountName)).toEqual(['other name']);
    expect(catalogue.accounts).toHaveLength(120);
  });

  it('asks for old roles, or for all whatever their age', async () => {
    const { update } = await signedIn({ accounts: 8, rolesPerAccount: 1 });
    await update();
    const later = (mode: UpdateOptions['mode']) =>
      update({ mode }, undefined, () => Date.now() + DAY + 60_000);
    const stale = await later('stale');
    expect([stale.calls, stale.left]).toEqual([1 + 8, 0]);
    expect((await later('stale')).calls).toBe(1);
    expect((await later('all')).calls).toBe(9);
  });

  it('says which roles came and went', async () => {
    const { home, update } = await signedIn({ accounts: 3, rolesPerAccount: 2 });
    await update();
    const [account] = home.idc.accounts;
    account?.roles.splice(0, 1, 'Brand-new');
    const { changes } = await update({ mode: 'all' });
    expect(changes.roles).toMatchObject([{ added: ['Brand-new'], gone: ['AdministratorAccess'] }]);
  });

  it('asks for the wanted accounts first', async () => {
    const { home, update } = await signedIn({ accounts: 30, rolesPerAccount: 1 });
    const wanted = home.idc.accounts.slice(-2).map(({ accountId }) => accountId);
    const told: CatalogueAccount[] = [];
    await update({ first: wanted, onAccount: (account) => told.push(account) });
    expect(new Set(told.slice(0, 2).map(({ accountId }) => accountId))).toEqual(new Set(wanted));
  });

  it('notes a suspended account and goes on with the rest', async () => {
    const { home, update } = await signedIn({ accounts: 4, rolesPerAccount: 1 });
    const [suspended] = home.idc.accounts;
    home.idc.options.forbiddenAccounts = [suspended?.accountId ?? ''];
    const { catalogue } = await update();
    expect(catalogue.accounts.map(({ problem, roles }) => [problem, roles?.length])).toEqual([
      ['forbidden', 0],
      [null, 1],
      [null, 1],
      [null, 1],
    ]);
    home.idc.options.forbiddenAccounts = [];
    expect((await update({ mode: 'all' })).changes.problems.map(({ problem }) => problem)).toEqual([null]);
  });

  it('waits out 429 without end and honours Retry-After', async () => {
    const { home, update } = await signedIn({ accounts: 12, rolesPerAccount: 1 });
    home.idc.faults.add({ operation: 'ListAccountRoles', status: 429, times: 4 });
    const { catalogue, throttled } = await update();
    expect(throttled).toBe(4);
    expect(catalogue.accounts.every(({ roles }) => roles?.length === 1)).toBe(true);
  });

  it('tries again when AWS or the network fails, and gives up with what it has', async () => {
    const { home, update, known } = await signedIn({ accounts: 5, rolesPerAccount: 1 });
    home.idc.faults.add({ operation: 'ListAccountRoles', status: 500, times: 2 });
    home.idc.faults.add({ operation: 'ListAccounts', cut: 'before', times: 1 });
    expect((await update()).catalogue.accounts).toHaveLength(5);
    home.idc.faults.add({ operation: 'ListAccounts', status: 500 });
    await expect(update()).rejects.toMatchObject({ code: 'AWS_ERROR' });
    expect(known()?.accounts).toHaveLength(5);
  });

  it('renews a token that the portal refuses, once for all calls under way', async () => {
    const { home, update, asked } = await signedIn({ accounts: 10, rolesPerAccount: 1 });
    const before = asked('CreateToken');
    home.idc.faults.add({
      operation: 'ListAccountRoles',
      status: 401,
      type: 'UnauthorizedException',
      times: 1,
    });
    expect((await update()).catalogue.accounts.every(({ roles }) => roles?.length === 1)).toBe(true);
    expect(asked('CreateToken') - before).toBe(1);
  });

  it('asks for a sign-in when the renewed token is refused too', async () => {
    const { home, update } = await signedIn({ accounts: 20, rolesPerAccount: 1 });
    home.idc.faults.add({ operation: 'ListAccountRoles', status: 401, type: 'UnauthorizedException' });
    await expect(update()).rejects.toMatchObject({ code: 'TOKEN_REJECTED', exitCode: 4 });
  });

  it('begins nothing when nobody is signed in', async () => {
    const { update, known } = await opened();
    await expect(update()).rejects.toMatchObject({ code: 'SIGN_IN_NEEDED' });
    expect(known()).toBeNull();
  });

  it('goes on where it was interrupted', async () => {
    const { update } = await signedIn({ accounts: 20, rolesPerAccount: 1 });
    const stop = new AbortController();
    let heard = 0;
    const onAccount = () => {
      heard += 1;
      if (heard === 12) stop.abort(new Error('enough'));
    };
    await expect(update({ mode: 'all', onAccount }, stop.signal)).rejects.toThrow('enough');
    const progress: { done: number; total: number }[] = [];
    const { calls, catalogue } = await update({ mode: 'all', onProgress: (one) => progress.push(one) });
    expect(calls).toBe(1 + 20 - heard);
    expect(progress[0]).toMatchObject({ done: heard, total: 20 });
    expect(catalogue.accounts.every(({ roles }) => roles?.length === 1)).toBe(true);
    expect((await update({ mode: 'all' })).calls).toBe(21);
  });

  it('makes one listing of two at once, and tells both', async () => {
    const { update, asked } = await signedIn({ accounts: 15, rolesPerAccount: 1 });
    const told = [new Set<string>(), new Set<string>()];
    const both = await Promise.all(
      told.map((one) => update({ mode: 'all', onAccount: ({ accountId }) => one.add(accountId) })),
    );
    expect(asked('ListAccountRoles')).toBe(15);
    expect(asked('ListAccounts')).toBe(1);
    expect(both.map(({ catalogue }) => catalogue.accounts.length)).toEqual([15, 15]);
  });

  it('does not take what was listed at another portal for its own', async () => {
    const { home, update } = await signedIn({ accounts: 2 });
    const there = { startUrl: 'https://other.awsapps.com/start', region: home.idc.region };
    const stranger = {
      accountId: '999999999999',
      accountName: 'stranger',
      emailAddress: '',
      roles: ['Admin'],
      rolesAsOf: Date.now(),
      problem: null,
    };
    writeCatalogue(home.paths, { session: 'corp', ...there, accountsAsOf: Date.now(), accounts: [stranger] });
    const { catalogue, changes } = await update();
    expect(catalogue.accounts).toHaveLength(2);
    expect(changes.goneAccounts).toEqual([]);
  });
});
