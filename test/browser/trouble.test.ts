import { describe, expect, it } from 'vitest';
import { launchChromium, passTime } from '../support/browsers/chromium.ts';
import { signIn } from '../support/browsers/person.ts';
import type { RunningLine } from '../support/command-line.ts';
import { hostPids } from '../support/home-files.ts';
import { ownStage } from '../support/own-stage.ts';
import { EXTENSION, type Stage } from '../support/stage.ts';
import { isUnknown, staysTooLong } from '../support/unknown-page.ts';
import { until } from '../support/until.ts';

function login(stage: Stage): RunningLine {
  return stage.line('login', ...stage.corp, '--force', '--verbose', '--timeout', '40');
}

const presses = ({ idc }: Stage) => idc.count('AcceptUserCode') + idc.count('DecideConsent');
const tokens = ({ idc }: Stage) => idc.count('CreateToken', { status: 200 });

/** The page that is shown stays for too long. */
async function isAsked(stage: Stage, running: RunningLine): Promise<void> {
  await staysTooLong(stage.browser);
  await running.until(/Approve it yourself in the browser tab/);
}

describe.concurrent('what else happens to a sign-in', () => {
  it('the lid is closed for an hour: CODE_EXPIRED as soon as it is open again', async (test) => {
    const stage = await ownStage(test);
    const running = login(stage);
    await running.until(/step: sign-in-needed/);
    stage.idc.clock.advance(3_600);
    await passTime(stage.browser, 3_600_000);
    const { code, stderr } = await running.finished;
    expect({ code, stderr }).toMatchObject({ code: 1 });
    expect(stderr).toContain('[CODE_EXPIRED]');
    await until(() => stage.browser.context.pages().length === 1);
  });

  it("only AWS's clock has gone on: the page's error is not the end, AWS's word is", async (test) => {
    const stage = await ownStage(test, { passkey: true });
    const nextPage = stage.browser.nextPage();
    const running = login(stage);
    const page = await nextPage;
    await page.waitForSelector('#sign-in-with-passkey');
    stage.idc.clock.advance(601);
    await signIn(page, stage.passkey);
    const { code, stderr } = await running.finished;
    expect({ code, stderr }).toMatchObject({ code: 1 });
    expect(stderr).toContain('[CODE_EXPIRED]');
    expect(tokens(stage)).toBe(0);
  });

  it('the network goes and comes back while the token is fetched', async (test) => {
    const stage = await ownStage(test, { signedIn: true });
    // Three attempts of the SDK, and one more.
    stage.idc.faults.add({ operation: 'CreateToken', cut: 'before', times: 4 });
    expect((await login(stage).finished).code).toBe(0);
    expect(tokens(stage)).toBe(1);
  });

  it('the network goes and comes back while the clock is asked', async (test) => {
    const stage = await ownStage(test, { signedIn: true, center: { markers: 'none' } });
    const nextPage = stage.browser.nextPage();
    const running = login(stage);
    await isUnknown(await nextPage, 'confirm');
    await isAsked(stage, running);
    await until(() => stage.idc.count('CreateToken') > 0);
    stage.idc.faults.add({ operation: '*', cut: 'before' });
    await until(() => stage.idc.count('CreateToken', { error: 'cut' }) >= 4);
    stage.idc.faults.clear();
    stage.idc.approve(stage.idc.deviceCodes[0]?.userCode ?? '');
    expect((await running.finished).code).toBe(0);
  });

  it('the answer with the token is lost: the truth, and the next sign-in works', async (test) => {
    const stage = await ownStage(test, { signedIn: true });
    stage.idc.faults.add({ operation: 'CreateToken', cut: 'after', times: 1 });
    const { code, stderr } = await login(stage).finished;
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /token was lost on the way\. \[SIGN_IN_FAILED\]\n {2}→ run `awsher login corp` to start again/,
    );
    expect((await login(stage).finished).code).toBe(0);
  });

  it('the portal answers 503: the person is asked, and once more makes it good', async (test) => {
    const stage = await ownStage(test, { signedIn: true });
    stage.idc.faults.add({ operation: 'PortalPage', status: 503, times: 1 });
    const nextPage = stage.browser.nextPage();
    const running = login(stage);
    const page = await nextPage;
    await until(() => stage.idc.count('PortalPage', { status: 503 }) === 1);
    await page.waitForURL(/awsapps\.com/);
    await isAsked(stage, running);
    await page.reload();
    expect((await running.finished).code).toBe(0);
    expect(presses(stage)).toBe(2);
  });

  it('a page that nobody knows comes after our confirm: the person is asked, AWS tells the end', async (test) => {
    const stage = await ownStage(test, { signedIn: true, center: { verification: 'device-host' } });
    stage.idc.faults.add({ operation: 'AcceptUserCode', delayMs: 400, times: 1 });
    const nextPage = stage.browser.nextPage();
    const running = login(stage);
    const page = await nextPage;
    await running.until(/step: confirming/);
    stage.idc.options.markers = 'none';
    await isUnknown(page, 'allow');
    await isAsked(stage, running);
    stage.idc.approve(stage.idc.deviceCodes[0]?.userCode ?? '');
    expect((await running.finished).code).toBe(0);
    expect(tokens(stage)).toBe(1);
  });

  it('the portal has an error of its own after our allow: the same, and it is not pressed again', async (test) => {
    const stage = await ownStage(test, { signedIn: true });
    stage.idc.faults.add({ operation: 'DecideConsent', status: 500, times: 1 });
    const running = login(stage);
    await running.until(/Approve it yourself in the browser tab/);
    stage.idc.approve(stage.idc.deviceCodes[0]?.userCode ?? '');
    expect((await running.finished).code).toBe(0);
    expect(stage.idc.count('DecideConsent')).toBe(1);
  });

  it('a page that nobody knows comes after the sign-in: the same', async (test) => {
    const stage = await ownStage(test, { passkey: true, center: { markers: 'none' } });
    const nextPage = stage.browser.nextPage();
    const running = login(stage);
    const page = await nextPage;
    await page.waitForSelector('#sign-in-with-passkey');
    await signIn(page, stage.passkey);
    await isUnknown(page, 'confirm');
    await isAsked(stage, running);
    stage.idc.approve(stage.idc.deviceCodes[0]?.userCode ?? '');
    expect((await running.finished).code).toBe(0);
  });

  it('the browser is closed and started again: the old one ends with the truth, a new sign-in works, the history is there', async (test) => {
    const stage = await ownStage(test, { signedIn: true });
    const { home, idc } = stage;
    stage.idc.faults.add({ operation: 'AcceptUserCode', delayMs: 5_000, times: 1 });
    const running = login(stage);
    await until(() => !idc.faults.armed('AcceptUserCode'));
    await stage.browser.close();
    const { code, stderr } = await running.finished;
    // A browser that quits closes its tabs first: the person's own act, when it is still there to tell of it.
    expect([code, /\[(\w+)\]/.exec(stderr)?.[1]]).toEqual(
      code === 3 ? [3, 'SIGN_IN_CANCELLED'] : [1, 'BROWSER_LOST'],
    );
    await until(() => hostPids(home).length === 0);
    idc.faults.clear();
    const { userDataDir } = stage.browser;
    const browser = await launchChromium({
      idc,
      home,
      userDataDir,
      extensionDir: EXTENSION,
      env: idc.endpoints,
    });
    test.onTestFinished(() => browser.close().catch(() => {}));
    const again = { ...stage, browser };
    await browser.context.addCookies([idc.portalCookie()]);
    await until(() => hostPids(home).length === 1);
    expect((await login(again).finished).code).toBe(0);
    const acts: { act: string }[] = JSON.parse((await stage.awsher('history', '--json')).stdout);
    expect(acts.map(({ act }) => act)).toEqual([
      'approved',
      'pressed-allow',
      'pressed-confirm',
      'pressed-confirm',
    ]);
  });
});
