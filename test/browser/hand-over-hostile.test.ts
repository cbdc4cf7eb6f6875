import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { signIn } from '../support/browsers/person.ts';
import { startOpener, startPkce, type Tool } from '../support/clients/run.ts';
import { hostPids } from '../support/home-files.ts';
import { type OwnStage, ownStage } from '../support/own-stage.ts';
import { until } from '../support/until.ts';

const ALLOW = '[data-testid="allow-access-button"]';

/** The address that a PKCE client wants opened; the client waits for an answer that nobody hands over. */
async function foreignRequest(stage: OwnStage): Promise<{ url: string; tool: Tool }> {
  const tool = stage.use(await startPkce(stage, ['theirs'], { BROWSER: 'true' }));
  await until(() => /^https:\S+$/m.test(tool.output()));
  return { url: /^https:\S+$/m.exec(tool.output())?.[0] ?? '', tool };
}

/** Our own request, with its tab on the sign-in page. */
async function waitingForPasskey(stage: OwnStage): Promise<{ login: Tool; page: Page }> {
  const opened = stage.browser.nextPage();
  const login = stage.use(await startPkce(stage, ['aws', 'sso', 'login']));
  const page = await opened;
  await page.waitForSelector('#sign-in-with-passkey');
  return { login, page };
}

/** awsher has judged what the tab shows, and has pressed nothing. */
const isLeft = async (stage: OwnStage, page: Page) =>
  expect(await stage.judged(page.url())).toEqual(['left']);
const noticeIsOver = (page: Page) =>
  page.evaluate(
    () =>
      document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.shadowRoot === null &&
      document.querySelector('[popover]') !== null,
  );

describe.concurrent('a PKCE consent that nobody handed over', () => {
  it('is neither pressed nor warned about', async (test) => {
    const stage = await ownStage(test, { signedIn: true });
    const { url, tool } = await foreignRequest(stage);
    const page = await stage.browser.context.newPage();
    await page.goto(url);
    await page.waitForSelector(ALLOW);
    await isLeft(stage, page);
    expect(stage.idc.count('DecideConsent')).toBe(0);
    expect(await noticeIsOver(page)).toBe(false);
    // The person still can.
    await page.click(ALLOW);
    expect((await tool.finished).code).toBe(0);
  });

  it('in another tab, while ours waits for the passkey: only ours is approved', async (test) => {
    const stage = await ownStage(test, { passkey: true });
    const { login, page } = await waitingForPasskey(stage);
    const foreign = await foreignRequest(stage);
    await stage.browser.context.addCookies([stage.idc.portalCookie()]);
    const other = await stage.browser.context.newPage();
    await other.goto(foreign.url);
    await other.waitForSelector(ALLOW);
    await isLeft(stage, other);
    expect(stage.idc.count('DecideConsent')).toBe(0);
    await page.bringToFront();
    await signIn(page, stage.passkey);
    expect((await login.finished).code).toBe(0);
    await isLeft(stage, other);
    expect(stage.idc.count('DecideConsent')).toBe(1);
    expect(foreign.tool.child.exitCode).toBe(null);
  });

  it('with a foreign state in our own tab', async (test) => {
    const stage = await ownStage(test);
    const { login, page } = await waitingForPasskey(stage);
    const foreign = await foreignRequest(stage);
    await stage.browser.context.addCookies([stage.idc.portalCookie()]);
    // From the sign-in page, as a page could do it.
    await page.evaluate((url) => location.assign(url), foreign.url);
    await page.waitForSelector(ALLOW);
    await isLeft(stage, page);
    expect(stage.idc.count('DecideConsent')).toBe(0);
    expect([login.child.exitCode, foreign.tool.child.exitCode]).toEqual([null, null]);
  });

  it('whose answer would leave this computer opens like every other page', async (test) => {
    const stage = await ownStage(test, { signedIn: true });
    const { url } = await foreignRequest(stage);
    const evil = new URL(url);
    evil.searchParams.set('redirect_uri', 'https://evil.example/oauth/callback');
    const tool = stage.use(await startOpener(stage, ['aws', 'sso', 'login'], evil.href));
    await tool.finished;
    expect(stage.idc.count('Authorize')).toBe(0);
    expect(stage.browser.context.pages()).toHaveLength(1);
  });
});

describe.concurrent('our own request', () => {
  it('handed over twice opens one tab', async (test) => {
    const stage = await ownStage(test);
    const { url, tool } = await foreignRequest(stage);
    const before = stage.browser.context.pages().length;
    for (const name of ['one-tool', 'two-tool'])
      await stage.use(await startOpener(stage, [name], url)).finished;
    // A request that comes after both has its tab: a second one of this request would be there too.
    const later = await foreignRequest(stage);
    await stage.use(await startOpener(stage, ['three-tool'], later.url)).finished;
    await until(() => stage.browser.context.pages().length >= before + 2);
    expect(stage.browser.context.pages()).toHaveLength(before + 2);
    expect(tool.child.exitCode).toBe(null);
  });

  it('whose tab the person closes is over', async (test) => {
    const stage = await ownStage(test);
    const { login, page } = await waitingForPasskey(stage);
    await page.close();
    await stage.browser.context.addCookies([stage.idc.portalCookie()]);
    const again = await stage.browser.context.newPage();
    await again.goto(/^https:\S+$/m.exec(login.output())?.[0] ?? '');
    await again.waitForSelector(ALLOW);
    await isLeft(stage, again);
    expect(stage.idc.count('DecideConsent')).toBe(0);
  });

  it('is not pressed any more when the host has died; its page stays for the person', async (test) => {
    const stage = await ownStage(test, { passkey: true });
    const { login, page } = await waitingForPasskey(stage);
    const before = hostPids(stage.home);
    for (const pid of before) process.kill(pid, 'SIGKILL');
    // The record of a dead host stays until the next one comes.
    await until(() => hostPids(stage.home).some((pid) => !before.includes(pid)));
    await signIn(page, stage.passkey);
    await page.waitForSelector(ALLOW);
    await isLeft(stage, page);
    expect(stage.idc.count('DecideConsent')).toBe(0);
    await page.click(ALLOW);
    expect((await login.finished).code).toBe(0);
  });

  it('denied by the person on the page: the tool hears it, the tab stays with the person', async (test) => {
    const stage = await ownStage(test, { signedIn: true, center: { markers: 'none' } });
    const before = stage.browser.context.pages().length;
    const opened = stage.browser.nextPage();
    const login = stage.use(await startPkce(stage, ['aws', 'sso', 'login']));
    const page = await opened;
    await page.getByText('Deny').click();
    expect((await login.finished).code).not.toBe(0);
    await page.waitForURL(/^http:\/\/127\.0\.0\.1:/);
    await until(async () => JSON.stringify(await stage.kept()).includes('"phase":"ended"'));
    // A tab that awsher closes with that would be gone by now.
    await stage.judged('');
    expect(stage.browser.context.pages().length).toBe(before + 1);
  });
});
