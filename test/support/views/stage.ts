import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type ConsoleMessage, chromium, type Page } from 'playwright-core';
import type { ViewState } from '../../../shared/protocol/internal.ts';
import { findChromium } from '../browsers/find.ts';
import { buildViews, readMessages } from './build.ts';
import type { FakeExtensionOptions } from './fake-extension.ts';
import type { FakeRolesOptions } from './fake-roles.ts';
import { openReel, type Reel } from './reel.ts';
import { serveViews } from './server.ts';
import { PICTURE_TIME } from './states.ts';

// needs: chromium fonts-dejavu-core fonts-noto-cjk

export interface OpenOptions {
  scheme?: 'light' | 'dark';
  language?: string;
  longer?: boolean;
  rightToLeft?: boolean;
  width?: number;
  height?: number;
  /** Device pixels of one CSS pixel. */
  scale?: number;
  /** A tab of its own, for a test that stops its clock. */
  alone?: boolean;
  /** Closed shadow roots become open ones, so that axe-core and locators see into the notice. */
  openShadows?: boolean;
  /** Accounts and roles that are stored, and answers about them. */
  roles?: FakeRolesOptions;
  /** What the views showed last, before the background was put to sleep. */
  lastState?: ViewState;
}

/** A page, and what its console and its content security policy complained about. */
export interface StagePage {
  page: Page;
  problems: string[];
  close(): Promise<void>;
}

/** The built views in a real browser, without an extension around them. */
export interface Stage {
  open(path: string, state: ViewState | null, options?: OpenOptions): Promise<StagePage>;
  /** One tab for many scenes; with `scale`, device pixels of one CSS pixel, for pictures. */
  reel(scale?: number): Promise<Reel>;
  readonly browser: Browser;
  close(): Promise<void>;
}

let kept: Promise<Stage> | undefined;

/** One stage for all test files of a worker; it ends with it. What a test opens on it, it closes. */
export async function viewsStage(): Promise<Stage> {
  kept = kept && (await kept).browser.isConnected() ? kept : raiseStage();
  return kept;
}

/** Builds the views, serves them on 127.0.0.1 and starts a headless Chromium; `close` ends and removes all of it. */
export async function raiseStage(): Promise<Stage> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('no Chromium here: install one, or set AWSHER_TEST_CHROMIUM');
  const folder = await mkdtemp(join(tmpdir(), 'awsher-views-'));
  await buildViews(folder);
  const messages = await readMessages();
  const fake = await readFile(join(folder, 'fake-extension.js'), 'utf8');
  const server = await serveViews(folder);
  const browser = await chromium.launch({
    executablePath,
    chromiumSandbox: false,
    args: ['--no-sandbox', '--no-proxy-server'],
    // Its crash reports and what its toolkit keeps are nothing for the person's own folder.
    env: { ...process.env, HOME: folder },
  });
  /** The tab of the tests one after the other: a new one costs four times what a view does. */
  let free: Page | null = null;
  let shown = 0;
  return {
    open: async (path, state, options = {}) => {
      const { language = 'en', longer = false, rightToLeft = false, alone = false, scale = 1 } = options;
      const given: FakeExtensionOptions = {
        state,
        language,
        messages: messages[language] ?? {},
        longer,
        rightToLeft,
        ...(options.roles === undefined ? {} : { roles: options.roles }),
        ...(options.lastState === undefined ? {} : { lastState: options.lastState }),
      };
      const script = `globalThis.fakeOptions = ${JSON.stringify(given)};\n${fake}`;
      const isUsual = !alone && scale === 1;
      const page = (isUsual && free) || (await newTab(browser, scale));
      if (page === free) free = null;
      // Another address each time: one that differs in its fragment only would not be loaded again.
      const url = `${server.origin}/${path.replace(/(?=#|$)/, `?${shown++}`)}`;
      const { problems, leave } = await show(page, url, script, options);
      return {
        page,
        problems,
        async close() {
          await leave();
          if (isUsual && free === null) free = page;
          else await page.context().close();
        },
      };
    },
    reel: (scale) => openReel(browser, server.origin, fake, messages, scale),
    browser,
    async close() {
      await browser.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const OPEN_SHADOWS = `{const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function () { return attach.call(this, { mode: 'open' }); };}`;

async function newTab(browser: Browser, deviceScaleFactor: number): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce', deviceScaleFactor, timezoneId: 'UTC' });
  return context.newPage();
}

async function show(page: Page, url: string, script: string, options: OpenOptions) {
  const { scheme: colorScheme = 'light', width = 380, height = 600 } = options;
  const problems: string[] = [];
  const failed = (error: Error) => void problems.push(error.message);
  const said = (message: ConsoleMessage) => {
    if (message.type() === 'error') problems.push(message.text());
  };
  page.on('pageerror', failed);
  page.on('console', said);
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme });
  await page.clock.setFixedTime(PICTURE_TIME);
  const atStart = await page.addInitScript({ content: (options.openShadows ? OPEN_SHADOWS : '') + script });
  await page.goto(url);
  return {
    problems,
    async leave() {
      page.off('pageerror', failed);
      page.off('console', said);
      await atStart.dispose();
      await page.goto('about:blank');
    },
  };
}
