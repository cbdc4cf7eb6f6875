import { expect, it } from 'vitest';
import { NOTHING } from '../stage/pages.ts';
import { stage } from '../stage.ts';

const TOKEN = { CreateTokenCommand: () => ({ accessToken: 'a', expiresIn: 3600 }) };

it('who joins hears where the sign-in is, and everyone gets the end', async () => {
  const own = await stage({ aws: TOKEN });
  const { tabId, end } = await own.toPage();
  const second = own.signIn({ participant: 't2' });
  await own.pass(50);
  expect(own.progress).toContainEqual({ participant: 't1', step: 'opening-page' });
  expect(own.progress.filter(({ participant }) => participant === 't2').map(({ step }) => step)).toEqual([
    'joined',
    'opening-page',
  ]);
  await own.report(tabId, { ...NOTHING, approved: true });
  expect(await own.over(Promise.all([end, second]))).toMatchObject([
    { browser: 'chromium' },
    { browser: 'chromium' },
  ]);
  expect(own.called.filter((one) => one === 'StartDeviceAuthorizationCommand')).toHaveLength(1);
});

it('a terminal whose link was lost comes back, and learns an end that it missed', async () => {
  const own = await stage({ aws: TOKEN });
  const { tabId, end } = await own.toPage();
  const back = own.signIn({ joinOnly: true });
  await own.pass(20);
  expect(own.progress.filter(({ step }) => step === 'joined')).toEqual([]);
  await own.report(tabId, { ...NOTHING, approved: true });
  await own.over(Promise.all([end, back]));
  expect(await own.over(own.signIn({ joinOnly: true }))).toMatchObject({ cacheFile: expect.any(String) });
});

it('one that nobody knows any more is said so', async () => {
  const own = await stage();
  expect(await own.over(own.signIn({ joinOnly: true }))).toEqual({
    code: 'SIGN_IN_FAILED',
    hint: 'run `awsher login corp` again',
  });
});

it('the last one to leave takes the request and its tab along', async () => {
  const own = await stage();
  const { tabId } = await own.toPage();
  const second = own.signIn({ participant: 't2' });
  await own.pass(20);
  own.host().notify('signin.leave', { participant: 't1' });
  await own.pass(20);
  expect(own.request().phase).toBe('page');
  own.host().notify('signin.leave', { participant: 't2' });
  await own.until(() => own.request().phase === 'ended');
  expect(own.browser.tabs.has(tabId)).toBe(false);
  void second;
});

it('a SAML sign-in without a response ends with its error', async () => {
  const own = await stage();
  const asker = { command: 'awsher saml login', pid: 1, parents: [] };
  const asked = own
    .host()
    .call('saml.start', { participant: 't1', name: 'adfs', url: 'https://idp.example.com/', asker });
  const end = asked.catch(({ code }: { code: string }) => code);
  await own.until(() => own.request()?.tabId);
  own.browser.tabs.delete(own.request().tabId);
  own.api().tabs.onRemoved.tell(own.request().tabId);
  expect(await own.over(end)).toBe('SIGN_IN_CANCELLED');
});

it('the log is told page by page', async () => {
  const own = await stage();
  expect(await own.over(own.host().call('history.list', { before: null, limit: 10 }))).toEqual({
    decisions: [],
  });
});
