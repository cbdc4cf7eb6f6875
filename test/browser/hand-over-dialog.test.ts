import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { signIn } from '../support/browsers/person.ts';
import { startListening, startOpener, startPkce, type Tool } from '../support/clients/run.ts';
import { foreignCode, vouchesLeft } from '../support/foreign-code.ts';
import { hostPids } from '../support/home-files.ts';
import { type OwnStage, ownStage } from '../support/own-stage.ts';
import { until } from '../support/until.ts';
import { outOfSight } from '../support/views/in-sight.ts';

/** awsher's own dialog, which the next hand-over brings up. */
async function dialogOf(stage: OwnStage, tool: Promise<Tool>): Promise<{ tool: Tool; dialog: Page }> {
  const opened = stage.browser.nextPage();
  const running = stage.use(await tool);
  const dialog = await opened;
  expect(dialog.url()).toMatch(/^chrome-extension:\/\/[a-p]{32}\/ask\/ask\.html#/);
  await dialog.waitForSelector('#approve');
  return { tool: running, dialog };
}

/** Clicks as a person does; an approval counts a moment later. The dialog closes under the pointer, which the driver takes for a failed click. */
async function answer(dialog: Page, button: '#approve' | '#decline'): Promise<void> {
  if (button === '#approve') await dialog.waitForTimeout(700);
  const closed = dialog.waitForEvent('close');
  await dialog.click(button).catch(() => {});
  await closed;
}

const presses = ({ idc }: OwnStage) => idc.count('AcceptUserCode') + idc.count('DecideConsent');

describe('a hand-over without a known sign-in command', () => {
  it('names who asks, where, and what for; one click approves it', async (test) => {
    const stage = await ownStage(test, { signedIn: true });
    const { tool, dialog } = await dialogOf(stage, startPkce(stage, ['company-login', '--prod']));
    const text = await dialog.textContent('main');
    expect(text).toContain('company-login --prod');
    expect(text).toContain(stage.home.split('/').at(-1));
    expect(text).toContain('oidc.us-east-1.amazonaws.com');
    expect(text).toMatch(/port \d+ of this computer/);
    await answer(dialog, '#approve');
    expect((await tool.finished).code).toBe(0);
    expect(presses(stage)).toBe(1);
    await until(() => stage.browser.context.pages().length === 1);
  });

  it('is asked about although its name is that of a sign-in command, when another program waits on the port', async (test) => {
    const stage = await ownStage(test, { signedIn: true });
    const { tool, dialog } = await dialogOf(
      stage,
      startPkce(stage, ['aws', 'sso', 'login'], { AUTHORIZE_PORT: String(stage.idc.port) }),
    );
    expect(await dialog.textContent('main')).toContain('aws sso login');
    await answer(dialog, '#decline');
    expect(tool.child.exitCode).toBe(null);
    expect(presses(stage)).toBe(0);
  });

  it('the background is put to sleep while the dialog waits, and the sign-in goes on', async (test) => {
    const stage = await ownStage(test, { passkey: true, signedIn: true });
    await stage.browser.context.clearCookies();
    const { tool, dialog } = await dialogOf(stage, startPkce(stage, ['company-login']));
    const before = hostPids(stage.home);
    await stage.stopWorker();
    // The next background is there when it has its host.
    await until(() => hostPids(stage.home).some((pid) => !before.includes(pid)));
    const opened = stage.browser.nextPage();
    await answer(dialog, '#approve');
    const page = await opened;
    await page.waitForSelector('#sign-in-with-passkey');
    await stage.stopWorker();
    await signIn(page, stage.passkey);
    expect((await tool.finished).code).toBe(0);
  });
});

describe('a program that had its page opened by the system', () => {
  /** The address in a tab of its own, by no page; awsher then asks who waits for the answer. */
  async function openedFromOutside(stage: OwnStage, words: string[]) {
    const tool = await startListening(stage, words);
    stage.use(tool);
    const cdp = await stage.browser.context.browser()?.newBrowserCDPSession();
    await cdp?.send('Target.createTarget', { url: tool.address });
    return tool;
  }
  const dialogs = (stage: OwnStage) =>
    stage.browser.context.pages().filter((page) => page.url().includes('/ask/ask.html#'));
  async function asked(stage: OwnStage): Promise<Page> {
    await until(() => dialogs(stage).length === 1);
    const [dialog] = dialogs(stage);
    if (!dialog) throw new Error('the dialog is gone');
    await dialog.waitForSelector('#approve');
    return dialog;
  }

  it('is asked about, and from then on approved where the person says "Don\'t ask again"', async (test) => {
    const stage = await ownStage(test, { signedIn: true });
    const first = await openedFromOutside(stage, ['company-login']);
    const forGood = await asked(stage);
    expect(await forGood.textContent('main')).toContain('/bin/company-login');
    await forGood.check('#always');
    await answer(forGood, '#approve');
    expect((await first.finished).code).toBe(0);

    const second = await openedFromOutside(stage, ['company-login']);
    expect((await second.finished).code).toBe(0);
    expect(dialogs(stage)).toEqual([]);
    expect(presses(stage)).toBe(2);

    // Another file is another program.
    const other = await openedFromOutside(stage, ['company-login-2']);
    await answer(await asked(stage), '#decline');
    expect(other.child.exitCode).toBe(null);
    expect(presses(stage)).toBe(2);
  });
});

describe('a link that reaches $BROWSER from a mail', () => {
  it('is asked about with its code, also below a shell that a sign-in tool has started; declined, it is never opened, and is nobody’s code afterwards', async (test) => {
    const stage = await ownStage(test, { signedIn: true });
    const foreign = await foreignCode(stage.idc);
    // The sign-in tool is an ancestor, but not the one that asks.
    const words = ['aws-vault', 'exec', 'prod', '--', 'mutt'];
    const { dialog } = await dialogOf(stage, startOpener(stage, words, foreign.url, { nested: true }));
    const text = await dialog.textContent('main');
    expect(text).toContain('mutt');
    expect(text).toContain('corp.awsapps.com');
    expect(text).toContain(foreign.userCode);
    // Other commands of the person who runs this test may wait; none of ours does.
    await dialog.getByText(/No sign-in command is running|Compare the code in its terminal/).waitFor();
    const all = ['.code-card', '.user-code', '.program', '.advice', '#approve', '#decline'];
    expect(await outOfSight(dialog, all)).toEqual([]);
    await answer(dialog, '#decline');
    await expect(foreign.redeem()).rejects.toMatchObject({ name: 'AuthorizationPendingException' });
    expect(stage.idc.count('PortalPage')).toBe(0);
    expect(presses(stage)).toBe(0);
    expect(vouchesLeft(stage.home)).toBe(0);
  });
});
