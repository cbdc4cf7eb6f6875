import type * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeCatalogue } from '../../../../native-host/features/catalogue/store.ts';
import type { Catalogue, CatalogueAccount } from '../../../../shared/catalogue/catalogue.ts';
import { MAX_MESSAGE_BYTES } from '../../../../shared/limits.ts';
import type { ListedAccount, ROLE_METHODS } from '../../../../shared/protocol/roles.ts';
import { type Home, openHome } from '../../../support/credentials/home.ts';
import { inventAccounts } from '../../../support/identity-center/catalogue.ts';
import { HELLO, type RealHost, startHost } from './real-host.ts';

let home: Home;
let host: RealHost;
let config: string;
const accounts = inventAccounts(6, 3);
const [first] = accounts;
const role = { session: 'corp', accountId: first?.accountId ?? '', roleName: 'ReadOnlyAccess' };

beforeEach(async () => {
  home = await openHome({ accounts });
  // Comments, odd spaces and a missing last newline are the person's.
  config = `# mine\r\n[profile  old]\nregion=eu-west-1 # here\n\n[sso-session corp]\nsso_start_url = ${home.idc.startUrl}\nsso_region = us-east-1`;
  home.config(config);
  await home.signIn();
  host = startHost({ home: home.home, env: home.env });
  await host.extension.call('hello', HELLO);
});
afterEach(async () => {
  host.child.kill('SIGKILL');
  await host.ended;
  await home.close();
});

type Page = v.InferOutput<(typeof ROLE_METHODS)['catalogue.list']['result']>;

function keep(listed: readonly CatalogueAccount[]): void {
  const { startUrl } = home.idc;
  const catalogue: Catalogue = {
    session: 'corp',
    startUrl,
    region: 'us-east-1',
    accountsAsOf: 7,
    accounts: listed,
  };
  writeCatalogue(home.paths, catalogue);
}
const known = ({ accountId, accountName = '', emailAddress = '', roles }: (typeof accounts)[number]) => ({
  accountId,
  accountName,
  emailAddress,
  roles,
  rolesAsOf: 7,
  problem: null,
});

