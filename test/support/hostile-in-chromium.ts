import { findChromium } from './browsers/find.ts';
import type { HostileBrowser, HostileStage } from './hostile.ts';
import { keptStage } from './own-stage.ts';

export const CHROMIUM: HostileBrowser = {
  browser: 'chromium',
  installed: findChromium() !== null,
  open,
};

async function open(): Promise<HostileStage> {
  const stage = await keptStage({ byName: true });
  const { context } = stage.browser;
  return {
    ...stage,
    stopBackground: () => stage.stopWorker(),
    signedInToPortal: () => context.addCookies([stage.idc.portalCookie()]),
    async openFromOutside(url) {
      const cdp = await context.browser()?.newBrowserCDPSession();
      await cdp?.send('Target.createTarget', { url });
    },
    tabs: async () => context.pages().map((page) => page.url()),
    async newTab() {
      const page = await context.newPage();
      return {
        goto: async (url) => void (await page.goto(url)),
        waitFor: async (selector) => void (await page.waitForSelector(selector, { state: 'attached' })),
        async clickAt(selector) {
          const box = await page.locator(selector).boundingBox();
          if (box) await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
        },
        evaluate: (read) => page.evaluate(read),
        press: (key) => page.keyboard.press(key),
        atStart: async (run) => void (await page.addInitScript(run)),
      };
    },
    stored: async () =>
      (await stage.browser.extension()).worker.evaluate(async () =>
        JSON.stringify([await chrome.storage.session.get(null), await chrome.storage.local.get(null)]),
      ),
  };
}
