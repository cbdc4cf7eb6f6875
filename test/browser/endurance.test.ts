import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { acquireLock } from '../../native-host/files/lock.ts';
import { resolvePaths } from '../../native-host/files/paths.ts';
import { tokenLockName } from '../../native-host/files/token-cache.ts';
import type { Step } from '../../shared/login/progress.ts';
import type { Running } from '../support/awsher.ts';
import { launchChromium } from '../support/browsers/chromium.ts';
import { signIn } from '../support/browsers/person.ts';
import { PAGE_DEFAULTS } from '../support/identity-center/options.ts';
import { EXTENSION, hostPids, openStage, type Stage, tokenFiles, until } from '../support/stage.ts';

let stage: Stage;

/** Longer than any press would take. */
const LONGER_THAN_A_PRESS_MS = 1_500;

/** Each step of a sign-in, and what holds it open until `release`. */
interface HeldStep {
  step: Step;
  hold(): Promise<() => void> | (() => void);
  /** The token of the step is lost with whoever held it; the truth is then the end. */
  loses?: true;
}

const pathsOf = () =>
  resolvePaths({
    env: { HOME: stage.home },
    platform: process.platform,
    homedir: () => stage.home,
  });

const slow = (operation: string) => () => {
  stage.idc.faults.add({ operation, delayMs: 1_200, times: 1 });
  return () => {};
};

const STEPS: readonly HeldStep[] = [
  { step: 'registering', hold: slow('RegisterClient') },
  { step: 'requesting-code', hold: slow('StartDeviceAuthorization') },
  { step: 'opening-page', hold: slow('PortalPage') },
  {
    step: 'waiting-for-page',
    hold: () => {
      stage.idc.options.blankMs = 1_200;
      return () => {};
    },
  },
  { step: 'confirming', hold: slow('AcceptUserCode') },
  { step: 'allowing', hold: slow('DecideConsent') },
  { step: 'approved', hold: slow('CreateToken'), loses: true },
  {
    step: 'storing-token',
    hold: async () => (await acquireLock(pathsOf(), tokenLockName('corp'))).release,
    loses: true,
  },
];

function login(...more: string[]): Running {
  return stage.start('login', ...stage.corp, '--force', '--verbose', '--timeout', '40', ...more);
}

const presses = () => stage.idc.count('AcceptUserCode') + stage.idc.count('DecideConsent');
const tokens = () => stage.idc.count('CreateToken', { status: 200 });

/** A browser is awake again half a minute later by its alarm; a page of awsher's own does it at once. */
async function wake(): Promise<void> {
  const id = new URL(stage.browser.context.serviceWorkers()[0]?.url() ?? extensionUrl).host;
  const page = await stage.browser.context.newPage();
  await page.goto(`chrome-extension://${id}/options/options.html`);
  await page.waitForSelector('main section');
  await page.close();
}
let extensionUrl = '';

async function openSignedIn(center: Parameters<typeof openStage>[0] = {}): Promise<void> {
  stage = await openStage(center);
  await stage.browser.context.addCookies([stage.idc.portalCookie()]);
  extensionUrl = (await stage.browser.extension()).worker.url();
}

/** Forgets the registration of an earlier row, so that every step is walked. */
async function forgetRegistrations(): Promise<void> {
  stage.idc.faults.clear();
  Object.assign(stage.idc.options, PAGE_DEFAULTS, { blankMs: 100 });
  await rm(join(pathsOf().stateDir, 'registrations.json'), { force: true });
}

describe('the background is stopped at any step: the sign-in ends well, or with the truth', () => {
  beforeAll(() => openSignedIn());
  afterAll(() => stage.close());

  it.each(STEPS.map((held) => [held.step, held] as const))('%s', async (step, held) => {
    await forgetRegistrations();
    const before = { tokens: tokens(), presses: presses() };
    const release = await held.hold();
    const running = login();
    await running.until(new RegExp(`step: ${step}`));
    await stage.stopWorker();
    release();
    await wake();
    const { code, stderr } = await running.finished;
    if (held.loses && code !== 0) {
      expect({ code, stderr }).toMatchObject({ code: 1 });
      expect(stderr).toMatch(/its token got lost on the way\. \[SIGN_IN_FAILED\]/);
    } else {
      expect({ code, stderr }).toMatchObject({ code: 0 });
    }
    expect(tokens() - before.tokens).toBe(1);
    expect(presses() - before.presses).toBe(2);
    await until(() => stage.browser.context.pages().length === 1);
  });
});

describe('the host is killed at any step: exit 1 at once, and nothing more is pressed', () => {
  beforeAll(() => openSignedIn());
  afterAll(() => stage.close());

  it.each(STEPS.map((held) => [held.step, held] as const))('%s', async (step, held) => {
    await forgetRegistrations();
    const [old] = hostPids(stage.home);
    expect(await tokenFiles(stage.home)).toEqual([]);
    const release = await held.hold();
    const running = login();
    await running.until(new RegExp(`step: ${step}`));
    const pressed = presses();
    for (const pid of hostPids(stage.home)) process.kill(pid, 'SIGKILL');
    const { code, stdout, stderr } = await running.finished;
    release();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('[HOST_LOST]');
    await until(() => stage.browser.context.pages().length === 1);
    await new Promise((resolve) => setTimeout(resolve, LONGER_THAN_A_PRESS_MS));
    // What had been pressed may still arrive; nothing follows it.
    const onItsWay = step === 'confirming' || step === 'allowing' ? 1 : 0;
    expect(presses() - pressed).toBeLessThanOrEqual(onItsWay);
    expect(await tokenFiles(stage.home)).toEqual([]);
    await until(() => hostPids(stage.home).some((pid) => pid !== old));
  });
});

