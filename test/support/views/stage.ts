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
import { type ViewTab, viewTab } from './view-tab.ts';

// needs: chromium fonts-dejavu-core fonts-noto-cjk

export interface OpenOptions {
  language?: string;
  width?: number;
  height?: number;
  /** Device pixels of one CSS pixel. */
  scale?: number;
  /** A tab of its own, for a test with timers of its own. */
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
  /** Sets the clock so many milliseconds after `PICTURE_TIME`, where every view begins. */
  at(milliseconds: number): Promise<void>;
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
  const newTab = async (deviceScaleFactor: number): Promise<ViewTab> => {
    const context = await browser.newContext({
      reducedMotion: 'reduce',
      deviceScaleFactor,
      timezoneId: 'UTC',
    });
    return viewTab(await context.newPage(), server.origin, fake);
  };
  /** The tab of the tests one after the other: a new one costs four times what a view does. */
  let free: ViewTab | null = null;
  return {
    open: async (path, state, options = {}) => {
      const { language = 'en', alone = false, scale = 1, width = 380, height = 600 } = options;
      const given: FakeExtensionOptions = {
        state,
        language,
        messages: messages[language] ?? {},
        longer: false,
        rightToLeft: false,
        ...(options.roles === undefined ? {} : { roles: options.roles }),
        ...(options.lastState === undefined ? {} : { lastState: options.lastState }),
      };
      const isUsual = !alone && scale === 1;
      const tab = (isUsual && free) || (await newTab(scale));
      if (tab === free) free = null;
      const { page } = tab;
      const problems: string[] = [];
      const failed = (error: Error) => void problems.push(error.message);
      const said = (message: ConsoleMessage) => {
        if (message.type() === 'error') problems.push(message.text());
      };
      page.on('pageerror', failed);
      page.on('console', said);
      await page.setViewportSize({ width, height });
      await tab.begin(path, given, options.openShadows ?? false);
      return {
        page,
        problems,
        at: tab.at,
        async close() {
          page.off('pageerror', failed);
          page.off('console', said);
          if (isUsual && free === null) free = tab;
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
