import type { Page } from 'playwright-core';
import { describe, expect, it, type TestContext } from 'vitest';
import { hostPids, tokenFiles } from '../support/home-files.ts';
import { type OwnStage, ownStage } from '../support/own-stage.ts';
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
async function approve(dialog: Page): Promise<void> {
  await dialog.waitForTimeout(700);
  const closed = dialog.waitForEvent('close');
  await dialog.click('#approve').catch(() => {});
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
    const before = hostPids(stage.home);
    await stage.stopWorker();
    // The next background is there when it has its host.
    await until(() => hostPids(stage.home).some((pid) => !before.includes(pid)));
    await approve(dialog);
    expect((await login.finished).code).toBe(0);
    expect(stage.idc.count('CreateToken')).toBe(1);
    await until(() => stage.browser.context.pages().length === 1);
  });

  it('a closed window: exit 3, and AWS was asked nothing', async (test) => {
    await askFirst(test);
    const { login, dialog } = await dialogOf();
    await dialog.close();
    const { code, stdout, stderr } = await login.finished;
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('[SIGN_IN_CANCELLED]');
    expect(stage.idc.requests.filter(({ service }) => service === 'sso-oidc')).toEqual([]);
    expect(await tokenFiles(stage.home)).toEqual([]);
  });
});
