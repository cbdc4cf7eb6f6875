import { SSOOIDC } from '@aws-sdk/client-sso-oidc';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { openStage, type Stage, until } from '../support/stage.ts';

let stage: Stage;
afterEach(() => stage?.close());

/** Somebody else's device authorization: the attacker's half of device-code phishing. */
async function foreignCode(): Promise<{ userCode: string; url: string; redeem(): Promise<unknown> }> {
  const oidc = new SSOOIDC({ region: 'us-east-1', endpoint: stage.idc.httpUrl });
  const { clientId, clientSecret } = await oidc.registerClient({
    clientName: 'botocore-client-corp',
    clientType: 'public',
    scopes: ['sso:account:access'],
  });
  const client = { clientId, clientSecret };
  const device = await oidc.startDeviceAuthorization({ ...client, startUrl: stage.idc.startUrl });
  return {
    userCode: device.userCode ?? '',
    url: device.verificationUriComplete ?? '',
    redeem: () =>
      oidc.createToken({
        ...client,
        grantType: 'urn:ietf:params:oauth:grant-type:device_code',
        deviceCode: device.deviceCode,
      }),
  };
}

/** The notice lives in a closed shadow root in the top layer: seen by what lies over the middle of the page. */
function noticeIsOver(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const above = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    return (
      above !== null &&
      above.closest('#root, main, body > div:not([popover])') === null &&
      above.shadowRoot === null &&
      above.localName !== 'html' &&
      above.localName !== 'body'
    );
  });
}

describe('a code that nobody on this computer asked for', () => {
  it('is not pressed, is in no list, and gets a full-page notice', async () => {
    stage = await openStage();
    const { browser, idc } = stage;
    await browser.context.addCookies([idc.portalCookie()]);
    await browser.extension();
    const { url, redeem, userCode } = await foreignCode();
    const page = await browser.context.newPage();
    await page.goto(url);
    await page.waitForSelector('#cli_verification_btn', { state: 'attached' });
    await until(() => noticeIsOver(page));
    await page.screenshot({ path: 'test/browser/pictures/actual/notice-in-page.png' });
    // Longer than any press would take.
    await page.waitForTimeout(2_500);
    expect(idc.count('AcceptUserCode')).toBe(0);
    await expect(redeem()).rejects.toMatchObject({ name: 'AuthorizationPendingException' });
    const { worker } = await browser.extension();
    const stored = await worker.evaluate(async () =>
      JSON.stringify([await chrome.storage.session.get(null), await chrome.storage.local.get(null)]),
    );
    expect(stored).not.toContain(userCode);
    // The button under the notice cannot be reached.
    await expect(page.click('#cli_verification_btn', { timeout: 1_000 })).rejects.toThrow();
    expect(idc.count('AcceptUserCode')).toBe(0);
  });

  it('beside a sign-in of our own: ours is approved, the stranger is not', async () => {
    stage = await openStage();
    const { browser, idc } = stage;
    await browser.context.addCookies([idc.portalCookie()]);
    const foreign = await foreignCode();
    const page = await browser.context.newPage();
    await page.goto(foreign.url);
    const { code } = await stage.awsher('login', ...stage.corp);
    expect(code).toBe(0);
    await until(() => noticeIsOver(page));
    await expect(foreign.redeem()).rejects.toMatchObject({ name: 'AuthorizationPendingException' });
  });

  it('a code that our own command printed raises no alarm and is left to the person', async () => {
    stage = await openStage();
    const { browser, idc } = stage;
    await browser.context.addCookies([idc.portalCookie()]);
    const login = stage.start('login', ...stage.corp, '--no-browser');
    await login.until(/Code/);
    const [device] = idc.deviceCodes;
    const page = await browser.context.newPage();
    await page.goto(`${idc.startUrl}/#/device?user_code=${device?.userCode}`);
    await page.waitForSelector('#cli_verification_btn');
    await page.waitForTimeout(1_500);
    expect(idc.count('AcceptUserCode')).toBe(0);
    expect(await noticeIsOver(page)).toBe(false);
    await page.click('#cli_verification_btn');
    await page.click('[data-testid="allow-access-button"]');
    expect((await login.finished).code).toBe(0);
  });
});
