import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DrivenChromium, launchChromium } from '../browsers/chromium.ts';
import { findChromium } from '../browsers/find.ts';
import { createPasskey, type Passkey } from '../browsers/passkey.ts';
import { allowAccess, confirmCode, signIn } from '../browsers/person.ts';
import type { PortalForm } from './hosts.ts';
import { type IdentityCenter, startIdentityCenter } from './index.ts';
import { PAGE_DEFAULTS, SERVICE_DEFAULTS } from './options.ts';

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

describe.skipIf(findChromium() === null)('the pages', () => {
  let home: string;
  let idc: IdentityCenter;
  let browser: DrivenChromium;
  let passkey: Passkey;
  let page: Page;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'awsher-pages-'));
    const others = FORMS.map(([portalForm, region], index) => ({ alias: `t${index}`, region, portalForm }));
    idc = await startIdentityCenter({ others });
    browser = await launchChromium({ idc, home });
    passkey = await createPasskey(browser.context, idc.enrolUrl);
  });
  afterAll(async () => {
    await browser.close();
    await idc.close();
    await rm(home, { recursive: true, force: true });
  });
  beforeEach(async () => {
    Object.assign(idc.options, PAGE_DEFAULTS, SERVICE_DEFAULTS, { blankMs: 20 });
    await browser.context.clearCookies();
    await browser.context.addCookies([idc.portalCookie()]);
    page = await browser.context.newPage();
    page.setDefaultTimeout(8000);
  });
  afterEach(async () => {
    await page.close();
    expect(idc.unexpected).toEqual([]);
  });

  async function startDevice(directory = idc.directories[0]) {
    if (directory === undefined) throw new Error('no such directory');
    const oidc = new SSOOIDCClient({ region: directory.region, endpoint: idc.httpUrlIn(directory.region) });
    const { clientId, clientSecret } = await oidc.send(
      new RegisterClientCommand({ clientName: 'hand-made', clientType: 'public' }),
    );
    const { startUrl } = directory;
    const device = await oidc.send(new StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl }));
    return { userCode: device.userCode ?? '', url: device.verificationUriComplete ?? '' };
  }

  const statusOf = (userCode: string) => idc.deviceCodes.find((one) => one.userCode === userCode)?.status;
  const approved = () => page.waitForSelector('[data-analytics-alert="success"]');
  const refused = () => page.waitForSelector('[data-analytics-alert="error"]');

  it.each(FORMS)('stand on every portal address: %s', async (_form, _region, address) => {
    const directory = idc.directories[1 + FORMS.findIndex(([, , one]) => one === address)];
    await browser.context.addCookies([idc.portalCookie(directory)]);
    const { userCode, url } = await startDevice(directory);
    expect(url).toMatch(address);
    await page.goto(url);
    await confirmCode(page);
    await allowAccess(page);
    await approved();
    expect(statusOf(userCode)).toBe('approved');
  });

  it('are complete but blank at first, and one document from the code to the approval', async () => {
    idc.options.blankMs = 600;
    const { url } = await startDevice();
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
    await browser.context.clearCookies();
    const { url, userCode } = await startDevice();
    const loaded: string[] = [];
    page.on('response', (response) => void loaded.push(response.url()));
    await page.goto(url);
    await page.waitForSelector('#sign-in-with-passkey');
    await signIn(page, passkey);
    await page.waitForSelector('#user-code');
    expect(page.url()).toBe(url);
    expect(
      loaded.some((one) =>
        /^https:\/\/corp\.awsapps\.com\/start\/\?workflowResultHandle=.*&state=/.test(one),
      ),
    ).toBe(true);
    // One document before the sign-in and one after it: the router went on in the second.
    expect(loaded.filter((one) => new URL(one).pathname === '/start/')).toHaveLength(2);
    expect(statusOf(userCode)).toBe('pending');
  });

  it.each(['silent', 'load'] as const)('sign in without a click: %s', async (mode) => {
    await browser.context.clearCookies();
    await passkey.ready(page);
    idc.options.signIn = mode;
    await page.goto(idc.startUrl);
    await page.getByText('Welcome, Ana').waitFor();
  });

  it('refuse a passkey whose signature is not over this challenge', async () => {
    await browser.context.clearCookies();
    await page.goto(idc.startUrl);
    await page.waitForSelector('#sign-in-with-passkey');
    await page.route('**/platform/passkey', (route) => {
      const sent = route.request().postDataJSON();
      sent.credential.response.signature = sent.credential.response.signature.replace(/.{8}$/, 'AAAAAAAA');
      return route.continue({ postData: JSON.stringify(sent) });
    });
    await passkey.ready(page);
    await page.click('#sign-in-with-passkey');
    await page.waitForSelector('#sign-in-failure:not([hidden])');
    expect(idc.requests.at(-1)).toMatchObject({ operation: 'VerifyPasskey', error: 'AccessDeniedException' });
  });

  it('deny for real: Cancel on the code, Deny on the consent', async () => {
    const first = await startDevice();
    await page.goto(first.url);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('The request was denied').waitFor();
    expect(statusOf(first.userCode)).toBe('denied');
    const second = await startDevice();
    await page.goto('about:blank');
    await page.goto(second.url);
    await confirmCode(page);
    await page.getByRole('button', { name: 'Deny access' }).click();
    await page.getByText('The request was denied').waitFor();
    expect(statusOf(second.userCode)).toBe('denied');
  });

  it('refuse unknown, expired, spent and foreign codes', async () => {
    const spent = await startDevice();
    idc.approve(spent.userCode);
    const foreign = await startDevice(idc.directories[1]);
    for (const userCode of ['AAAA-AAAA', spent.userCode, foreign.userCode]) {
      await page.goto('about:blank');
      await page.goto(`${idc.startUrl}/#/device?user_code=${userCode}`);
      await confirmCode(page);
      await refused();
    }
    const late = await startDevice();
    await page.goto('about:blank');
    await page.goto(late.url);
    idc.clock.advance(601);
    await confirmCode(page);
    await refused();
    expect(statusOf(late.userCode)).toBe('expired');
  });

  it('take a code that is typed', async () => {
    const { userCode } = await startDevice();
    await page.goto(`${idc.startUrl}/#/device`);
    await page.fill('input', userCode.toLowerCase());
    await page.getByRole('button', { name: 'Confirm and continue' }).click();
    await allowAccess(page);
    await approved();
  });

  it('skip a remembered consent', async () => {
    idc.options.skipConsent = true;
    const { userCode, url } = await startDevice();
    await page.goto(url);
    await confirmCode(page);
    await approved();
    expect(statusOf(userCode)).toBe('approved');
  });

  it('stand on the old device host, where the sign-in comes after the confirm', async () => {
    idc.options.verification = 'device-host';
    await browser.context.clearCookies();
    const { userCode, url } = await startDevice();
    await page.goto(url);
    expect(page.url()).toMatch(/^https:\/\/device\.sso\.us-east-1\.amazonaws\.com\/\?user_code=/);
    expect(await confirmCode(page)).toBe(userCode);
    await page.waitForSelector('#sign-in-with-passkey');
    await signIn(page, passkey);
    await page.waitForURL(/^https:\/\/corp\.awsapps\.com\/start\/#\/\?clientId=.*deviceContextId=/);
    await allowAccess(page);
    await approved();
    expect(statusOf(userCode)).toBe('approved');
  });

  it.each([
    ['ja', '確認して続行', 'アクセスを許可', 'リクエストが承認されました'],
    ['zh', '确认并继续', '允许访问', '请求已批准'],
    ['fr', 'Confirmer et continuer', 'Autoriser l’accès', 'Demande approuvée'],
  ] as const)('speak other languages: %s', async (locale, confirm, allow, done) => {
    idc.options.locale = locale;
    const { url } = await startDevice();
    await page.goto(url);
    await page.getByRole('button', { name: confirm, exact: true }).click();
    await page.getByRole('button', { name: allow, exact: true }).click();
    await page.getByText(done, { exact: true }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe(locale);
  });

  it.each([
    ['all', 1, 1],
    ['attributes', 0, 1],
    ['text', 0, 0],
    ['none', 0, 0],
  ] as const)('carry the marks they are told to: %s', async (markers, ids, attributes) => {
    idc.options.markers = markers;
    const { url } = await startDevice();
    await page.goto(url);
    await page.waitForSelector('form');
    expect(await page.locator('#cli_verification_btn, #user-code').count()).toBe(ids * 2);
    expect(await page.locator('[data-analytics="accept-user-code"]').count()).toBe(attributes);
    expect(await page.getByText('Confirm and continue').count()).toBe(markers === 'none' ? 0 : 1);
  });

  it('can be awkward: twins, covers, both buttons, other codes', async () => {
    const { url, userCode } = await startDevice();
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
    await look({ bothButtons: true });
    expect(await page.locator('[data-testid="allow-access-button"]').count()).toBe(1);
    expect((await look({ extraCode: 'ZZZZ-ZZZZ' })).text).toMatch(new RegExp(`${userCode}[^]*ZZZZ-ZZZZ`));
    expect((await look({ shownCode: 'ZZZZ-ZZZZ' })).text).not.toContain(userCode);
  });

  it('can be unsteady: disabled for a while, rendered again and again', async () => {
    idc.options.disabledMs = 400;
    const { url } = await startDevice();
    await page.goto(url);
    await page.waitForSelector('#cli_verification_btn:disabled');
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
