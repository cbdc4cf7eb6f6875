import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
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
  reducedMotion?: boolean;
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
  /** One tab for many scenes; `scale` is device pixels of one CSS pixel. */
  reel(scale?: number): Promise<Reel>;
  readonly browser: Browser;
  close(): Promise<void>;
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
  return {
    open: (path, state, options = {}) => {
      const { language = 'en', longer = false, rightToLeft = false } = options;
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
      return openView(browser, `${server.origin}/${path}`, script, options);
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

async function openView(
  browser: Browser,
  url: string,
  script: string,
  options: OpenOptions,
): Promise<StagePage> {
  const { scheme = 'light', scale = 2 } = options;
  const context = await browser.newContext({
    colorScheme: scheme,
    reducedMotion: options.reducedMotion === false ? 'no-preference' : 'reduce',
    deviceScaleFactor: scale,
    viewport: { width: options.width ?? 380, height: options.height ?? 600 },
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.clock.setFixedTime(PICTURE_TIME);
  await page.addInitScript({ content: script });
  if (options.openShadows) await page.addInitScript({ content: OPEN_SHADOWS });
  await page.goto(url);
  return { page, problems, close: () => context.close() };
}
