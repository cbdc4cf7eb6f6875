import { expect, it } from 'vitest';
import { HOME_MS } from '../../../shared/request/deadlines.ts';
import { ALLOW, AUTHORIZE_PAGE, CONSENT_PAGE, DEVICE_PAGE, NOTHING } from './stage/pages.ts';
import { stage } from './stage.ts';

// The life of a PKCE request that a command of this computer has handed over. Which page is whose: test/shared/approval.

type Own = Awaited<ReturnType<typeof stage>>;

const asker = { command: 'aws sso login', pid: 9, parents: [] };
const PKCE_CONSENT = 'https://corp.awsapps.com/start/#/?clientId=c&clientType=public&orchestratorId=o1';
/** The callback of the command: awsher sees no address there. */
const HOME = undefined;
const THEIRS = AUTHORIZE_PAGE.replace('state=s', 'state=theirs');

async function handedOver(): Promise<{ own: Own; tabId: number }> {
  const own = await stage();
  await own.over(own.host().call('handover.open', { url: AUTHORIZE_PAGE, asker, silent: true }));
  await own.until(() => own.request()?.tabId);
  return { own, tabId: own.request().tabId };
}

/** The browser asks for an address in a tab, and AWS leads on to the consent page. */
async function consentIn(own: Own, tabId: number, asked = AUTHORIZE_PAGE, shown = PKCE_CONSENT) {
  own.api().webRequest.onBeforeRequest.tell({ tabId, url: asked });
  await own.pass(100);
  await own.go(tabId, shown);
}
const allowIn = (own: Own, tabId: number) => own.over(own.report(tabId, ALLOW));
const PRESS = { do: 'press', step: 'allow' };

it.each([
  ['in the form that is known', PKCE_CONSENT],
  ['whatever its address looks like', 'https://corp.awsapps.com/start/'],
])('its consent page is known by the tab, %s; the tab goes when it has come home', async (_name, shown) => {
  const { own, tabId } = await handedOver();
  await consentIn(own, tabId, AUTHORIZE_PAGE, shown);
  const order = await allowIn(own, tabId);
  expect(order).toMatchObject(PRESS);
  await own.say(tabId, { type: 'page.pressed', nonce: Object(order).nonce, outcome: 'clicked' });
  await own.go(tabId, HOME);
  await own.pass(HOME_MS);
  await own.until(() => !own.browser.tabs.has(tabId));
});

it('came home without a press, by a remembered grant or a no: it might be a sign-in page, so its tab stays for the person', async () => {
  const { own, tabId } = await handedOver();
  own.api().webRequest.onBeforeRequest.tell({ tabId, url: AUTHORIZE_PAGE });
  await own.go(tabId, HOME);
  await own.until(() => own.browser.done.includes(`front ${tabId}`));
  await own.pass(60_000);
  expect(own.browser.tabs.has(tabId)).toBe(true);
});

it("the person's no on the page ends it, and the tab stays with them", async () => {
  const { own, tabId } = await handedOver();
  await consentIn(own, tabId);
  await own.say(tabId, {
    type: 'page.left',
    to: 'http://127.0.0.1:7777/oauth/callback?error=access_denied&state=s',
  });
  await own.until(() => own.request().phase === 'ended');
  await own.pass(60_000);
  expect(own.browser.tabs.has(tabId)).toBe(true);
});

it('waits for the passkey in front, and goes on by itself', async () => {
  const { own, tabId } = await handedOver();
  own.api().webRequest.onBeforeRequest.tell({ tabId, url: AUTHORIZE_PAGE });
  await own.go(tabId, undefined);
  await own.until(() => own.browser.done.includes(`front ${tabId}`));
  await own.go(tabId, PKCE_CONSENT);
  expect(await allowIn(own, tabId)).toMatchObject(PRESS);
});

it("somebody else's consent is neither pressed nor warned about; beside it only ours is pressed", async () => {
  const { own, tabId } = await handedOver();
  const other = own.browser.open(THEIRS);
  await consentIn(own, other.id, THEIRS, PKCE_CONSENT.replace('o1', 'o2'));
  expect(await allowIn(own, other.id)).toEqual({ do: 'watch' });
  await consentIn(own, tabId);
  expect(await allowIn(own, tabId)).toMatchObject(PRESS);
  expect(await allowIn(own, other.id)).toEqual({ do: 'watch' });
});

it('a foreign state in our own tab is not pressed', async () => {
  const { own, tabId } = await handedOver();
  own.api().webRequest.onBeforeRequest.tell({ tabId, url: AUTHORIZE_PAGE });
  await own.pass(100);
  await consentIn(own, tabId, THEIRS);
  expect(await allowIn(own, tabId)).not.toMatchObject({ do: 'press' });
});

it('its tab is closed: what was asked for there is over', async () => {
  const { own, tabId } = await handedOver();
  own.browser.tabs.delete(tabId);
  own.api().tabs.onRemoved.tell(tabId);
  await own.until(() => own.request().phase === 'ended');
  const again = own.browser.open(AUTHORIZE_PAGE);
  await consentIn(own, again.id);
  expect(await allowIn(own, again.id)).not.toMatchObject({ do: 'press' });
});

it('is not pressed any more when the host has died; its page stays for the person', async () => {
  const { own, tabId } = await handedOver();
  own.endHost();
  await own.pass(100);
  await consentIn(own, tabId);
  expect(await allowIn(own, tabId)).not.toMatchObject({ do: 'press' });
  expect(own.browser.tabs.has(tabId)).toBe(true);
});

it('a device code beside it gets its own tab and its own approval', async () => {
  const { own, tabId } = await handedOver();
  await own.over(own.host().call('handover.open', { url: DEVICE_PAGE, asker, silent: true }));
  const device = () => own.state().requests.at(-1);
  await own.until(() => device().tabId !== null && device().tabId !== tabId);
  expect(await own.over(own.report(device().tabId))).toMatchObject({ do: 'press', step: 'confirm' });
  await own.go(device().tabId, CONSENT_PAGE);
  expect(await allowIn(own, device().tabId)).toMatchObject(PRESS);
  await consentIn(own, tabId);
  expect(await allowIn(own, tabId)).toMatchObject(PRESS);
  await own.report(device().tabId, { ...NOTHING, approved: true });
});
