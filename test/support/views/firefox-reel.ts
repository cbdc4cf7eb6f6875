import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { findFirefox } from '../browsers/find.ts';
import { runPrivileged } from '../browsers/firefox-bidi.ts';
import { shown } from '../browsers/shown.ts';
import { buildViews, readMessages } from './build.ts';
import { layoutFaults } from './layout.ts';
import { fakeOptions } from './reel.ts';
import type { Scene, Size } from './scene.ts';
import { serveViews } from './server.ts';
import { STILL_CLOCK } from './view-tab.ts';

// needs: firefox-esr fonts-dejavu-core fonts-noto-cjk

/** The same scenes in a stock Firefox; for those that need no acting. */
export interface FirefoxReel {
  /** Loads the scene, in light. */
  show(scene: Scene): Promise<void>;
  /** What is wrong with what is shown, in a window of this size. */
  faults(window: Size): Promise<string[]>;
  /** Shows a scene and takes its picture in both schemes. */
  pictures(scene: Scene): Promise<Record<'light' | 'dark', Buffer>>;
  close(): Promise<void>;
}

const SCHEME = 'layout.css.prefers-color-scheme.content-override';

/** What decides how a view looks, of which no part depends on this machine. */
const LOOK = {
  [SCHEME]: 1,
  'ui.prefersReducedMotion': 1,
  'ui.useOverlayScrollbars': 1,
  'intl.accept_languages': 'en-GB',
};

/** In a tab of `kept`, which looks as before at the end; else in a Firefox of its own. */
export async function raiseFirefoxReel(kept?: Browser): Promise<FirefoxReel> {
  const folder = await mkdtemp(join(tmpdir(), 'awsher-firefox-views-'));
  await buildViews(join(folder, 'views'));
  const fake = await readFile(join(folder, 'views/fake-extension.js'), 'utf8');
  const messages = await readMessages();
  const server = await serveViews(join(folder, 'views'));
  const browser = kept ?? (await launch(folder));
  const inPrefs = (body: string) =>
    runPrivileged(
      browser,
      `async () => { for (const [name, value] of ${JSON.stringify(Object.entries(LOOK))}) ${body} }`,
    );
  if (kept)
    await inPrefs('Services.prefs[typeof value === "number" ? "setIntPref" : "setStringPref"](name, value);');
  const page = await browser.newPage();
  const scheme = (value: 0 | 1) =>
    runPrivileged(browser, `async () => { Services.prefs.setIntPref(${JSON.stringify(SCHEME)}, ${value}); }`);
  let script: { identifier: string } | undefined;
  const show = async (scene: Scene) => {
    if (script) await page.removeScriptToEvaluateOnNewDocument(script.identifier);
    const options = JSON.stringify(fakeOptions(scene, {}, messages));
    script = await page.evaluateOnNewDocument(`${STILL_CLOCK}globalThis.fakeOptions = ${options};\n${fake}`);
    await page.setViewport(scene.window);
    // Two addresses that differ in their fragment alone, or not at all, are one document.
    await page.goto('about:blank');
    await page.goto(`${server.origin}/${scene.path}`);
    await shown(page, scene.ready);
  };
  return {
    show,
    async faults(window) {
      await page.setViewport(window);
      await drawn(page);
      return layoutFaults(page);
    },
    async pictures(scene) {
      await show(scene);
      const light = await picture(page, scene.part);
      await scheme(0);
      await page.waitForFunction("matchMedia('(prefers-color-scheme: dark)').matches");
      const dark = await picture(page, scene.part);
      await scheme(1);
      await page.waitForFunction("matchMedia('(prefers-color-scheme: light)').matches");
      return { light, dark };
    },
    async close() {
      await page.close();
      if (kept) await inPrefs('Services.prefs.clearUserPref(name);');
      else await browser.close();
      await server.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function launch(folder: string): Promise<Browser> {
  const executablePath = findFirefox();
  if (executablePath === null) throw new Error('no Firefox here: install one, or set AWSHER_TEST_FIREFOX');
  return puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    userDataDir: join(folder, 'profile'),
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: { 'network.proxy.type': 0, ...LOOK },
    env: { ...process.env, HOME: folder, TZ: 'UTC' },
  });
}

async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))),
  );
}

async function picture(page: Page, part: string | undefined): Promise<Buffer> {
  await drawn(page);
  if (!part) return Buffer.from(await page.screenshot({ fullPage: true }));
  const clip = await page.evaluate((selector) => {
    const box = document.querySelector(selector)?.getBoundingClientRect();
    return box && { x: box.x, y: box.y, width: box.width, height: box.height };
  }, part);
  return Buffer.from(await page.screenshot(clip ? { clip, captureBeyondViewport: true } : {}));
}
