import type { KeyInput } from 'puppeteer-core';
import { findChromium, findFirefox } from './browsers/find.ts';
import type { Ground } from './ground.ts';
import type { Judged } from './judged.ts';
import { keptFirefox } from './kept-firefox.ts';
import { keptStage } from './own-stage.ts';

/** A tab of the person, whichever browser it is in. */
export interface PersonsTab {
  goto(url: string): Promise<void>;
  waitFor(selector: string): Promise<void>;
  /** A real click with the pointer where the element is, whatever lies over it. */
  clickAt(selector: string): Promise<void>;
  evaluate<T>(read: () => T): Promise<T>;
  /** A key of the keyboard, where the focus is. */
  press(key: string): Promise<void>;
  /** Runs at the beginning of every document from now on. */
  atStart(run: () => void): Promise<void>;
}

/** What a hostile case needs of a browser with the shipped extension; each browser's driver plays the same cases. */
export interface HostileStage extends Ground {
  /** A portal that the person is signed in to. */
  signedInToPortal(): Promise<void>;
  newTab(): Promise<PersonsTab>;
  /** As a program of this computer has an address opened in the browser that runs: in a tab of its own, by no page. */
  openFromOutside(url: string): Promise<void>;
  /** Addresses of the open tabs and dialogs. */
  tabs(): Promise<string[]>;
  /** What awsher makes of the pages whose address has `part` in it, from what is known now. */
  judged(part: string): Promise<Judged[]>;
  /** Closes the tab whose address has `part` in it. */
  closeTab(part: string): Promise<void>;
  /** Everything in the extension's storage areas, as text. */
  stored(): Promise<string>;
  /** Puts the extension's background to sleep. */
  stopBackground(): Promise<void>;
  /** As it was opened. */
  renew(): Promise<void>;
  /** Its end, or its use by another file. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** The browsers that play the hostile cases, with whether they are installed here. */
export const HOSTILE_BROWSERS: readonly {
  browser: 'chromium' | 'firefox';
  installed: boolean;
  open(): Promise<HostileStage>;
}[] = [
  { browser: 'chromium', installed: findChromium() !== null, open: openInChromium },
  { browser: 'firefox', installed: findFirefox() !== null, open: openInFirefox },
];

async function openInChromium(): Promise<HostileStage> {
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

async function openInFirefox(): Promise<HostileStage> {
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
        waitFor: async (selector) => void (await page.waitForSelector(selector)),
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
      await page.waitForSelector('main');
      const text = await page.evaluate(async () =>
        JSON.stringify([await chrome.storage.session.get(null), await chrome.storage.local.get(null)]),
      );
      await page.close();
      return text;
    },
  };
}
