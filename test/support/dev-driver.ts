import { execFile } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type BrowserContext, chromium, type Worker } from 'playwright-core';
import ids from '../../manifests/ids.json' with { type: 'json' };
import { hostsIn } from '../../scripts/demo/hosts.ts';
import type { FirefoxLoop } from '../../scripts/dev/firefox.ts';
import { startDevSession } from '../../scripts/dev/session.ts';
import { setPortalCookies } from './browsers/firefox.ts';
import { ROOT } from './root.ts';
import { until } from './until.ts';

/**
 * A person at `npm run dev`, as a program: saves changes to the sources of this tree, which is a copy, and prints for
 * each one after how many milliseconds it was seen. In Firefox it starts what `npm run dev` starts; into Chromium it looks from
 * outside, by the port that is there for tools.
 *
 * `node --import ./scripts/demo/typescript.mjs FILE firefox | chromium HOME START_URL`
 */
const [, , engine, chromiumHome = '', startUrl = ''] = process.argv;

interface Dev {
  home: string;
  startUrl: string;
  command: string;
  env: Record<string, string>;
  loop: Pick<FirefoxLoop, 'firefox'> | { context: BrowserContext };
  /** AWS's portal, where the person is signed in: a page that stays. */
  openSite(): Promise<Page>;
  close(): Promise<void>;
}

const said: string[] = [];
const dev = await (engine === 'firefox' ? inFirefox() : inChromium());
const id = ids.chromium[0];
/** How often the extension has been installed again. */
const installed = () => said.filter((line) => line.includes('installed again')).length;
try {
  await until(async () => (await hostsIn(dev.home)).length === 1);
  await everything();
} catch (error) {
  console.error(String(error), '\n', said.join('\n'));
  process.exitCode = 1;
} finally {
  await dev.close();
}
process.exit();

async function inFirefox(): Promise<Dev> {
  const { home, idc, command, env, loop, close } = await startDevSession({
    engine: 'firefox',
    visible: false,
    say: (line) => said.push(line),
  });
  if (!('firefox' in loop)) throw new Error('no Firefox');
  const { browser } = loop.firefox;
  const openSite = async () => {
    await setPortalCookies(browser, idc);
    const page = await browser.newPage();
    await page.goto(idc.startUrl);
    return page;
  };
  return { home, startUrl: idc.startUrl, command, env, loop, openSite, close };
}

async function inChromium(): Promise<Dev> {
  const [port] = (await readFile(join(chromiumHome, 'profile', 'DevToolsActivePort'), 'utf8')).split('\n');
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const [context] = browser.contexts();
  if (!context) throw new Error('Chromium has no context');
  return {
    home: chromiumHome,
    startUrl,
    command: join(ROOT, 'dist/dev/chromium/dist/cli/awsher.js'),
    env: { HOME: chromiumHome, PATH: process.env.PATH ?? '' },
    loop: { context },
    async openSite() {
      const page = await context.newPage();
      await page.goto(startUrl);
      // `npm run dev` uses the passkey where a page asks for it.
      await page.getByText('Welcome').waitFor();
      return page;
    },
    close: () => browser.close(),
  };
}