describe('the host, about accounts and roles', () => {
  it('lists thousands of them in messages that browsers take, each account once', async () => {
    const many = inventAccounts(4_000, 5).map(known);
    keep([
      ...many,
      { ...known(many[0] ?? fail()), accountId: '999999999999', roles: ['Admin', 'x\u001b[2J', ''] },
    ]);
    const listed: ListedAccount[] = [];
    let pages = 0;
    for (let cursor: number | null = 0; cursor !== null; pages++) {
      const page: Page = await host.extension.call('catalogue.list', { session: 'corp', cursor });
      expect(page.accountsAsOf).toBe(7);
      listed.push(...page.accounts);
      cursor = page.next;
    }
    expect(pages).toBeGreaterThan(2);
    expect(listed.map(({ accountId }) => accountId)).toEqual([
      ...many.map(({ accountId }) => accountId),
      '999999999999',
    ]);
    expect(listed.at(-1)?.roles).toEqual(['Admin']);
    const longest = Math.max(...host.frames.map((frame) => Buffer.byteLength(JSON.stringify(frame))));
    expect(longest).toBeLessThan(MAX_MESSAGE_BYTES);
  });

  it('knows nothing of a session that was never listed, and refuses one that the config does not have', async () => {
    const page = await host.extension.call('catalogue.list', { session: 'corp', cursor: 0 });
    expect(page).toMatchObject({ accountsAsOf: null, accounts: [], next: null });
    const other = host.extension.call('catalogue.list', { session: 'other', cursor: 0 });
    await expect(other).rejects.toMatchObject({ code: 'SESSION_UNKNOWN' });
  });

  it('makes a profile once, in its own block, every other byte as it was', async () => {
    keep(accounts.map(known));
    const made = await host.extension.call('profile.ensure', role);
    expect(made).toEqual({ profile: 'payments-dev_ReadOnlyAccess', created: true });
    const after = home.read('.aws/config');
    expect(after.startsWith(config)).toBe(true);
    expect(after.slice(config.length)).toContain('[profile payments-dev_ReadOnlyAccess]');
    expect(after.slice(config.length)).toContain(`sso_account_id = ${role.accountId}`);
    expect(await host.extension.call('profile.ensure', role)).toEqual({ ...made, created: false });
    expect(home.read('.aws/config')).toBe(after);
  });

  it('gives a role the name that a sync of the whole list gives it, never one that two accounts share', async () => {
    const alike = ['111111111111', '222222222222'].map((accountId) => ({
      ...known(first ?? fail()),
      accountId,
      accountName: 'Prod',
      roles: ['Admin'],
    }));
    keep(alike);
    const ask = (accountId: string) =>
      host.extension.call('profile.ensure', { session: 'corp', accountId, roleName: 'Admin' });
    expect(await ask('222222222222')).toEqual({ profile: 'prod-222222222222_Admin', created: true });
    expect(await ask('111111111111')).toEqual({ profile: 'prod-111111111111_Admin', created: true });
    expect(home.read('.aws/config').match(/^\[profile /gm)).toHaveLength(3);
  });

  it('takes the profile that the person has for the role, and writes nothing', async () => {
    const own = `${config}\n\n[profile mine]\nsso_session = corp\nsso_account_id = ${role.accountId}\nsso_role_name = ${role.roleName}\n`;
    home.config(own);
    keep(accounts.map(known));
    const found = await host.extension.call('profile.ensure', role);
    expect(found).toEqual({ profile: 'mine', created: false });
    expect(home.read('.aws/config')).toBe(own);
  });

  it("tells where the credentials of the role's profile come from, in the resolver's own words", async () => {
    keep(accounts.map(known));
    const none = await host.extension.call('role.explain', role);
    expect(none).toEqual({ profile: null, verdict: '', lines: [] });
    expect(home.read('.aws/config')).toBe(config);
    const { profile } = await host.extension.call('profile.ensure', role);
    const told = await host.extension.call('role.explain', role);
    expect(told.profile).toBe(profile);
    expect(told.lines[0]).toMatchObject({ depth: 0, title: `profile ${profile}` });
    const taken = told.lines.find(({ depth, mark }) => depth === 1 && mark === 'taken');
    expect(taken).toMatchObject({
      title: 'Identity Center',
      place: expect.stringMatching(/^~\/.aws\/config:\d+$/),
    });
    expect(home.idc.count('GetRoleCredentials')).toBe(0);
  });

  it('gives short-lived keys of a role that the session can reach', async () => {
    keep(accounts.map(known));
    const keys = await host.extension.call('keys.show', role);
    expect(keys.accessKeyId).toMatch(/^ASIA/);
    expect(keys.expiresAt).toBeGreaterThan(Date.now() / 1000);
    expect(home.idc.secrets).toContain(keys.secretAccessKey.expose());
    expect(home.read('.local/state/awsher/host.log')).not.toContain(keys.sessionToken.expose());
  });

  it.each([
    ['another role', { ...role, roleName: 'NotMine' }],
    ['another account', { ...role, accountId: '000000000000' }],
    ['another session', { ...role, session: 'other' }],
  ])('does nothing for %s', async (_, asked) => {
    keep(accounts.map(known));
    for (const method of ['profile.ensure', 'role.explain', 'keys.show'] as const)
      await expect(host.extension.call(method, asked)).rejects.toMatchObject({ code: 'ROLE_UNKNOWN' });
    expect(home.read('.aws/config')).toBe(config);
    expect(home.idc.count('GetRoleCredentials')).toBe(0);
  });

  it('says that a sign-in is needed when a sign-out has taken the list', async () => {
    for (const method of ['profile.ensure', 'role.explain', 'keys.show'] as const)
      await expect(host.extension.call(method, role)).rejects.toMatchObject({ code: 'SIGN_IN_NEEDED' });
  });

  it.each([
    { ...role, accountId: '../../etc' },
    { ...role, roleName: 'a]\n[profile x' },
  ])('takes no message like %j', async (asked) => {
    await expect(host.extension.call('profile.ensure', asked)).rejects.toMatchObject({
      code: 'PROTOCOL_MESSAGE',
    });
  });
});

function fail(): never {
  throw new Error('there is no account');
}
