import { expect, it } from 'vitest';
import type { RolesMessage } from '../../../../shared/protocol/roles.ts';
import { KNOWN } from '../stage/host.ts';
import { stage } from '../stage.ts';

const account = (accountId: string, more: object = {}) => ({
  accountId,
  accountName: 'Dev',
  emailAddress: '',
  roles: ['Admin'],
  problem: null,
  label: '',
  colour: 'none',
  production: false,
  ...more,
});
const ROLE = { session: 'corp', accountId: '111111111111', roleName: 'Admin' };
const PAGE = { startUrl: KNOWN.startUrl, region: 'us-east-1', accountsAsOf: 1 };
const LISTED = {
  session: 'corp',
  startUrl: KNOWN.startUrl,
  accountsAsOf: 1,
  accounts: [account('111111111111')],
};
const HOST = {
  'sessions.list': () => ({ sessions: [KNOWN] }),
  'catalogue.list': ({ cursor }: { cursor: number }) => ({
    ...PAGE,
    accounts: [account(cursor === 0 ? '111111111111' : '222222222222')],
    next: cursor === 0 ? 1 : null,
  }),
  'catalogue.refresh': () => ({}),
  'profile.ensure': () => ({ profile: 'dev', created: true }),
  'role.explain': () => ({ profile: 'dev', verdict: 'Good.', lines: [] }),
  'keys.show': () => ({
    accessKeyId: 'AKIA',
    secretAccessKey: 'secret-key',
    sessionToken: 'session-token',
    expiresAt: 4_000_000_000,
  }),
};
async function opened(host: object = {}, local: object = {}) {
  const own = await stage({ host: { ...HOST, ...host }, local });
  const port = own.connect<RolesMessage>('roles');
  const ask = async (what: object, id = 1) => {
    await port.send({ id, ask: what });
    await own.until(() => port.got.some((one) => 'id' in one && one.id === id));
    return port.got.find((one) => 'id' in one && one.id === id);
  };
  return { own, port, ask, kept: () => Object(own.browser.areas.local?.catalogues) };
}

it('all pages of a session are kept, and sessions that are gone are not', async () => {
  const { ask, kept, own } = await opened({}, { catalogues: [{ ...LISTED, session: 'gone' }] });
  expect(await ask({ type: 'refresh', session: 'corp' })).toEqual({ type: 'done', id: 1 });
  expect(kept()).toMatchObject([
    { session: 'corp', accounts: [{ accountId: '111111111111' }, { accountId: '222222222222' }] },
  ]);
  expect(own.called).toContain('catalogue.refresh');
});

it('a list that changes between two pages is fetched anew, and not for ever', async () => {
  let asOf = 0;
  const changing = ({ cursor }: { cursor: number }) => ({
    ...PAGE,
    accountsAsOf: asOf++,
    accounts: [],
    next: cursor + 1,
  });
  const { ask } = await opened({ 'catalogue.list': changing });
  expect(await ask({ type: 'refresh', session: 'corp' })).toMatchObject({
    type: 'failed',
    error: { code: 'PROTOCOL_MESSAGE' },
  });
});

it('a list that changed once is whole, with nothing of the one before', async () => {
  let asOf = 1;
  const list = ({ cursor }: { cursor: number }) => {
    const page = {
      ...PAGE,
      accountsAsOf: asOf,
      accounts: [account(`11111111111${cursor}`)],
      next: cursor < 2 ? cursor + 1 : null,
    };
    asOf = 2;
    return page;
  };
  const { ask, kept } = await opened({ 'catalogue.list': list });
  await ask({ type: 'refresh', session: 'corp' });
  expect(kept()[0].accounts.map((one: { accountId: string }) => one.accountId)).toEqual([
    '111111111110',
    '111111111111',
    '111111111112',
  ]);
});

it('what is no question gets no answer', async () => {
  const { own, port } = await opened();
  await port.send({ id: 1, ask: { type: 'everything' } });
  await own.pass(50);
  expect(port.got).toEqual([]);
});

