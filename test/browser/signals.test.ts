import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desktop, raiseDesktop } from '../support/desktop/notifications.ts';
import { foreignCode } from '../support/foreign-code.ts';
import { tokenFiles } from '../support/home-files.ts';
import { ownStage } from '../support/own-stage.ts';
import { EXTENSION, openStage, type Stage } from '../support/stage.ts';
import { until } from '../support/until.ts';

/** What the browser itself shows of awsher: the icon's dot and tooltip, and notifications. */

let stage: Stage;

/** The worker may have been replaced since the last call: each looks for the one that runs. */
async function inWorker<T, A>(run: (given: A) => Promise<T>, given: A): Promise<T> {
  const { worker } = await stage.browser.extension();
  return worker.evaluate(run as (given: unknown) => Promise<T>, given);
}

/** How red the dot of the stranger is, and that of what needs the person. */
const BAD = 0xc6;
const SOON = 0xc7;

const sign = () =>
  inWorker(async () => {
    const dot = (await chrome.action.getBadgeText({})) !== '';
    const [red] = await chrome.action.getBadgeBackgroundColor({});
    return { dot: dot ? red : null, tip: await chrome.action.getTitle({}) };
  }, null);

/** A session with a token that ends in so many minutes and that nothing renews. */
async function signedInFor(minutes: number): Promise<void> {
  const { home, idc } = stage;
  const login = await stage.line('login', ...stage.corp).finished;
  expect(login.code).toBe(0);
  const { name, token } = await storedToken(home);
  const { accessToken } = token;
  const expiresAt = new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d+Z$/, 'Z');
  const text = JSON.stringify({ startUrl: idc.startUrl, region: 'us-east-1', accessToken, expiresAt });
  await writeFile(join(home, '.aws/sso/cache', name), text);
}

async function storedToken(home: string): Promise<{ name: string; token: { accessToken: string } }> {
  const [file] = await tokenFiles(home);
  if (!file) throw new Error('no token was stored');
  return { name: file.name, token: JSON.parse(file.text) };
}

async function foreignPage(): Promise<void> {
  const { browser, idc } = stage;
  const { url } = await foreignCode(idc);
  const tab = await browser.context.newPage();
  await tab.goto(url);
}

describe('the icon', () => {
  it('says that a stranger was stopped, also after the background was, until the person has seen it', async (test) => {
    stage = await ownStage(test, { signedIn: true });
    const { id } = await stage.browser.extension();
    await until(async () => (await sign()).tip === 'awsher: not signed in');
    await foreignPage();
    await until(async () => (await sign()).dot === BAD);
    expect((await sign()).tip).toBe('awsher: a sign-in that no one here asked for was stopped');
    await inWorker(async () => chrome.action.setBadgeText({ text: '' }), null);
    await stage.stopWorker();

    const popup = await stage.browser.context.newPage();
    await popup.goto(`chrome-extension://${id}/popup/popup.html`);
    await popup.getByRole('button', { name: 'What to do' }).click();
    await until(async () => (await sign()).dot === BAD);
    await popup.getByText('Stopped: no one here asked for it').waitFor();
    await popup.getByRole('button', { name: 'I have seen it' }).click();
    await until(async () => (await sign()).dot === null);
    expect(await popup.getByText('Stopped: no one here asked for it').count()).toBe(1);
  });

  it('asks for the person, and is quiet again after Cancel; then tells of the last minutes of a session', async (test) => {
    stage = await ownStage(test);
    const { browser, idc } = stage;
    const login = stage.line('login', ...stage.corp);
    await login.until(/Sign in on the page/);
    await until(async () => (await sign()).tip === 'awsher: corp needs you');
    expect((await sign()).dot).toBe(SOON);
    login.interrupt();
    expect((await login.finished).code).toBe(130);
    await until(async () => (await sign()).dot === null);

    await browser.context.addCookies([idc.portalCookie()]);
    await signedInFor(9.5);
    // Told by the popup, as by the alarm.
    const { id } = await browser.extension();
    const popup = await browser.context.newPage();
    await popup.goto(`chrome-extension://${id}/popup/popup.html`);
    await until(async () => (await sign()).dot === SOON);
    expect((await sign()).tip).toMatch(/^awsher: corp ends in [89] minutes$/);
  });
});

