import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { signIn } from '../support/browsers/person.ts';
import { tokenFiles } from '../support/home-files.ts';
import { ownStage } from '../support/own-stage.ts';
import { openStage, type Stage } from '../support/stage.ts';
import { until } from '../support/until.ts';

let stage: Stage;

async function openView(view: 'popup/popup' | 'options/options'): Promise<Page> {
  const { id } = await stage.browser.extension();
  const page = await stage.browser.context.newPage();
  await page.goto(`chrome-extension://${id}/${view}.html`);
  return page;
}

const welcomePages = () =>
  stage.browser.context.pages().filter((page) => page.url().includes('/welcome/welcome.html'));

describe('the popup', () => {
  it('adds a session, authorizes the CLI without a terminal, and writes the config', async (test) => {
    stage = await ownStage(test, { passkey: true });
    const { idc, home, browser, passkey } = stage;
    const options = await openView('options/options');
    await options.getByLabel(/start url/i).fill(idc.startUrl);
    await options.getByRole('button', { name: /add/i }).click();
    await options.getByText('corp.awsapps.com').first().waitFor();
    await options.close();

    const popup = await openView('popup/popup');
    const opened = browser.nextPage();
    await popup.getByRole('button', { name: /authorize cli/i }).click();
    const page = await opened;
    await page.waitForSelector('#sign-in-with-passkey');
    await signIn(page, passkey);
    await until(async () => (await tokenFiles(home)).length === 1);
    await popup
      .getByText(/signed in/i)
      .first()
      .waitFor();
    await until(() => page.isClosed());
    expect(await readFile(join(home, '.aws/config'), 'utf8')).toBe(
      `[sso-session corp]\nsso_start_url = ${idc.startUrl}\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n`,
    );
    expect(idc.count('CreateToken')).toBe(1);
  });

  it('shows the sessions of the config, and for which profile a terminal asks; cancels for everyone, and shows the error', async (test) => {
    stage = await ownStage(test);
    const { home, idc } = stage;
    await mkdir(join(home, '.aws'));
    await writeFile(
      join(home, '.aws/config'),
      `[sso-session corp]\nsso_start_url = ${idc.startUrl}\nsso_region = us-east-1\n\n[profile prod]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = Admin\n`,
    );
    const popup = await openView('popup/popup');
    await popup.getByText('corp').first().waitFor();
    const login = stage.line('login', '--profile', 'prod');
    await login.until(/Sign in on the page/);
    await popup.locator('.asker', { hasText: 'For awsher login' }).getByText('profile prod').waitFor();
    await popup.getByRole('button', { name: /cancel/i }).click();
    const { code, stderr } = await login.finished;
    expect(code).toBe(3);
    expect(stderr).toContain('[SIGN_IN_CANCELLED]');
    await popup
      .getByText(/canceled/i)
      .first()
      .waitFor();
  });

  it('without a host says what to type, and goes on when it is there', async ({ onTestFinished }) => {
    stage = await openStage({ install: false });
    onTestFinished(() => stage.close());
    // It looks for the host by itself, every two seconds: only without it the button is what finds the host.
    await until(() => welcomePages().length === 1);
    for (const page of welcomePages()) await page.close();
    const popup = await openView('popup/popup');
    await popup.getByText('awsher install --browser chromium').first().waitFor();
    // The link tries no more by itself: what it would wait for never comes.
    const { worker } = await stage.browser.extension();
    await worker.evaluate(async () => {
      await chrome.alarms.clearAll();
      const start = globalThis.setTimeout;
      const held = (run: () => void, milliseconds: number) =>
        milliseconds < 1_000 ? start(run, milliseconds) : Object.assign(globalThis, { isHeld: true }) && 0;
      Object.assign(globalThis, { setTimeout: held });
    });
    await until(() => worker.evaluate(() => Reflect.get(globalThis, 'isHeld') === true));
    const installed = await stage.awsher(
      'install',
      '--browser',
      'chromium',
      '--user-data-dir',
      join(stage.home, 'profile'),
    );
    expect(installed.code).toBe(0);
    await popup.getByRole('button', { name: 'Retry', exact: true }).click();
    await popup.locator('.chip-connected').waitFor();
    expect(await popup.getByText('awsher install --browser chromium').count()).toBe(0);
  });
});
