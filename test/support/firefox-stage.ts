import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import * as v from 'valibot';
import ids from '../../manifests/ids.json' with { type: 'json' };
import {
  type DrivenFirefox,
  enrolPasskey,
  launchFirefox,
  setPortalCookies,
  tellPages,
} from './browsers/firefox.ts';
import { runPrivileged } from './browsers/firefox-bidi.ts';
import { shown } from './browsers/shown.ts';
import { type CenterOptions, type Ground, openGround } from './ground.ts';
import { hostPids, rememberHome } from './home-files.ts';
import { closeTab, EAR, type Judged, judged } from './judged.ts';
import { ROOT } from './root.ts';
import { until } from './until.ts';

export interface FirefoxStageOptions {
  center?: CenterOptions;
  /** Commands and hosts ask AWS's own host names. */
  byName?: boolean;
  /** Install the host before the browser starts. */
  install?: boolean;
  /** Create the person's passkey; it costs a second. */
  passkey?: boolean;
  prefs?: Record<string, string | number | boolean>;
}

/** The main job in a real Firefox: Identity Center, browser with the shipped extension, host, command, home. */
export interface FirefoxStage extends Ground {
  firefox: DrivenFirefox;
  /** A page of the extension, as a tab. */
  openView(path: string): Promise<Page>;
  /** The first tab, in which a document of the extension is that wakes nobody. */
  ear(): Promise<Page>;
  /** Portals that the person is signed in to, all of them. */
  signedInToPortal(): Promise<void>;
  /** Addresses of the open tabs, as Firefox has them: its driver is late at times. */
  tabs(): Promise<string[]>;
  /** Runs source text in Firefox' own window, where `extension` is awsher as Firefox sees it. */
  privileged(body: string): Promise<unknown>;
  /** `running`, `stopped`...: what Firefox says of the event page. */
  backgroundState(): Promise<unknown>;
  /** Puts the event page to sleep as the idle timer does, in spite of an open native port. */
  stopBackground(): Promise<void>;
  /** From now on: what happens to tabs, in the order in which Firefox does it. */
  watchTabs(): Promise<void>;
  watchedTabs(): Promise<unknown>;
  /** Opens a private window, closes all others, and from then on keeps what kinds of windows open. */
  onlyPrivateWindows(): Promise<void>;
  /** `normal` or `private`: the browser windows that are open, and those that have opened, with commas. */
  windows(which: 'open' | 'opened'): Promise<unknown>;
  /** Gives what an administrator gives, as a managed-storage manifest of this home; Firefox reads it with the installation. */
  manage(policy: Record<string, unknown> | null): Promise<void>;
  /** Gives host permissions, and takes them away, as the person does on the add-on's page. */
  give(patterns: readonly string[]): Promise<void>;
  revoke(...patterns: string[]): Promise<void>;
  /** What awsher makes of the pages whose address has `part` in it, from what is known now. */
  judged(part: string): Promise<Judged[]>;
  /** Closes the tab whose address has `part` in it. */
  closeTab(part: string): Promise<void>;
  /** As it was opened, but for its passkey and its windows: no tab, cookie, session, request; the event page begins anew. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

export const FIREFOX_EXTENSION = join(ROOT, 'dist', 'extension', 'firefox');

export async function openFirefoxStage(options: FirefoxStageOptions = {}): Promise<FirefoxStage> {
  const ground = await openGround(options.center, options.byName);
  const { home, idc, services } = ground;
  if (options.install !== false) await ground.install('--browser', 'firefox');
  const firefox = await launchFirefox({
    idc,
    home,
    extensionDir: FIREFOX_EXTENSION,
    extensionId: ids.firefox,
    env: services,
    ...(options.prefs ? { prefs: options.prefs } : {}),
  });
  const { browser } = firefox;
  ground.scene.tabs = async () => {
    await firefox.look();
    return tellPages(browser);
  };
  if (options.install !== false) await until(() => hostPids(home).length === 1);
  if (options.passkey) await enrolPasskey(browser, idc.enrolUrl);
  const privileged = (body: string) =>
    runPrivileged(
      browser,
      `async () => { const { extension } = WebExtensionPolicy.getByID(${JSON.stringify(ids.firefox)}); ${body} }`,
    );
  const restore = await rememberHome(home);
  const inPermissions = (body: string) =>
    privileged(`
      const { ExtensionPermissions } = ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs");
      const origins = (await ExtensionPermissions.get(extension.id)).origins;
      const change = (how, given) =>
        given.length > 0 && ExtensionPermissions[how](extension.id, { permissions: [], origins: given }, extension);
      ${body}`);
  const granted = await inPermissions('return JSON.stringify(origins);');
  const [first] = await browser.pages();
  // The first tab stays there: a file of the extension that is cheap to show, and a process that need not begin anew.
  const rest = `${firefox.extensionOrigin}/${EAR}`;
  const openView = async (path: string): Promise<Page> => {
    const page = await browser.newPage();
    await page.goto(`${firefox.extensionOrigin}/${path}`, { waitUntil: [] });
    return page;
  };
  const stopBackground = async () => {
    await privileged('await extension.terminateBackground({ disableResetIdleForTest: true });');
  };
  const ear = async (): Promise<Page> => {
    if (!first) throw new Error('the browser has no tab');
    if (first.url() !== rest) {
      await first.goto(rest, { waitUntil: [] });
      await shown(first, 'pre');
    }
    return first;
  };
  return {
    ...ground,
    firefox,
    privileged,
    openView,
    stopBackground,
    ear,
    judged: async (part) => judged(await ear(), part),
    closeTab: async (part) => closeTab(await ear(), part),
    async renew() {
      await firefox.look();
      for (const page of await browser.pages()) if (page !== first) await page.close().catch(() => {});
      await browser.deleteCookie(...(await browser.cookies()));
      const before = hostPids(home);
      const page = await ear();
      await page.evaluate(async () => {
        await chrome.storage.local.clear();
        await chrome.storage.session.clear();
      });
      await inPermissions(`
        await change("remove", origins.filter((one) => !${granted}.includes(one)));
        await change("add", ${granted}.filter((one) => !origins.includes(one)));`);
      await restore();
      idc.forget();
      await stopBackground();
      await until(async () => {
        // It wakes the next background, which has nothing to say to that; the one that ends may still get it.
        await page.evaluate(() => chrome.runtime.sendMessage(null).catch(() => {}));
        const now = hostPids(home);
        return now.length === 1 && !now.some((pid) => before.includes(pid));
      });
    },
    signedInToPortal: () => setPortalCookies(browser, idc),
    async tabs() {
      const text = await privileged(`
        const tabs = [...Services.wm.getEnumerator("navigator:browser")].flatMap((one) => [...one.gBrowser.tabs]);
        return JSON.stringify(tabs.map((tab) => tab.linkedBrowser.currentURI.spec));`);
      return v.parse(v.array(v.string()), JSON.parse(String(text)));
    },
    backgroundState: () => privileged('return extension.backgroundState;'),
    async watchTabs() {
      await privileged(`
        const isWatched = window.seen;
        window.seen = [];
        if (isWatched) return;
        const { tabContainer } = gBrowser;
        const behind = (tab) => tab.selected ? "in front" : "behind";
        tabContainer.addEventListener("TabOpen", ({ target }) => seen.push("opened " + behind(target)));
        tabContainer.addEventListener("TabSelect", () => seen.push("selected"));
        tabContainer.addEventListener("TabClose", () => seen.push("closed"));`);
    },
    watchedTabs: async () => JSON.parse(String(await privileged('return JSON.stringify(window.seen);'))),
    async onlyPrivateWindows() {
      await privileged(`
        const others = [...Services.wm.getEnumerator("navigator:browser")];
        const { BrowserWindowTracker } = ChromeUtils.importESModule("resource:///modules/BrowserWindowTracker.sys.mjs");
        await BrowserWindowTracker.promiseOpenWindow({ private: true });
        for (const other of others) other.close();`);
      // The window in which it was said is gone: what is kept has to live in one that stays.
      await privileged(`
        window.opened = [];
        Services.obs.addObserver(
          (one) => window.opened.push(one.docShell.usePrivateBrowsing ? "private" : "normal"),
          "browser-delayed-startup-finished");`);
    },
    windows: (which) =>
      privileged(
        which === 'opened'
          ? 'return window.opened.join();'
          : `return [...Services.wm.getEnumerator("navigator:browser")]
              .map((one) => one.docShell.usePrivateBrowsing ? "private" : "normal").join();`,
      ),
    async manage(policy) {
      const folder = join(home, '.mozilla', 'managed-storage');
      const file = join(folder, `${ids.firefox}.json`);
      const manifest = { name: ids.firefox, description: 'test', type: 'storage', data: policy };
      await mkdir(folder, { recursive: true });
      if (policy === null) await rm(file, { force: true });
      else await writeFile(file, JSON.stringify(manifest));
      const before = hostPids(home);
      // Firefox closes the extension's own documents with it.
      await first?.goto('about:blank');
      await browser.installExtension(FIREFOX_EXTENSION);
      await until(() => {
        const now = hostPids(home);
        return now.length === 1 && !now.some((pid) => before.includes(pid));
      });
    },
    give: async (patterns) => void (await inPermissions(`await change("add", ${JSON.stringify(patterns)});`)),
    revoke: async (...patterns) =>
      void (await inPermissions(`await change("remove", ${JSON.stringify(patterns)});`)),
    async close() {
      await firefox.close().catch(() => {});
      await ground.clear();
    },
  };
}
