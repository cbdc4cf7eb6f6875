import { join } from 'node:path';
import type { Frame, Page, Route } from 'playwright-core';
import { launchChromium, loadAgain, MAY_LOAD_AGAIN, stopWorker, tellTabs } from '../browsers/chromium.ts';
import type { Ground } from '../ground.ts';
import { EAR, keptState, looks } from '../judged.ts';
import { allow } from '../permissions.ts';
import type { LabBrowser, LabPage } from './browser.ts';
import { holdInStorage } from './hold.ts';

/** One that reloads the extension, from its folder as that is now. */
interface ReloadingBrowser extends LabBrowser {
  loadAgain(): Promise<void>;
}

export async function hostileChromium(ground: Ground, extension: string): Promise<ReloadingBrowser> {
  const { idc, home } = ground;
  const profile = join(home, 'profile');
  await ground.install('--browser', 'chromium', '--user-data-dir', profile);
  const browser = await launchChromium({
    idc,
    home,
    userDataDir: profile,
    extensionDir: extension,
    env: idc.endpoints,
    args: [MAY_LOAD_AGAIN],
  });
  ground.scene.tabs = () => tellTabs(browser.context);
  await browser.extension();
  const { context } = browser;
  const [first] = context.pages();
  if (!first) throw new Error('Chromium has no tab');
  const ear = async (): Promise<Page> => {
    if (first.url() === 'about:blank')
      await first.goto(`chrome-extension://${(await browser.extension()).id}/${EAR}`);
    return first;
  };
  const close = async () => {
    await browser.close().catch(() => {});
    await ground.clear();
  };
  return {
    nextPage: async () => pageOf(await browser.nextPage()),
    newPage: async () => pageOf(await context.newPage()),
    signInToPortals: () => context.addCookies(idc.directories.map((one) => idc.portalCookie(one))),
    allow: (hosts) => allow(browser, hosts),
    async holdNext(step) {
      const { worker } = await browser.extension();
      await worker.evaluate(holdInStorage, `"step":"${step}"`);
      return () => worker.evaluate(() => globalThis.release());
    },
    looks: async () => looks(await ear(), ''),
    keptState: async () => keptState(await ear()),
    stopBackground: () => stopWorker(context),
    async loadAgain() {
      // The browser closes the extension's own documents with it.
      await first.goto('about:blank');
      await loadAgain(context, extension);
    },
    async clear(keep) {
      const kept = keep && driven.get(keep);
      for (const page of context.pages())
        if (page !== first && page !== kept) await page.close().catch(() => {});
      // After that: a tab that awsher closes meanwhile would make this fail.
      await context.unrouteAll();
      await kept?.unrouteAll();
      if (!kept) await context.clearCookies();
    },
    leave: close,
    close,
  };
}

const driven = new WeakMap<LabPage, Page>();

function pageOf(page: Page): LabPage {
  const one: LabPage = {
    goto: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    url: () => page.url(),
    waitForSelector: async (selector, options) => void (await page.waitForSelector(selector, options)),
    waitForURL: (wanted) => page.waitForURL(wanted),
    waitForText: (text) => page.getByText(text).waitFor(),
    evaluate: <R, A>(inPage: (argument: A) => R, argument: A) =>
      page.evaluate(inPage as (argument: unknown) => Awaited<R>, argument as unknown),
    bringToFront: () => page.bringToFront(),
    expose: async (name, told) => void (await page.exposeFunction(name, told)),
    async hold(address) {
      const held: Route[] = [];
      await page.route(address, (route) => void held.push(route));
      return async () => {
        await page.unroute(address);
        // Those of a page that is gone cannot go on.
        for (const route of held) await route.continue().catch(() => {});
      };
    },
    async serve(hostname, body, asked) {
      const forHost = (url: URL) => url.hostname === hostname;
      await page.context().route(forHost, async (route) => {
        asked(new URL(route.request().url()).pathname);
        await route.fulfill({ contentType: 'text/html', body });
      });
    },
    injected: async () => (await worlds(page)).scripts,
    async frame() {
      const inside = page.frameLocator('iframe').locator('#root, #sign-in-with-passkey').first();
      await inside.waitFor({ state: 'attached' });
      const [frame] = page.frames().slice(1);
      if (!frame) throw new Error('there is no frame');
      const { scripts, origins } = await worlds(frame);
      // It may go on to the sign-in page just now: then both are told of.
      return { origin: origins.at(-1) ?? '', injected: scripts };
    },
  };
  driven.set(one, page);
  return one;
}

/** How many documents of a tab or frame have a world of the extension, and the origins of all documents. */
async function worlds(of: Page | Frame): Promise<{ scripts: number; origins: string[] }> {
  const page = 'frames' in of ? of : of.page();
  const cdp = await page.context().newCDPSession(of);
  const found: { origin: string; isDefault: boolean }[] = [];
  cdp.on('Runtime.executionContextCreated', ({ context: { origin, auxData } }) => {
    found.push({ origin, isDefault: Boolean(auxData?.isDefault) });
  });
  await cdp.send('Runtime.enable');
  await cdp.detach();
  return {
    scripts: found.filter(({ origin }) => origin.startsWith('chrome-extension://')).length,
    origins: found.filter(({ isDefault }) => isDefault).map(({ origin }) => origin),
  };
}
