import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunningLine } from '../support/command-line.ts';
import { type Options, SERVICE_DEFAULTS } from '../support/identity-center/options.ts';
import { keptStage } from '../support/own-stage.ts';
import { allowSaml, setUpSaml } from '../support/saml-stage.ts';
import { until } from '../support/until.ts';

/** One browser, signed in at the IdP, for everything that must not become credentials. */
let stage: Awaited<ReturnType<typeof keptStage>>;
const logins: RunningLine[] = [];

beforeAll(async () => {
  stage = await keptStage();
  await allowSaml(stage.browser);
  await setUpSaml(stage);
  await stage.browser.context.addCookies([stage.idc.idpCookie()]);
});
afterAll(() => stage?.leave());
beforeEach(() => set({}));
afterEach(async () => {
  for (const running of logins) running.interrupt();
  await Promise.all(logins.splice(0).map(({ finished }) => finished));
  const [first, ...others] = stage.browser.context.pages();
  for (const page of others) if (page !== first) await page.close().catch(() => {});
});

const set = (options: Partial<Options>) => Object.assign(stage.idc.options, SERVICE_DEFAULTS, options);

function login(...args: string[]): RunningLine {
  const running = stage.line('saml', 'login', 'corp', '--role', 'Admin', '--verbose', ...args);
  logins.push(running);
  return running;
}

/** A login that is armed: its tab shows the IdP's page, which does not send its form before the test says so. */
async function armed(): Promise<{ running: RunningLine; page: Page }> {
  set({ samlForm: 'waits' });
  const { context } = stage.browser;
  const before = new Set(context.pages());
  const running = login();
  // The driver may tell of the tab of an earlier row only now, when it is closed already.
  const shown: Page[] = [];
  await until(async () => {
    for (const page of context.pages().filter((one) => !before.has(one)))
      if (
        (await page
          .locator('form')
          .count()
          .catch(() => 0)) > 0
      )
        shown.push(page);
    return shown.length > 0;
  });
  const [page] = shown;
  if (!page) throw new Error('no tab');
  return { running, page };
}

/** Sends the form of an IdP's page, in whatever tab it is. */
const send = (page: Page) => page.evaluate(() => document.forms[0]?.submit()).catch(() => {});

/** Nothing of a sign-in is on disk: no keys, no profile. */
function nothingWritten(): void {
  const { home } = stage;
  expect(existsSync(join(home, '.aws'))).toBe(false);
  expect(existsSync(join(home, '.local/state/awsher/saml'))).toBe(false);
  expect(readFileSync(join(home, '.config/awsher/saml.ini'), 'utf8')).not.toContain('issuer');
  expect(stage.idc.count('AssumeRoleWithSAML', { status: 200 })).toBe(0);
}

/** Nothing was read, and it has not ended: the background, which hears of a response before this, still waits for one. */
async function stillWaits(running: RunningLine): Promise<void> {
  expect(await login().finished).toMatchObject({ code: 1, stderr: expect.stringContaining('[SAML_BUSY]') });
  expect(running.code()).toBeNull();
}

