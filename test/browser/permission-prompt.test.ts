import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { raiseDesktop } from '../support/desktop/notifications.ts';
import { screenHere } from '../support/desktop/screen.ts';
import { openWindow } from '../support/desktop/window.ts';
import { foreignCode } from '../support/foreign-code.ts';
import { until } from '../support/until.ts';

// The browser's own question is no page: it takes a real window and a real keyboard. Skipped only where there is no
// Xvfb or no xdotool; `npm test` installs them where it may (scripts/test.mjs).
describe.skipIf(!screenHere())("the browser's own question, in a real window", () => {
  it('No leaves notifications off; Allow turns them on, for the background that runs', async ({
    onTestFinished,
  }) => {
    const folder = await mkdtemp(join(tmpdir(), 'awsher-prompt-'));
    const desktop = await raiseDesktop(folder);
    const { screen, ground, browser, close } = await openWindow({ env: desktop.env });
    onTestFinished(async () => {
      await close();
      await desktop.close();
      await rm(folder, { recursive: true, force: true });
    });
    const { idc } = ground;
    const { id, worker } = await browser.extension();
    const allowed = () =>
      worker.evaluate(() => chrome.permissions.contains({ permissions: ['notifications'] }));
    const options = await browser.context.newPage();
    await options.goto(`chrome-extension://${id}/options/options.html`);
    const toggle = options.locator('[role=switch][aria-describedby=notifyForeign-help]');
    const aMoment = () => options.waitForTimeout(1_000);
    expect(await allowed()).toBe(false);

    await toggle.click();
    await aMoment();
    // The question has the focus, and Deny has it there.
    screen.press('Return');
    await aMoment();
    expect([await allowed(), await toggle.getAttribute('aria-checked')]).toEqual([false, 'false']);

    await toggle.click();
    await aMoment();
    screen.press('Tab');
    screen.press('Return');
    await until(allowed);
    await options.locator('[aria-describedby=notifyForeign-help][aria-checked=true]').waitFor();
    await options.close();

    await browser.context.addCookies([idc.portalCookie()]);
    const tab = await browser.context.newPage();
    await tab.goto((await foreignCode(idc)).url);
    await until(() => desktop.shown.length === 1);
    expect(desktop.shown[0]?.title).toBe('A sign-in was stopped');
    desktop.click(desktop.shown[0]?.id ?? 0);
    await until(() =>
      worker.evaluate(
        async () => (await chrome.runtime.getContexts({ contextTypes: ['POPUP'] })).length === 1,
      ),
    );
  });
});
