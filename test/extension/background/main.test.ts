import { expect, it } from 'vitest';
import { CAUGHT_REDIRECT } from '../../../shared/oidc/redirect.ts';
import { ALLOW, CONSENT_PAGE, DEVICE_PAGE, NOTHING, ORIGIN, SHOWN } from './stage/pages.ts';
import { stage } from './stage.ts';

it('a sign-in from the first word to the token, and the tab goes', async () => {
  const own = await stage();
  const { tabId, end } = await own.toPage();
  expect(own.browser.tabs.get(tabId)).toMatchObject({ url: DEVICE_PAGE, active: false });
  expect(await own.report(tabId)).toMatchObject({ do: 'press', step: 'confirm', address: DEVICE_PAGE });
  await own.go(tabId, CONSENT_PAGE);
  expect(await own.report(tabId, ALLOW)).toMatchObject({ do: 'press', step: 'allow' });
  own.awsAnswers.CreateTokenCommand = () => ({ accessToken: 'a', expiresIn: 3600 });
  expect(await own.report(tabId, { ...NOTHING, approved: true })).toEqual({ do: 'nothing' });
  expect(await own.over(end)).toMatchObject({
    cacheFile: expect.stringContaining('.aws'),
    browser: 'chromium',
  });
  expect(own.browser.tabs.has(tabId)).toBe(false);
});

it('begins with the browser, so that the host is there before anybody asks', async () => {
  const own = await stage();
  expect(own.api().runtime.onStartup.heard()).toBe(1);
});

it('what the browser tells reaches whom it is for', async () => {
  const own = await stage();
  const { tabId, end } = await own.toPage();
  own.browser.missing.add('every host');
  own.api().permissions.onRemoved.tell({ origins: [] });
  await own.until(() => own.request().phase !== 'page');
  expect(await own.over(end)).toMatchObject({ code: 'PERMISSION_MISSING' });
  expect(own.browser.tabs.has(tabId)).toBe(false);
});

it('a tab that the person closes is the end', async () => {
  const own = await stage();
  const { tabId, end } = await own.toPage();
  own.browser.tabs.delete(tabId);
  own.api().tabs.onRemoved.tell(tabId);
  expect(await own.over(end)).toMatchObject({ code: 'SIGN_IN_CANCELLED' });
});

it('the alarm looks for a host that is gone and for tabs that are', async () => {
  const own = await stage();
  const { tabId } = await own.toPage();
  own.browser.tabs.delete(tabId);
  own.api().alarms.onAlarm.tell({});
  await own.until(() => own.request().phase === 'ended');
  own.endHost();
  await own.pass(0);
  own.called.length = 0;
  own.api().alarms.onAlarm.tell({});
  await own.until(() => own.called.includes('hello'));
});

it('only pages of its own connect, and only content scripts in tabs are answered', async () => {
  const own = await stage();
  const { tabId } = await own.toPage();
  const stranger = own.connect('view', 'https://evil.example/');
  const mine = own.view();
  await own.until(() => mine.state());
  expect(stranger.got).toEqual([]);
  expect(await own.report(tabId, SHOWN, { id: 'another-extension' })).toBeUndefined();
  expect(await own.report(tabId, SHOWN, { tab: undefined })).toBeUndefined();
  expect(await own.report(tabId, SHOWN, { frameId: undefined })).toBeUndefined();
  expect(await own.report(tabId, SHOWN, { url: `${ORIGIN}popup/popup.html` })).toBeUndefined();
  expect(await own.say(tabId, { type: 'page.open' } as never)).toBeUndefined();
  // A document that is not there for the person presses nothing.
  for (const documentLifecycle of ['prerender', 'cached', 'pending_deletion', undefined])
    expect(await own.report(tabId, SHOWN, { documentLifecycle })).not.toMatchObject({ do: 'press' });
});

it('an answer to a PKCE request is taken where a page leaves for it, and by nobody but its top frame', async () => {
  const own = await stage({
    host: {
      'portal.find': () => ({
        portal: 'https://corp.awsapps.com/start',
        region: 'us-east-1',
        family: null,
        flow: 'pkce',
      }),
    },
  });
  own.awsAnswers.CreateTokenCommand = () => ({ accessToken: 'a', expiresIn: 3600 });
  const { tabId, end } = await own.toPage();
  const { state } = own.request().proof;
  const to = `${CAUGHT_REDIRECT}?code=c&state=${state}`;
  expect(await own.say(tabId, { type: 'page.left', to }, { frameId: 1 })).toEqual({ do: 'nothing' });
  await own.pass(50);
  expect(own.request().phase).toBe('page');
  await own.say(tabId, { type: 'page.left', to });
  expect(await own.over(end)).toMatchObject({ flow: 'pkce' });
});

it('opens the welcome page after an installation without a host, and not after an update', async () => {
  for (const [reason, opens] of [
    ['install', true],
    ['update', false],
  ] as const) {
    const own = await stage({ hostMissing: true });
    own.api().runtime.onInstalled.tell({ reason });
    await own.pass(5_000);
    expect(own.browser.done.includes('open welcome/welcome.html')).toBe(opens);
  }
});
