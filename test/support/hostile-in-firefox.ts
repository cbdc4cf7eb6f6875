import type { KeyInput } from 'puppeteer-core';
import { findFirefox } from './browsers/find.ts';
import { shown } from './browsers/shown.ts';
import type { HostileBrowser, HostileStage } from './hostile.ts';
import { keptFirefox } from './kept-firefox.ts';

export const FIREFOX: HostileBrowser = { browser: 'firefox', installed: findFirefox() !== null, open };

async function open(): Promise<HostileStage> {
  const stage = await keptFirefox();
  return {
    ...stage,
    async openFromOutside(url) {
      await stage.privileged(`
        const { OPEN_NEWTAB, OPEN_EXTERNAL } = Ci.nsIBrowserDOMWindow;
        const nobody = Services.scriptSecurityManager.createNullPrincipal({});
        window.browserDOMWindow.openURI(Services.io.newURI(${JSON.stringify(url)}), null, OPEN_NEWTAB, OPEN_EXTERNAL, nobody);`);
    },
    async newTab() {
      const page = await stage.firefox.browser.newPage();
      return {
        goto: async (url) => void (await page.goto(url)),
        waitFor: async (selector) => void (await shown(page, selector)),
        async clickAt(selector) {
          const element = await page.$(selector);
          const box = await element?.boundingBox();
          if (box) await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
        },
        evaluate: async (read) => page.evaluate(read),
        press: (key) => page.keyboard.press(key as KeyInput),
        atStart: async (run) => void (await page.evaluateOnNewDocument(run)),
      };
    },
    async stored() {
      const page = await stage.openView('options/options.html');
      await shown(page, 'main');
      const text = await page.evaluate(async () =>
        JSON.stringify([await chrome.storage.session.get(null), await chrome.storage.local.get(null)]),
      );
      await page.close();
      return text;
    },
  };
}