it('progress is told to every port; what is there so far is shown every two seconds and at the end', async () => {
  const { own, port, kept } = await opened();
  const progress = { session: 'corp', done: 1, total: 2, ended: false, error: null };
  const lists = () => own.called.filter((one) => one === 'catalogue.list').length;
  await own.pass(0);
  own.host().notify('catalogue.changed', progress);
  own.host().notify('catalogue.changed', progress);
  await own.pass(50);
  expect(lists()).toBe(2);
  own.host().notify('catalogue.changed', { ...progress, ended: true });
  await own.pass(50);
  expect(lists()).toBe(4);
  expect(port.got.filter(({ type }) => type === 'progress')).toHaveLength(3);
  expect(kept()).toHaveLength(1);
  port.close();
  own.host().notify('catalogue.changed', progress);
  await own.pass(0);
  expect(port.got.filter(({ type }) => type === 'progress')).toHaveLength(3);
});

it('the console of a role that is listed opens by the portal; of another one not', async () => {
  const { own, ask } = await opened({}, { catalogues: [LISTED] });
  expect(await ask({ type: 'console', role: ROLE })).toEqual({ type: 'done', id: 1 });
  expect(own.browser.done.at(-1)).toMatch(/^open https:\/\/corp\.awsapps\.com\/start\/.*111111111111/);
  expect(await ask({ type: 'console', role: { ...ROLE, roleName: 'Other' } }, 2)).toMatchObject({
    error: { code: 'ROLE_UNKNOWN' },
  });
});

const wanted = { label: '', watch: false, ask: false, consoleContainer: true };
const own = { label: 'Mine', colour: 'red' };
const theirs = account('111111111111', { label: 'Ours', colour: 'blue' });
const bare = account('111111111111');
it.each<[string, string, object, object | null, object, RegExp]>([
  [
    'of the account as the person has it',
    'Firefox/153',
    theirs,
    own,
    wanted,
    /^open ext\+container:name=.*Mine.*color=red/,
  ],
  [
    'as the team has it',
    'Firefox/153',
    theirs,
    { label: '', colour: 'none' },
    wanted,
    /^open ext\+container:name=.*Ours.*color=blue/,
  ],
  ['as AWS has it', 'Firefox/153', bare, null, wanted, /^open ext\+container:name=.*Dev/],
  [
    'only if the person wants that',
    'Firefox/153',
    theirs,
    own,
    { ...wanted, consoleContainer: false },
    /^open https:/,
  ],
  ['only in Firefox', 'Chrome/156', theirs, own, wanted, /^open https:/],
])('the console opens in a container %s', async (_name, userAgent, listed, mine, settings, opens) => {
  const roles = {
    favourites: [],
    recents: [],
    accounts: mine ? { 111111111111: mine } : {},
    productionPattern: '',
  };
  const local = { catalogues: [{ ...LISTED, accounts: [account('999999999999'), listed] }], settings, roles };
  const there = await stage({ host: HOST, local, userAgent });
  const port = there.connect<RolesMessage>('roles');
  await port.send({ id: 1, ask: { type: 'console', role: ROLE } });
  await there.until(() => port.got.length > 0);
  expect(there.browser.done.at(-1)).toMatch(opens);
  const url = 'https://corp.awsapps.com/start/#/console?account_id=111111111111&role_name=Admin';
  await there.over(there.host().call('console.open', { url }));
  expect(there.browser.done.at(-2)).toMatch(opens);
});

it.each([
  ['profile', { type: 'profile', profile: 'dev', created: true }],
  ['explain', { type: 'explain', profile: 'dev', verdict: 'Good.', lines: [] }],
  [
    'keys',
    { type: 'keys', accessKeyId: 'AKIA', secretAccessKey: 'secret-key', sessionToken: 'session-token' },
  ],
])('%s: of the host, for the port that asked, and kept nowhere', async (type, answer) => {
  const { own, ask } = await opened({}, { catalogues: [LISTED] });
  expect(await ask({ type, role: ROLE })).toMatchObject(answer);
  expect(JSON.stringify(own.browser.areas)).not.toContain('secret-key');
});

it('a command opens the console, in front, and nothing but the console', async () => {
  const { own } = await opened();
  const url = 'https://corp.awsapps.com/start/#/console?account_id=111111111111&role_name=Admin';
  await own.over(own.host().call('console.open', { url }));
  const tab = [...own.browser.tabs.values()].at(-1);
  expect(own.browser.done.slice(-2)).toEqual([`open ${url}`, `front ${tab?.id}`]);
  const refused = own
    .host()
    .call('console.open', { url: 'https://evil.example/' })
    .catch((error: unknown) => error);
  expect(await own.over(refused)).toMatchObject({ code: 'PROTOCOL_MESSAGE' });
});