describe('what else happens to a sign-in', () => {
  afterEach(() => stage.close());

  it('the lid is closed for an hour: CODE_EXPIRED as soon as it is open again', async () => {
    stage = await openStage();
    const running = login();
    await running.until(/step: sign-in-needed/);
    stage.idc.clock.advance(3_600);
    const { worker } = await stage.browser.extension();
    // No timer has counted that hour; the clock has.
    await worker.evaluate(async () => {
      const real = Date.now;
      Date.now = () => real() + 3_600_000;
      await chrome.alarms.create('the lid is open', { when: real() });
    });
    const { code, stderr } = await running.finished;
    expect({ code, stderr }).toMatchObject({ code: 1 });
    expect(stderr).toContain('[CODE_EXPIRED]');
    await until(() => stage.browser.context.pages().length === 1);
  });

  it("only AWS's clock has gone on: the page's error is not the end, AWS's word is", async () => {
    stage = await openStage();
    const opened = stage.browser.nextPage();
    const running = login();
    const page = await opened;
    await page.waitForSelector('#sign-in-with-passkey');
    stage.idc.clock.advance(601);
    await signIn(page, stage.passkey);
    const { code, stderr } = await running.finished;
    expect({ code, stderr }).toMatchObject({ code: 1 });
    expect(stderr).toContain('[CODE_EXPIRED]');
    expect(tokens()).toBe(0);
  });

  it('the network goes and comes back while the token is fetched', async () => {
    await openSignedIn();
    // Three attempts of the SDK, and one more.
    stage.idc.faults.add({ operation: 'CreateToken', cut: 'before', times: 4 });
    expect((await login().finished).code).toBe(0);
    expect(tokens()).toBe(1);
  });

  it('the network goes and comes back while the clock is asked', async () => {
    await openSignedIn({ center: { markers: 'none' } });
    const running = login();
    await running.until(/Please look at the tab/);
    await until(() => stage.idc.count('CreateToken') > 0);
    stage.idc.faults.add({ operation: '*', cut: 'before' });
    await until(() => stage.idc.count('CreateToken', { error: 'cut' }) >= 4);
    stage.idc.faults.clear();
    stage.idc.approve(stage.idc.deviceCodes[0]?.userCode ?? '');
    expect((await running.finished).code).toBe(0);
  });

  it('the answer with the token is lost: the truth, and the next sign-in works', async () => {
    await openSignedIn();
    stage.idc.faults.add({ operation: 'CreateToken', cut: 'after', times: 1 });
    const { code, stderr } = await login().finished;
    expect(code).toBe(1);
    expect(stderr).toMatch(/token got lost on the way\. \[SIGN_IN_FAILED\]\n {2}→ run `awsher login` again/);
    expect((await login().finished).code).toBe(0);
  });

  it('the portal answers 503: the person is asked, and once more makes it good', async () => {
    await openSignedIn();
    stage.idc.faults.add({ operation: 'PortalPage', status: 503, times: 1 });
    const running = login();
    await running.until(/Please look at the tab/);
    const page = stage.browser.context.pages().find((one) => one.url().includes('awsapps.com'));
    await page?.reload();
    expect((await running.finished).code).toBe(0);
    expect(presses()).toBe(2);
  });

  it('a page that nobody knows comes after our confirm: the person is asked, AWS tells the end', async () => {
    await openSignedIn({ center: { verification: 'device-host' } });
    stage.idc.faults.add({ operation: 'AcceptUserCode', delayMs: 400, times: 1 });
    const running = login();
    await running.until(/step: confirming/);
    stage.idc.options.markers = 'none';
    await running.until(/Please look at the tab/);
    stage.idc.approve(stage.idc.deviceCodes[0]?.userCode ?? '');
    expect((await running.finished).code).toBe(0);
    expect(tokens()).toBe(1);
  });

  it('the portal has an error of its own after our allow: the same, and it is not pressed again', async () => {
    await openSignedIn();
    stage.idc.faults.add({ operation: 'DecideConsent', status: 500, times: 1 });
    const running = login();
    await running.until(/Please look at the tab/);
    stage.idc.approve(stage.idc.deviceCodes[0]?.userCode ?? '');
    expect((await running.finished).code).toBe(0);
    expect(stage.idc.count('DecideConsent')).toBe(1);
  });

  it('a page that nobody knows comes after the sign-in: the same', async () => {
    stage = await openStage({ center: { markers: 'none' } });
    const opened = stage.browser.nextPage();
    const running = login();
    const page = await opened;
    await page.waitForSelector('#sign-in-with-passkey');
    await signIn(page, stage.passkey);
    await running.until(/Please look at the tab/);
    stage.idc.approve(stage.idc.deviceCodes[0]?.userCode ?? '');
    expect((await running.finished).code).toBe(0);
  });

  it('the browser is closed and started again: the old one ends with the truth, a new sign-in works, the history is there', async () => {
    await openSignedIn();
    const { home, idc } = stage;
    stage.idc.faults.add({ operation: 'AcceptUserCode', delayMs: 5_000, times: 1 });
    const running = login();
    await until(() => idc.count('AcceptUserCode') > 0);
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
    stage = { ...stage, browser, close: () => browser.close().then(stage.clear) };
    await browser.context.addCookies([idc.portalCookie()]);
    await until(() => hostPids(home).length === 1);
    expect((await login().finished).code).toBe(0);
    const acts: { act: string }[] = JSON.parse((await stage.awsher('history', '--json')).stdout);
    expect(acts.map(({ act }) => act)).toEqual([
      'approved',
      'pressed-allow',
      'pressed-confirm',
      'pressed-confirm',
    ]);
  });
});