describe('no response is read', () => {
  it('when nobody armed it: there is no listener then, one for one tab while armed, and none afterwards', async () => {
    const { browser, idc } = stage;
    const { worker } = await browser.extension();
    await worker.evaluate(() => {
      const { onBeforeRequest } = chrome.webRequest;
      const { addListener, removeListener } = onBeforeRequest;
      const seen: unknown[] = [];
      Reflect.set(globalThis, 'seen', seen);
      Reflect.set(onBeforeRequest, 'addListener', (one: never, filter: never, extra: never) => {
        seen.push({ filter, extra });
        addListener.call(onBeforeRequest, one, filter, extra);
      });
      Reflect.set(onBeforeRequest, 'removeListener', (one: never) => {
        seen.push('removed');
        removeListener.call(onBeforeRequest, one);
      });
    });
    const listeners = () => worker.evaluate(() => JSON.stringify(Reflect.get(globalThis, 'seen')));
    const page = await browser.context.newPage();
    await page.goto(idc.samlStartUrl);
    await until(() => idc.count('SamlSignIn') === 1);
    expect(await listeners()).toBe('[]');
    const { running } = await armed();
    await until(async () => (await listeners()).endsWith('"removed"]'));
    // Its tab has an id only when it is there; from then on the browser leaves out every other one.
    const [opening, only, ...more] = JSON.parse(await listeners());
    expect(opening).toMatchObject({ filter: { types: ['main_frame'] }, extra: ['requestBody'] });
    expect(only.filter).toMatchObject({ types: ['main_frame'], tabId: expect.any(Number) });
    expect(more).toEqual(['removed']);
    running.interrupt();
    expect((await running.finished).code).toBe(130);
    await until(async () => (await listeners()).endsWith('"removed","removed"]'));
    nothingWritten();
  });

  it('in another tab, while one is armed', async () => {
    const { running } = await armed();
    const before = stage.idc.count('SamlSignIn');
    const other = await stage.browser.context.newPage();
    await other.goto(stage.idc.samlStartUrl);
    await send(other);
    await until(() => stage.idc.count('SamlSignIn') === before + 1);
    await stillWaits(running);
    nothingWritten();
  });

  // Every other address: test/shared/saml/posted-response.test.ts.
  it.each<[string, Partial<Options>]>([
    ['for a host that looks like it', { samlPostTo: 'https://signin.aws.amazon.com.awsapps.com/saml' }],
    ['in a frame', { samlForm: 'frame' }],
  ])('%s', async (_, options) => {
    set(options);
    const asked = stage.idc.requests.length;
    const running = login();
    const { idc } = stage;
    await until(() => idc.requests.slice(asked).some(({ operation }) => /^SamlSignIn|^POST/.test(operation)));
    await stillWaits(running);
    nothingWritten();
  });

  it('after the person has given up, or closed the tab', async () => {
    const first = await armed();
    first.running.interrupt();
    expect((await first.running.finished).code).toBe(130);
    await until(() => first.page.isClosed());
    const second = await armed();
    await second.page.close();
    expect(await second.running.finished).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('[SIGN_IN_CANCELLED]'),
    });
    nothingWritten();
  });

  it('after five minutes by the clock, though no timer has fired', async () => {
    const { running, page } = await armed();
    const { worker } = await stage.browser.extension();
    await worker.evaluate(() => {
      const real = Date.now;
      Reflect.set(globalThis, 'realNow', real);
      Date.now = () => real() + 300_001;
    });
    await send(page);
    const { code, stderr } = await running.finished;
    await worker.evaluate(() => {
      Date.now = Reflect.get(globalThis, 'realNow');
    });
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('[SIGN_IN_TIMEOUT]') });
    nothingWritten();
  });

  it('of a second command, while the first one waits', async () => {
    const { running } = await armed();
    await stillWaits(running);
  });
});

describe('a response', () => {
  // What else the host refuses: test/native-host/features/saml/assertion.test.ts.
  it.each<[string, Partial<Options>, string]>([
    ['with a twin', { samlForm: 'two' }, 'SAML_INVALID'],
    ['of more than 100,000 characters', { samlFault: 'long' }, 'SAML_INVALID'],
    ['that is over', { samlFault: 'expired' }, 'SAML_EXPIRED'],
  ])('%s gives nothing', async (_, options, code) => {
    set(options);
    expect(await login().finished).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(`[${code}]`),
    });
    nothingWritten();
  });

  // From here on something is written.
  it('is read once: what the tab posts after it is not', async () => {
    const { running, page } = await armed();
    await page.evaluate(() => {
      document.forms[0]?.submit();
      document.forms[0]?.submit();
    });
    expect((await running.finished).code).toBe(0);
    expect(stage.idc.count('AssumeRoleWithSAML')).toBe(1);
  });

  it('a second time, or from another issuer than the first time, gives nothing', async () => {
    const state = join(stage.home, '.local/state/awsher/saml');
    const before = readdirSync(state).map((name) => readFileSync(join(state, name), 'utf8'));
    set({ samlFault: 'replay' });
    expect((await login().finished).stderr).toContain('[SAML_REPLAYED]');
    set({ samlFault: 'other-issuer' });
    expect((await login().finished).stderr).toContain('[SAML_FOREIGN]');
    expect(readdirSync(state).map((name) => readFileSync(join(state, name), 'utf8'))).toEqual(before);
  });

  it('leaves no trace: not on disk, not in the extension, not in what is said', async () => {
    const { idc, home, browser } = stage;
    const { worker } = await browser.extension();
    const storage = await worker.evaluate(async () =>
      JSON.stringify([await chrome.storage.session.get(null), await chrome.storage.local.get(null)]),
    );
    const said = await login('--json').finished;
    expect(said.code).toBe(0);
    const files = readdirSync(home, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(join(home, 'profile')))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    expect(files.length).toBeGreaterThan(3);
    expect(idc.samlResponses.length).toBeGreaterThan(6);
    for (const { response } of idc.samlResponses.filter((one) => one.response.length > 100)) {
      const middle = response.slice(40, 140);
      expect([storage, said.stdout, said.stderr, ...files].filter((text) => text.includes(middle))).toEqual(
        [],
      );
    }
  });
});
