import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NO_CHROMIUM } from '../browsers/find.ts';
import { allowAccess, confirmCode, signIn } from '../browsers/person.ts';
import type { IdentityCenter } from './index.ts';
import { PAGE_DEFAULTS } from './options.ts';
import { openStage, type Stage } from './stage.ts';

// Skipped only where Chromium is not installed; `npm test` installs it where it may.
describe.skipIf(NO_CHROMIUM)(`the pages${NO_CHROMIUM}`, () => {
  let stage: Stage;
  let idc: IdentityCenter;
  let page: Page;

  beforeAll(async () => {
    stage = await openStage([{ alias: 'gov', region: 'us-gov-west-1', portalForm: 'govcloud' }]);
    idc = stage.idc;
  });
  afterAll(() => stage.close());
  beforeEach(async () => {
    page = await stage.blankPage();
  });
  afterEach(() => expect(idc.unexpected).toEqual([]));

  const approved = () => page.waitForSelector('[data-analytics-alert="success"]');
  const refused = () => page.waitForSelector('[data-analytics-alert="error"]');

  // Every portal address: hosts.test.ts.
  it('stand in another partition', async () => {
    const directory = idc.directories[1];
    await stage.browser.context.addCookies([idc.portalCookie(directory)]);
    const { userCode, url } = await stage.startDevice(directory);
    await page.goto(url);
    await page.waitForSelector('#user-code');
    expect(await page.textContent('#user-code')).toBe(userCode);
    await confirmCode(page);
    await allowAccess(page);
    await approved();
    expect(stage.statusOf(userCode)).toBe('approved');
  });

  it('are complete but blank at first, and one document from the code to the approval', async () => {
    idc.options.blankMs = 600;
    const { url } = await stage.startDevice();
    await page.goto(url);
    expect(await page.evaluate(() => document.readyState)).toBe('complete');
    expect(await page.locator('#root > *').count()).toBe(0);
    await page.waitForSelector('#user-code');
    await page.evaluate(() => document.body.setAttribute('data-same', ''));
    await confirmCode(page);
    await allowAccess(page);
    await approved();
    expect(await page.locator('body[data-same]').count()).toBe(1);
  });

  it('restore the address after the sign-in without a navigation', async () => {
    await stage.browser.context.clearCookies();
    const { url, userCode } = await stage.startDevice();
    const loaded: string[] = [];
    page.on('response', (response) => void loaded.push(response.url()));
    await page.goto(url);
    await page.waitForSelector('#sign-in-with-passkey');
    await signIn(page, stage.passkey);
    await page.waitForSelector('#user-code');
    expect(page.url()).toBe(url);
    expect(
      loaded.some((one) =>
        /^https:\/\/corp\.awsapps\.com\/start\/\?workflowResultHandle=.*&state=/.test(one),
      ),
    ).toBe(true);
    // One document before the sign-in and one after it: the router went on in the second.
    expect(loaded.filter((one) => new URL(one).pathname === '/start/')).toHaveLength(2);
    expect(stage.statusOf(userCode)).toBe('pending');
  });

  // Without even a passkey, and a remembered consent: test/browser/variants.test.ts.
  it('sign in without a click', async () => {
    await stage.browser.context.clearCookies();
    await stage.passkey.ready(page);
    idc.options.signIn = 'load';
    await page.goto(idc.startUrl);
    await page.getByText('Welcome, Ana').waitFor();
  });

  it('refuse a passkey whose signature is not over this challenge', async () => {
    await stage.browser.context.clearCookies();
    await page.goto(idc.startUrl);
    await page.waitForSelector('#sign-in-with-passkey');
    await page.route('**/platform/passkey', (route) => {
      const sent = route.request().postDataJSON();
      sent.credential.response.signature = sent.credential.response.signature.replace(/.{8}$/, 'AAAAAAAA');
      return route.continue({ postData: JSON.stringify(sent) });
    });
    await stage.passkey.ready(page);
    await page.click('#sign-in-with-passkey');
    await page.waitForSelector('#sign-in-failure:not([hidden])');
    expect(idc.requests.at(-1)).toMatchObject({ operation: 'VerifyPasskey', error: 'AccessDeniedException' });
  });

  it('deny for real: Cancel on the code, Deny on the consent', async () => {
    const first = await stage.startDevice();
    await page.goto(first.url);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('The request was denied').waitFor();
    expect(stage.statusOf(first.userCode)).toBe('denied');
    const second = await stage.startDevice();
    await page.goto('about:blank');
    await page.goto(second.url);
    await confirmCode(page);
    await page.getByRole('button', { name: 'Deny access' }).click();
    await page.getByText('The request was denied').waitFor();
    expect(stage.statusOf(second.userCode)).toBe('denied');
  });

  it('refuse unknown, expired, spent and foreign codes', async () => {
    const spent = await stage.startDevice();
    idc.approve(spent.userCode);
    const foreign = await stage.startDevice(idc.directories[1]);
    for (const userCode of ['AAAA-AAAA', spent.userCode, foreign.userCode]) {
      await page.goto('about:blank');
      await page.goto(`${idc.startUrl}/#/device?user_code=${userCode}`);
      await confirmCode(page);
      await refused();
    }
    const late = await stage.startDevice();
    await page.goto('about:blank');
    await page.goto(late.url);
    idc.clock.advance(601);
    await confirmCode(page);
    await refused();
    expect(stage.statusOf(late.userCode)).toBe('expired');
  });

  it('take a code that is typed', async () => {
    const { userCode } = await stage.startDevice();
    await page.goto(`${idc.startUrl}/#/device`);
    await page.fill('input', userCode.toLowerCase());
    await page.getByRole('button', { name: 'Confirm and continue' }).click();
    await allowAccess(page);
    await approved();
  });

  it('stand on the old device host, where the sign-in comes after the confirm', async () => {
    idc.options.verification = 'device-host';
    await stage.browser.context.clearCookies();
    const { userCode, url } = await stage.startDevice();
    await page.goto(url);
    expect(page.url()).toMatch(/^https:\/\/device\.sso\.us-east-1\.amazonaws\.com\/\?user_code=/);
    expect(await confirmCode(page)).toBe(userCode);
    await page.waitForSelector('#sign-in-with-passkey');
    await signIn(page, stage.passkey);
    await page.waitForURL(/^https:\/\/corp\.awsapps\.com\/start\/#\/\?clientId=.*deviceContextId=/);
    await allowAccess(page);
    await approved();
    expect(stage.statusOf(userCode)).toBe('approved');
  });

  it('speak another language', async () => {
    idc.options.locale = 'fr';
    const { url } = await stage.startDevice();
    await page.goto(url);
    await page.getByRole('button', { name: 'Confirmer et continuer', exact: true }).click();
    await page.getByRole('button', { name: 'Autoriser l’accès', exact: true }).click();
    await page.getByText('Demande approuvée', { exact: true }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('fr');
  });

  it.each([
    ['all', 1, 1],
    ['attributes', 0, 1],
    ['text', 0, 0],
    ['none', 0, 0],
  ] as const)('carry the marks they are told to: %s', async (markers, ids, attributes) => {
    idc.options.markers = markers;
    const { url } = await stage.startDevice();
    await page.goto(url);
    await page.waitForSelector('form');
    expect(await page.locator('#cli_verification_btn, #user-code').count()).toBe(ids * 2);
    expect(await page.locator('[data-analytics="accept-user-code"]').count()).toBe(attributes);
    expect(await page.getByText('Confirm and continue').count()).toBe(markers === 'none' ? 0 : 1);
  });

  it('can be awkward: twins, covers, both buttons, other codes', async () => {
    const { url, userCode } = await stage.startDevice();
    const look = async (changes: Partial<typeof idc.options>) => {
      Object.assign(idc.options, PAGE_DEFAULTS, { blankMs: 0 }, changes);
      await page.goto('about:blank');
      await page.goto(url);
      await page.waitForSelector('#user-code');
      const buttons = page.locator('#cli_verification_btn');
      const atButton = await page.evaluate(() => {
        const box = document.querySelector('#cli_verification_btn')?.getBoundingClientRect();
        if (box === undefined) return null;
        const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return (
          hit?.closest('[data-id="awsccc-cb"], button, div')?.getAttribute('data-id') ??
          hit?.closest('button')?.id ??
          ''
        );
      });
      return {
        count: await buttons.count(),
        visible: await buttons.filter({ visible: true }).count(),
        atButton,
        text: (await page.textContent('main')) ?? '',
      };
    };
    expect(await look({})).toMatchObject({ count: 1, visible: 1, atButton: 'cli_verification_btn' });
    expect(await look({ twin: 'visible' })).toMatchObject({ count: 2, visible: 2 });
    expect(await look({ twin: 'hidden' })).toMatchObject({ count: 2, visible: 1 });
    expect(await look({ cover: 'cookie-banner' })).toMatchObject({ atButton: 'awsccc-cb' });
    expect(await look({ cover: 'overlay' })).toMatchObject({ atButton: '' });
    expect(await look({ cover: 'transparent' })).toMatchObject({
      visible: 1,
      atButton: 'cli_verification_btn',
    });
    expect(await page.locator('#cli_verification_btn').evaluate((one) => getComputedStyle(one).opacity)).toBe(
      '0',
    );
    await look({ bothButtons: true });
    expect(await page.locator('[data-testid="allow-access-button"]').count()).toBe(1);
    expect((await look({ extraCode: 'ZZZZ-ZZZZ' })).text).toMatch(new RegExp(`${userCode}[^]*ZZZZ-ZZZZ`));
    expect((await look({ shownCode: 'ZZZZ-ZZZZ' })).text).not.toContain(userCode);
  });

  it('can be unsteady: disabled for a while, rendered again and again', async () => {
    idc.options.disabledMs = 400;
    const { url } = await stage.startDevice();
    // Looked for before the page is there: a busy machine comes later than the button.
    const disabled = page.waitForSelector('#cli_verification_btn:disabled');
    await page.goto(url);
    await disabled;
    await page.waitForSelector('#cli_verification_btn:enabled');
    Object.assign(idc.options, { disabledMs: 0, rerenderMs: 50 });
    await page.goto('about:blank');
    await page.goto(url);
    const first = await page.waitForSelector('#cli_verification_btn');
    await expect.poll(() => first.evaluate((one) => one.isConnected)).toBe(false);
    await page.evaluate(() => document.querySelector<HTMLElement>('#cli_verification_btn')?.click());
    await page.waitForSelector('[data-testid="allow-access-button"]');
  });
});