describe('notifications', () => {
  let folder: string;
  let desktop: Desktop;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'awsher-allowed-'));
    desktop = await raiseDesktop(folder);
    // The browser's own question is beyond a driver. What an extension of the same id was granted, whose manifest asks
    // at once, the browser goes on to grant.
    await cp(EXTENSION, join(folder, 'before'), { recursive: true });
    const path = join(folder, 'before/manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8'));
    manifest.permissions.push(...manifest.optional_permissions);
    delete manifest.optional_permissions;
    await writeFile(path, JSON.stringify(manifest));
  });
  afterAll(async () => {
    await desktop.close();
    await rm(folder, { recursive: true, force: true });
  });
  const foreignDecisions = () =>
    inWorker(async () => {
      const { decisions } = await chrome.storage.local.get<{ decisions: { act: string }[] }>('decisions');
      return decisions.filter(({ act }) => act === 'warned').length;
    }, null);
  const onDesktop = (title: RegExp) => desktop.shown.filter((one) => title.test(one.title));
  const clickOn = (title: RegExp): void => {
    const [one] = onDesktop(title);
    if (!one) throw new Error(`the desktop shows no ${title}`);
    desktop.click(one.id);
  };

  it('are turned on in the options, come once for what is on, and lead where they say', async ({
    onTestFinished,
  }) => {
    stage = await openStage({ before: join(folder, 'before'), env: desktop.env });
    onTestFinished(() => stage.close());
    const { browser, idc } = stage;
    const { id } = await browser.extension();
    const open = async (path: string) => {
      const page = await browser.context.newPage();
      await page.goto(`chrome-extension://${id}/${path}`);
      return page;
    };
    const allowed = () =>
      inWorker(async () => chrome.permissions.contains({ permissions: ['notifications'] }), null);
    await browser.context.addCookies([idc.portalCookie()]);
    expect((await stage.line('login', ...stage.corp).finished).code).toBe(0);
    await foreignPage();
    await until(async () => (await sign()).dot === BAD);
    expect(await allowed()).toBe(true);
    expect(desktop.shown).toEqual([]);

    const options = await open('options/options.html');
    for (const name of ['notifyForeign', 'notifyExpiry', 'notifyDone']) {
      await options.locator(`[role=switch][aria-describedby=${name}-help]`).click();
      await options.locator(`[aria-describedby=${name}-help][aria-checked=true]`).waitFor();
    }
    // What somebody sees in a view needs no telling.
    await options.close();
    await until(() => onDesktop(/Signed in to corp/).length === 1);
    expect((await stage.line('login', 'corp', '--force').finished).code).toBe(0);
    // Both sign-ins are news; neither is told twice.
    await until(() => onDesktop(/Signed in to corp/).length === 2);
    await until(() => onDesktop(/A sign-in was stopped/).length === 1);
    expect(onDesktop(/ends in/)).toEqual([]);

    clickOn(/A sign-in was stopped/);
    const popups = async () => {
      const cdp = await browser.context.browser()?.newBrowserCDPSession();
      const targets = await cdp?.send('Target.getTargets');
      return (targets?.targetInfos ?? []).filter(({ url }) => url.endsWith('/popup/popup.html'));
    };
    await until(async () => (await popups()).length > 0);

    await stage.stopWorker();
    await signedInFor(8);
    await open('popup/popup.html');
    await until(() => onDesktop(/corp ends in 10 minutes/).length === 1);
    expect(onDesktop(/A sign-in was stopped/)).toHaveLength(1);
    const before = (await storedToken(stage.home)).token.accessToken;
    clickOn(/corp ends in/);
    await until(async () => (await storedToken(stage.home)).token.accessToken !== before);

    // Who takes the permission back is told what that means, and is shown nothing any more.
    const count = desktop.shown.length;
    await inWorker(async () => chrome.permissions.remove({ permissions: ['notifications'] }), null);
    const again = await open('options/options.html');
    await again.getByRole('alert').getByRole('button', { name: 'Allow' }).waitFor();
    await foreignPage();
    await until(async () => (await foreignDecisions()) === 2);
    expect(desktop.shown).toHaveLength(count);
  });
});
