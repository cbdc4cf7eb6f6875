import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { foreignCode } from '../support/foreign-code.ts';
import { EXTENSION, hostPids, openStage, type Stage, tokenFiles, until } from '../support/stage.ts';

/** What the browser itself shows of awsher: the icon's badge and tooltip, and notifications. */

let stage: Stage;
afterEach(() => stage?.close());

/** The worker may have been replaced since the last call: each looks for the one that runs. */
async function inWorker<T, A>(run: (given: A) => Promise<T>, given: A): Promise<T> {
  const { worker } = await stage.browser.extension();
  return worker.evaluate(run as (given: unknown) => Promise<T>, given);
}

const sign = () =>
  inWorker(
    async () => ({ badge: await chrome.action.getBadgeText({}), tip: await chrome.action.getTitle({}) }),
    null,
  );
const notifications = () => inWorker(async () => Object.keys(await chrome.notifications.getAll()), null);
const change = (settings: object) =>
  inWorker(async (given) => chrome.storage.local.set({ settings: given }), {
    label: '',
    watch: false,
    ask: false,
    ...settings,
  });

/** A session with a token that ends in so many minutes and that nothing renews. */
async function signedInFor(minutes: number): Promise<void> {
  const { home, idc } = stage;
  const login = await stage.awsher('login', ...stage.corp);
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
  it('says that a stranger was stopped, also after the background was, until the person has seen it', async () => {
    stage = await openStage();
    const { id } = await stage.browser.extension();
    await stage.browser.context.addCookies([stage.idc.portalCookie()]);
    await until(async () => (await sign()).tip === 'awsher: not signed in');
    await foreignPage();
    await until(async () => (await sign()).badge === '!');
    expect((await sign()).tip).toBe('awsher: a sign-in that nobody here asked for was stopped');
    await inWorker(async () => chrome.action.setBadgeText({ text: '' }), null);
    await stage.stopWorker();

    const popup = await stage.browser.context.newPage();
    await popup.goto(`chrome-extension://${id}/popup/popup.html`);
    await popup.getByRole('button', { name: 'What to do' }).click();
    await until(async () => (await sign()).badge === '!');
    await popup.getByText('Stopped: nobody here asked for it').waitFor();
    await popup.getByRole('button', { name: 'I have seen it' }).click();
    await until(async () => (await sign()).badge === '');
    expect(await popup.getByText('Stopped: nobody here asked for it').count()).toBe(1);
  });

  it('asks for the person, and is quiet again after Cancel; then counts the last minutes of a session', async () => {
    stage = await openStage();
    const { browser, idc } = stage;
    await browser.extension();
    await until(() => hostPids(stage.home).length > 0);
    const login = stage.start('login', ...stage.corp);
    await login.until(/asks you to sign in/);
    await until(async () => (await sign()).tip === 'awsher: corp waits for you');
    expect((await sign()).badge).toBe('!');
    login.child.kill('SIGINT');
    expect((await login.finished).code).toBe(130);
    await until(async () => (await sign()).badge === '');

    await browser.context.addCookies([idc.portalCookie()]);
    await signedInFor(9.5);
    // Told by the popup, as by the alarm.
    const { id } = await browser.extension();
    const popup = await browser.context.newPage();
    await popup.goto(`chrome-extension://${id}/popup/popup.html`);
    await until(async () => (await sign()).badge === '9m');
    expect((await sign()).tip).toMatch(/^awsher: corp ends in [89] minutes$/);
  });
});

describe('notifications', () => {
  let folder: string;
  beforeAll(async () => {
    // A click on the browser's own Allow is beyond a driver; a manifest that asks at once leads to the same.
    folder = await mkdtemp(join(tmpdir(), 'awsher-allowed-'));
    await mkdir(folder, { recursive: true });
    await cp(EXTENSION, folder, { recursive: true });
    const path = join(folder, 'manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8'));
    manifest.permissions.push(...manifest.optional_permissions);
    delete manifest.optional_permissions;
    await writeFile(path, JSON.stringify(manifest));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('come once for what the settings name, and for nothing else', async () => {
    stage = await openStage({ extensionDir: folder });
    const { browser, idc } = stage;
    await browser.extension();
    await browser.context.addCookies([idc.portalCookie()]);
    expect((await stage.awsher('login', ...stage.corp)).code).toBe(0);
    await foreignPage();
    await until(async () => (await sign()).badge === '!');
    expect(await notifications()).toEqual([]);

    await change({ notifyForeign: true, notifyDone: true, notifyExpiry: true });
    expect((await stage.awsher('login', 'corp', '--force')).code).toBe(0);
    await until(async () => (await notifications()).some((key) => key.startsWith('done:corp:')));
    await until(async () => (await notifications()).some((key) => key.startsWith('foreign:')));
    expect((await notifications()).some((key) => key.startsWith('expiry:'))).toBe(false);

    await inWorker(async () => {
      for (const key of Object.keys(await chrome.notifications.getAll()))
        await chrome.notifications.clear(key);
    }, null);
    await stage.stopWorker();
    await signedInFor(8);
    const { id } = await browser.extension();
    const popup = await browser.context.newPage();
    await popup.goto(`chrome-extension://${id}/popup/popup.html`);
    await until(async () => (await notifications()).some((key) => key.startsWith('expiry:corp:')));
    expect((await notifications()).filter((key) => key.startsWith('foreign:'))).toEqual([]);
  });
});
