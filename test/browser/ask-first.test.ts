import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it, type TestContext } from 'vitest';
import { startOpener, startPkce } from '../support/clients/run.ts';
import { foreignCode } from '../support/foreign-code.ts';
import { tokenFiles } from '../support/home-files.ts';
import { type OwnStage, ownStage } from '../support/own-stage.ts';
import { agreeToSaml, setUpSaml } from '../support/saml-stage.ts';
import { until } from '../support/until.ts';

let stage: OwnStage;

/** A portal that is signed in to, and the setting switched on in the options page. */
async function askFirst(test: TestContext): Promise<void> {
  stage = await ownStage(test, { signedIn: true });
  const { context } = stage.browser;
  const { id } = await stage.browser.extension();
  const options = await context.newPage();
  await options.goto(`chrome-extension://${id}/options/options.html`);
  await options.getByRole('radio', { name: 'Ask me' }).click();
  await options.getByText('Saved').waitFor();
  await options.close();
}

/** A sign-in of a terminal, and the dialog that it brings up. */
async function dialogOf() {
  const opened = stage.browser.nextPage();
  const login = stage.line('login', ...stage.corp);
  const dialog = await opened;
  expect(dialog.url()).toMatch(/^chrome-extension:\/\/[a-p]{32}\/ask\/ask\.html#/);
  await dialog.waitForSelector('#approve');
  await login.until(/Press Approve in awsher.s window/);
  return { login, dialog };
}

/** Clicks as a person does; an approval counts a moment later. The window closes under the pointer. */
async function answer(dialog: Page, button: '#approve' | '#decline'): Promise<void> {
  if (button === '#approve') await dialog.waitForTimeout(700);
  const closed = dialog.waitForEvent('close');
  await dialog.click(button).catch(() => {});
  await closed;
}

describe('"ask me before approving"', () => {
  it('one click, and the sign-in goes on by itself', async (test) => {
    await askFirst(test);
    const { login, dialog } = await dialogOf();
    const text = await dialog.textContent('main');
    expect(text).toContain('awsher login');
    expect(text).toContain('corp.awsapps.com');
    expect(text).not.toContain('cannot tell');
    // Nothing has been asked of AWS, and the background may sleep meanwhile.
    expect(stage.idc.requests.filter(({ service }) => service === 'sso-oidc')).toEqual([]);
    await stage.stopWorker();
    await dialog.waitForTimeout(500);
    await answer(dialog, '#approve');
    expect((await login.finished).code).toBe(0);
    expect(stage.idc.count('CreateToken')).toBe(1);
    await until(() => stage.browser.context.pages().length === 1);
  });

  it.for([
    ['"Not me"', (dialog: Page) => answer(dialog, '#decline')],
    ['a closed window', (dialog: Page) => dialog.close()],
  ] as const)('%s: exit 3, and AWS was asked nothing', async ([, decline], test) => {
    await askFirst(test);
    const { login, dialog } = await dialogOf();
    await decline(dialog);
    const { code, stdout, stderr } = await login.finished;
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('[SIGN_IN_CANCELLED]');
    expect(stage.idc.requests.filter(({ service }) => service === 'sso-oidc')).toEqual([]);
    expect(await tokenFiles(stage.home)).toEqual([]);
  });

  it('does not ask who began in the popup', async (test) => {
    await askFirst(test);
    const { browser, home, idc } = stage;
    await mkdir(join(home, '.aws'));
    await writeFile(
      join(home, '.aws/config'),
      `[sso-session corp]\nsso_start_url = ${idc.startUrl}\nsso_region = us-east-1\n`,
    );
    const { id } = await browser.extension();
    const popup = await browser.context.newPage();
    await popup.goto(`chrome-extension://${id}/popup/popup.html`);
    const opened = browser.nextPage();
    await popup.getByRole('button', { name: /authorize cli/i }).click();
    expect((await opened).url()).not.toContain('/ask/');
    await until(async () => (await tokenFiles(home)).length === 1);
  });

  it.for([
    ['a PKCE request', async () => startPkce(stage, ['aws', 'sso', 'login'])],
    [
      'a device code',
      async () => startOpener(stage, ['aws', 'sso', 'login'], (await foreignCode(stage.idc)).url),
    ],
  ] as const)(
    'goes for %s that a known sign-in command hands over: no page before the click',
    async ([, begin], test) => {
      await askFirst(test);
      const opened = stage.browser.nextPage();
      const tool = await begin();
      const dialog = await opened;
      expect(dialog.url()).toContain('/ask/ask.html#');
      await dialog.getByText('You chose to be asked').waitFor();
      expect(stage.idc.count('Authorize') + stage.idc.count('PortalPage')).toBe(0);
      const page = stage.browser.nextPage();
      await answer(dialog, '#approve');
      await page;
      await until(() => stage.idc.count('DecideConsent') === 1);
      await tool.finished;
    },
  );

  it('goes for a SAML sign-in too: no tab of the identity provider before the click, and none after a no', async (test) => {
    await askFirst(test);
    await agreeToSaml(stage.browser);
    await setUpSaml(stage);
    await stage.browser.context.addCookies([stage.idc.idpCookie()]);
    const ask = async () => {
      const opened = stage.browser.nextPage();
      const login = stage.start('saml', 'login', 'corp', '--role', 'Admin');
      const dialog = await opened;
      await dialog.waitForSelector('#approve');
      expect(await dialog.textContent('main')).toContain('awsher saml login');
      return { login, dialog };
    };
    const refused = await ask();
    await answer(refused.dialog, '#decline');
    expect((await refused.login.finished).code).toBe(3);
    const agreed = await ask();
    expect(stage.idc.count('SamlStart')).toBe(0);
    const asking = stage.browser.nextPage();
    await answer(agreed.dialog, '#approve');
    await (await asking).getByRole('button', { name: /allow/i }).click();
    expect((await agreed.login.finished).code).toBe(0);
  });
});