async function everything(): Promise<void> {
  const view = await openView(dev.loop, 'popup/popup.html');
  const site = await dev.openSite();
  const [firstHost] = await hostsIn(dev.home);

  const changes: Change[] = [
    {
      what: 'markup',
      file: 'extension/popup/popup.tsx',
      from: '<div class="popup">',
      to: '<div class="popup" data-saved="1">',
      seen: () => inSome(view, 'popup/popup.html', '!!document.querySelector("[data-saved]")'),
    },
    {
      what: 'style',
      file: 'extension/popup/popup.css',
      from: '.popup {',
      to: '.popup {\n  --saved: yes;',
      seen: () =>
        inSome(
          view,
          'popup/popup.html',
          'getComputedStyle(document.querySelector(".popup")).getPropertyValue("--saved") !== ""',
        ),
    },
    {
      what: 'selector',
      file: 'extension/content/visible.ts',
      from: 'const COOKIE_BANNER =',
      to: "document.documentElement.dataset.saved = 'yes';\nconst COOKIE_BANNER =",
      seen: () => holds(site, 'document.documentElement.dataset.saved === "yes"'),
    },
    {
      what: 'rule',
      file: 'shared/approval/decide.ts',
      from: 'export function decide',
      to: "Reflect.set(globalThis, 'saved', 'yes');\nexport function decide",
      seen: () => inBackground(dev.loop, '.saved === "yes"'),
    },
  ];
  const writtenAt = async (path: string) => (await stat(path)).mtimeMs;
  const command: Change = {
    what: 'command',
    file: 'native-host/programs/cli/commands/status.ts',
    from: "summary: '",
    to: "summary: 'Saved. ",
    seen: async () => {
      // Each look costs a start.
      if ((await writtenAt(dev.command)) < (await writtenAt(join(ROOT, command.file)))) return false;
      const { stdout } = await promisify(execFile)(process.execPath, [dev.command, '--help'], {
        env: dev.env,
      });
      return stdout.includes('Saved. ');
    },
  };
  // Firefox gets whatever was saved by one build, and is installed anew with it; in Chromium each goes its own way.
  if (engine === 'firefox') await save(...changes, command);
  else for (const change of changes) await save(change);
  const before = background();
  await save({
    what: 'text',
    file: 'extension/_locales/en/messages.json',
    from: '"Sessions"',
    to: '"Saved just now"',
    seen: async () => {
      // Each look costs a tab: not before the background has begun anew.
      if (engine === 'chromium' && background() === before) return false;
      return inNew('popup/popup.html', 'document.body.textContent.includes("Saved just now")');
    },
  });
  if (engine === 'chromium') await save(command);
  const at = performance.now();
  await until(async () => (await hostsIn(dev.home)).some((pid) => pid !== firstHost));
  console.log(`host ${Math.round(performance.now() - at)}`);
}

interface Change {
  what: string;
  file: string;
  from: string;
  to: string;
  seen(): Promise<boolean>;
}

/** Changes sources, waits until all of it is seen without a hand on the browser, and tells how long each took. */
async function save(...changes: Change[]): Promise<void> {
  // In Firefox nothing can be seen before it is installed again, and each look costs a tab.
  const before = installed();
  const at = performance.now();
  for (const { file, from, to } of changes) {
    const path = join(ROOT, file);
    const source = await readFile(path, 'utf8');
    if (!source.includes(from)) throw new Error(`${from} is not in ${file}`);
    await writeFile(
      path,
      source.replace(from, () => to),
    );
  }
  for (const { what, file, seen } of changes) {
    if (engine === 'firefox' && what !== 'command') await until(() => installed() > before, 45_000);
    let last: unknown;
    const look = () =>
      seen().catch((error: unknown) => {
        last = error;
        return false;
      });
    await until(look, 45_000).catch(() => {
      throw new Error(`${what} (${file}) was not seen: ${last}`);
    });
    console.log(`${what} ${Math.round(performance.now() - at)}`);
  }
}

interface Page {
  evaluate(expression: string): Promise<unknown>;
  close(): Promise<void>;
}

async function holds(page: Page, expression: string): Promise<boolean> {
  return (await page.evaluate(expression)) === true;
}

/** In a view that is opened for the look. */
async function inNew(path: string, expression: string): Promise<boolean> {
  const page = await openView(dev.loop, path);
  try {
    return await holds(page, expression);
  } finally {
    await page.close().catch(() => {});
  }
}

/** In the view as it stands in Chromium; in Firefox, where it is opened again, in one that is opened now. */
function inSome(view: Page, path: string, expression: string): Promise<boolean> {
  return engine === 'chromium' ? holds(view, expression) : inNew(path, expression);
}

async function openView(loop: Dev['loop'], path: string): Promise<Page> {
  if ('firefox' in loop) {
    const page = await loop.firefox.browser.newPage();
    await page.goto(`${loop.firefox.extensionOrigin}/${path}`, { waitUntil: [] });
    return page;
  }
  const page = await loop.context.newPage();
  await page.goto(`chrome-extension://${id}/${path}`);
  return page;
}

/** Chromium's background as it is now. */
function background(): Worker | undefined {
  return 'context' in dev.loop ? dev.loop.context.serviceWorkers().at(-1) : undefined;
}

/** Whether something holds of the background's global object, as the background is now. */
async function inBackground(loop: Dev['loop'], expression: string): Promise<boolean> {
  if ('context' in loop) return (await background()?.evaluate(`globalThis${expression}`)) === true;
  return inNew(
    'options/options.html',
    `browser.runtime.getBackgroundPage().then((background) => background${expression})`,
  );
}
