import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NO_CHROMIUM } from '../browsers/find.ts';
import { allowAccess, confirmCode, signIn } from '../browsers/person.ts';
import type { PortalForm } from './hosts.ts';
import type { IdentityCenter } from './index.ts';
import { openStage, type Stage } from './stage.ts';

const FORMS: [PortalForm, region: string, address: RegExp][] = [
  ['awsapps', 'eu-west-1', /^https:\/\/t0\.awsapps\.com\/start\/#/],
  ['instance', 'us-east-1', /^https:\/\/ssoins-\w{16}\.us-east-1\.portal\.amazonaws\.com\/#/],
  ['instance-dual-stack', 'us-east-1', /^https:\/\/ssoins-\w{16}\.portal\.us-east-1\.app\.aws\/#/],
  ['builder-id', 'us-east-1', /^https:\/\/view\.awsapps\.com\/start\/#/],
  ['govcloud', 'us-gov-west-1', /^https:\/\/start\.us-gov-home\.awsapps\.com\/directory\/t4\/#/],
  [
    'govcloud-regional',
    'us-gov-west-1',
    /^https:\/\/start\.us-gov-west-1\.us-gov-home\.awsapps\.com\/directory\/t5\/#/,
  ],
  ['china', 'cn-north-1', /^https:\/\/start\.home\.awsapps\.cn\/directory\/t6\/#/],
  ['china-regional', 'cn-north-1', /^https:\/\/start\.cn-north-1\.home\.awsapps\.cn\/directory\/t7\/#/],
  ['china-instance', 'cn-north-1', /^https:\/\/ssoins-\w{16}\.cn-north-1\.portal\.amazonaws\.com\.cn\/#/],
  [
    'china-dual-stack',
    'cn-north-1',
    /^https:\/\/ssoins-\w{16}\.portal\.cn-north-1\.app\.amazonwebservices\.com\.cn\/#/,
  ],
  ['eu-sovereign', 'eusc-de-east-1', /^https:\/\/ssoins-\w{16}\.eusc-de-east-1\.portal\.amazonaws\.eu\/#/],
  [
    'eu-sovereign-dual-stack',
    'eusc-de-east-1',
    /^https:\/\/ssoins-\w{16}\.portal\.eusc-de-east-1\.api\.amazonwebservices\.eu\/#/,
  ],
];

// Skipped only where Chromium is not installed; `npm test` installs it where it may.
describe.skipIf(NO_CHROMIUM)(`the pages${NO_CHROMIUM}`, () => {
  let stage: Stage;
  let idc: IdentityCenter;
  let page: Page;

  beforeAll(async () => {
    stage = await openStage(
      FORMS.map(([portalForm, region], index) => ({ alias: `t${index}`, region, portalForm })),
    );
    idc = stage.idc;
  });
  afterAll(() => stage.close());
  beforeEach(async () => {
    page = await stage.blankPage();
  });
  afterEach(() => expect(idc.unexpected).toEqual([]));

  const approved = () => page.waitForSelector('[data-analytics-alert="success"]');
  const refused = () => page.waitForSelector('[data-analytics-alert="error"]');

  it.each(FORMS)('stand on every portal address: %s', async (form, region, address) => {
    const directory = idc.directories[1 + FORMS.findIndex(([, , one]) => one === address)];
    await stage.browser.context.addCookies([idc.portalCookie(directory)]);
    const { userCode, url } = await stage.startDevice(directory);
    expect(url).toMatch(address);
    await page.goto(url);
    await page.waitForSelector('#user-code');
    expect(await page.textContent('#user-code')).toBe(userCode);
    // What answers behind them is one for each partition.
    if (FORMS.find(([, one]) => one.split('-')[0] === region.split('-')[0])?.[0] !== form) return;
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

  it.each(['silent', 'load'] as const)('sign in without a click: %s', async (mode) => {
    await stage.browser.context.clearCookies();
    await stage.passkey.ready(page);
    idc.options.signIn = mode;
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

  it('skip a remembered consent', async () => {
    idc.options.skipConsent = true;
    const { userCode, url } = await stage.startDevice();
    await page.goto(url);
    await confirmCode(page);
    await approved();
    expect(stage.statusOf(userCode)).toBe('approved');
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
});
