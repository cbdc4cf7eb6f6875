import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it, type TestContext } from 'vitest';
import { addNotes } from '../../native-host/aws/tokens/session-notes.ts';
import { resolvePaths } from '../../native-host/base/files/paths.ts';
import { hostPids, tokenFiles } from '../support/home-files.ts';
import { type OwnStage, ownStage } from '../support/own-stage.ts';
import { until } from '../support/until.ts';

/** What a person does in the popup and on the options page, with everything behind them real. */

let stage: OwnStage;

async function openView(path: string, clock = false): Promise<Page> {
  const { id } = await stage.browser.extension();
  const page = await stage.browser.context.newPage();
  if (clock) await page.clock.install();
  await page.goto(`chrome-extension://${id}/${path}`);
  return page;
}

async function signedInPortal(test: TestContext): Promise<void> {
  stage = await ownStage(test, { signedIn: true });
}

/** The popup after a sign-in: the news of it makes room by itself when it has stood for eight seconds. */
async function popupAfterNews(): Promise<Page> {
  const popup = await openView('popup/popup.html', true);
  const news = popup.getByText('The terminal is ready.');
  await news.waitFor();
  await popup.clock.fastForward(8_001);
  await news.waitFor({ state: 'detached' });
  return popup;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

describe('the popup', () => {
  it('renews through the host, with no tab, and says so; signs out as the command does, after asking once, and keeps the config', async (test) => {
    await signedInPortal(test);
    const { home, idc, browser } = stage;
    expect((await stage.line('login', ...stage.corp).finished).code).toBe(0);
    const config = await readFile(join(home, '.aws/config'), 'utf8');
    const paths = resolvePaths({ env: { HOME: home }, platform: 'linux', homedir: () => home });
    addNotes(paths, 'corp', { refreshedAt: Date.now() - 5 * 60_000 });
    const [before] = await tokenFiles(home);
    const popup = await popupAfterNews();
    const tabs: string[] = [];
    browser.context.on('page', (page) => tabs.push(page.url()));
    await button(popup, 'Renew').click();
    await popup.getByText('Renewed until').waitFor();
    const [after] = await tokenFiles(home);
    expect(after?.text).not.toBe(before?.text);
    expect(idc.count('StartDeviceAuthorization')).toBe(1);
    expect(tabs).toEqual([]);

    await button(popup, 'More for corp').click();
    await button(popup, 'Sign out').click();
    await button(popup, 'Keep').click();
    expect(await tokenFiles(home)).toHaveLength(1);
    await button(popup, 'Sign out').click();
    await button(popup, 'Sign out').click();
    await popup.getByText('Not signed in').waitFor();
    expect(await tokenFiles(home)).toEqual([]);
    expect(idc.count('Logout')).toBe(1);
    expect(await readFile(join(home, '.aws/config'), 'utf8')).toBe(config);
  });

  it('changes what is in the config, and nothing beside it', async (test) => {
    await signedInPortal(test);
    const config = join(stage.home, '.aws/config');
    const comment = '# by hand\n';
    await mkdir(join(stage.home, '.aws'), { recursive: true });
    await writeFile(
      config,
      `${comment}[sso-session theirs]\nsso_start_url = ${stage.idc.startUrl}\nsso_region = us-west-2\n`,
    );
    const options = await openView('options/options.html#add');
    await button(options, 'Edit theirs').click();
    await options.getByRole('combobox', { name: 'Region' }).fill('us-east-1');
    await button(options, 'Save').click();
    await options.getByRole('heading', { name: 'Add a session' }).waitFor();
    expect(await readFile(config, 'utf8')).toContain(
      `${comment}[sso-session theirs]\nsso_start_url = ${stage.idc.startUrl}\nsso_region = us-east-1\n`,
    );
  });

  it('stays when the host dies, and is connected again by itself', async (test) => {
    await signedInPortal(test);
    const popup = await openView('popup/popup.html');
    await popup.locator('.chip-connected').waitFor();
    const [pid] = hostPids(stage.home);
    process.kill(pid ?? 0, 'SIGKILL');
    await until(() => hostPids(stage.home).some((other) => other !== pid), 60_000);
    await popup.locator('.chip-connected').waitFor();
  });
});

describe('the options page', () => {
  it('takes theme and language at once, and keeps them; settings go to a file and come back', async (test) => {
    await signedInPortal(test);
    const options = await openView('options/options.html');
    await options.getByRole('radio', { name: 'Dark' }).click();
    await options.locator('html[data-theme="dark"]').waitFor();
    await options.getByLabel('Language').selectOption('pt-BR');
    await options.getByRole('heading', { name: 'Sessões' }).first().waitFor();
    expect(await options.locator('html').getAttribute('lang')).toBe('pt-BR');
    const popup = await openView('popup/popup.html');
    await popup.locator('html[data-theme="dark"][lang="pt-BR"]').waitFor();
    await popup.getByRole('tab', { name: 'Histórico' }).waitFor();

    const saved = options.waitForEvent('download');
    await button(options, 'Exportar').click();
    const file = join(stage.home, 'settings.json');
    await (await saved).saveAs(file);
    const text = await readFile(file, 'utf8');
    expect(JSON.parse(text)).toMatchObject({ settings: { theme: 'dark', language: 'pt-BR' }, sessions: [] });
    const session = { session: 'lab', startUrl: stage.idc.startUrl, region: 'us-east-1' };
    const settings = { theme: 'light', language: 'en', label: 'work' };
    const sessions = [session, { ...session, session: 'team' }, { ...session, session: 'night' }];
    await writeFile(file, JSON.stringify({ ...JSON.parse(text), settings, sessions }));
    await options.locator('input[type=file]').setInputFiles(file);
    await button(options, 'Importar').click();
    await options.locator('html[data-theme="light"][lang="en"]').waitFor();
    await options.locator('.row-name', { hasText: 'night' }).waitFor();
    expect(await options.locator('.row-name').allTextContents()).toEqual(['lab', 'team', 'night']);
    await until(async () => (await options.getByLabel('Browser label').inputValue()) === 'work');

    await writeFile(file, '{"format":"awsher settings","version":1,"settings":{"ask":"yes"},"sessions":[]}');
    await options.locator('input[type=file]').setInputFiles(file);
    await options.getByText('This is not an awsher settings file').waitFor();
  });

  it('runs the checks of the doctor', async (test) => {
    await signedInPortal(test);
    const options = await openView('options/options.html#checks');
    await options.locator('.check-words', { hasText: 'Host handshake' }).first().waitFor({ timeout: 60_000 });
    expect(await options.locator('#computer .check').count()).toBeGreaterThan(4);
  });
});
