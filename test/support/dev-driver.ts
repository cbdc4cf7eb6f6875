import { execFile } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { BrowserContext, Worker } from 'playwright-core';
import ids from '../../manifests/ids.json' with { type: 'json' };
import { hostsIn } from '../../scripts/demo/hosts.ts';
import type { DrivenFirefox } from './browsers/firefox.ts';
import { until } from './until.ts';

/** `npm run dev` while it runs. */
export interface Dev {
  /** Its sources, which are a copy. */
  tree: string;
  home: string;
  command: string;
  env: Record<string, string>;
  browser: InFirefox | InChromium;
  /** AWS's portal, where the person is signed in: a page that stays. */
  openSite(): Promise<Page>;
}

interface InFirefox {
  firefox: DrivenFirefox;
  /** How often the extension has been installed again. */
  installed(): number;
}

interface InChromium {
  context: BrowserContext;
}

/** Waits for the next look, or the browser's answer to one, on a machine that is busy with something else. */
const DEADLINE_MS = 90_000;
/** What is looked at in the moment in which the extension goes may never answer. */
const LOOK_MS = 10_000;

/**
 * A person at `npm run dev`: saves changes, waits until each is seen without a hand on the browser, and returns after how
 * many milliseconds each was.
 */
export async function saveEverything(dev: Dev): Promise<[what: string, milliseconds: number][]> {
  const { browser, home, tree } = dev;
  await until(async () => (await hostsIn(home)).length === 1, DEADLINE_MS);
  const view = await openView(browser, 'popup/popup.html');
  const site = await dev.openSite();
  const [firstHost] = await hostsIn(home);

  const changes: Change[] = [
    {
      what: 'markup',
      file: 'extension/popup/popup.tsx',
      from: '<div class="popup">',
      to: '<div class="popup" data-saved="1">',
      seen: () => inSome(browser, view, '!!document.querySelector("[data-saved]")'),
    },
    {
      what: 'style',
      file: 'extension/popup/popup.css',
      from: '.popup {',
      to: '.popup {\n  --saved: yes;',
      seen: () =>
        inSome(
          browser,
          view,
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
  ];
  const rule: Change = {
    what: 'rule',
    file: 'shared/approval/decide.ts',
    from: 'export function decide',
    to: "Reflect.set(globalThis, 'saved', 'yes');\nexport function decide",
    seen: () => inBackground(browser, '.saved === "yes"'),
  };
  const writtenAt = async (path: string) => (await stat(path)).mtimeMs;
  const command: Change = {
    what: 'command',
    file: 'native-host/programs/cli/commands/status.ts',
    from: "summary: '",
    to: "summary: 'Saved. ",
    seen: async () => {
      // Each look costs a start.
      if ((await writtenAt(dev.command)) < (await writtenAt(join(tree, command.file)))) return false;
      const { stdout } = await promisify(execFile)(process.execPath, [dev.command, '--help'], {
        env: dev.env,
      });
      return stdout.includes('Saved. ');
    },
  };
  const took: [string, number][] = [];
  const save = async (...some: Change[]) => void took.push(...(await saveAndSee(dev, some)));
  // Firefox gets whatever was saved by one build, and is installed anew with it; in Chromium each goes its own way. A rule is
  // the command's too, which is built once for both.
  if ('firefox' in browser) await save(...changes, rule, command);
  else for (const some of [...changes.map((one) => [one]), [rule, command]]) await save(...some);
  const before = backgroundOf(browser);
  await save({
    what: 'text',
    file: 'extension/_locales/en/messages.json',
    from: '"Sessions"',
    to: '"Saved just now"',
    seen: async () => {
      // Each look costs a tab, which goes with the background that is there: not before it is the next one.
      if ('context' in browser && [before, undefined].includes(backgroundOf(browser))) return false;
      return inNew(browser, 'popup/popup.html', 'document.body.textContent.includes("Saved just now")');
    },
  });
  const at = performance.now();
  await until(async () => (await hostsIn(home)).some((pid) => pid !== firstHost), DEADLINE_MS);
  return [...took, ['host', Math.round(performance.now() - at)]];
}

interface Change {
  what: string;
  file: string;
  from: string;
  to: string;
  seen(): Promise<boolean>;
}

/** Changes sources, waits until all of it is seen without a hand on the browser, and tells how long each took. */
async function saveAndSee({ tree, browser }: Dev, changes: readonly Change[]): Promise<[string, number][]> {
  // In Firefox nothing can be seen before it is installed again, and each look costs a tab.
  const installed = () => ('firefox' in browser ? browser.installed() : 1);
  const before = 'firefox' in browser ? browser.installed() : 0;
  const at = performance.now();
  for (const { file, from, to } of changes) {
    const path = join(tree, file);
    const source = await readFile(path, 'utf8');
    if (!source.includes(from)) throw new Error(`${from} is not in ${file}`);
    await writeFile(
      path,
      source.replace(from, () => to),
    );
  }
  const took: [string, number][] = [];
  for (const { what, file, seen } of changes) {
    if (what !== 'command') await until(() => installed() > before, DEADLINE_MS);
    let last: unknown = 'it was looked for';
    const look = () =>
      Promise.race([seen(), noAnswer()]).catch((error: unknown) => {
        last = error;
        return false;
      });
    await until(look, DEADLINE_MS).catch(() => {
      throw new Error(`${what} (${file}) was not seen: ${last}`);
    });
    took.push([what, Math.round(performance.now() - at)]);
  }
  return took;
}

async function noAnswer(): Promise<never> {
  await sleep(LOOK_MS, undefined, { ref: false });
  throw new Error(`no answer in ${LOOK_MS} ms`);
}

interface Page {
  evaluate(expression: string): Promise<unknown>;
  close(): Promise<void>;
}

async function holds(page: Page, expression: string): Promise<boolean> {
  return (await page.evaluate(expression)) === true;
}

/** In a view that is opened for the look. */
async function inNew(browser: Dev['browser'], path: string, expression: string): Promise<boolean> {
  const page = await openView(browser, path);
  try {
    return await holds(page, expression);
  } finally {
    await page.close().catch(() => {});
  }
}

/** In the popup as it stands in Chromium; in Firefox, where it is opened again, in one that is opened now. */
function inSome(browser: Dev['browser'], view: Page, expression: string): Promise<boolean> {
  return 'context' in browser ? holds(view, expression) : inNew(browser, 'popup/popup.html', expression);
}

async function openView(browser: Dev['browser'], path: string): Promise<Page> {
  if ('firefox' in browser) {
    const page = await browser.firefox.browser.newPage();
    await page.goto(`${browser.firefox.extensionOrigin}/${path}`, { waitUntil: [] });
    return page;
  }
  const page = await browser.context.newPage();
  await page.goto(`chrome-extension://${ids.chromium[0]}/${path}`);
  return page;
}

/** Chromium's background as it is now. */
function backgroundOf(browser: Dev['browser']): Worker | undefined {
  return 'context' in browser ? browser.context.serviceWorkers().at(-1) : undefined;
}

/** Whether something holds of the background's global object, as the background is now. */
async function inBackground(browser: Dev['browser'], expression: string): Promise<boolean> {
  if ('context' in browser)
    return (await backgroundOf(browser)?.evaluate(`globalThis${expression}`)) === true;
  return inNew(
    browser,
    'options/options.html',
    `browser.runtime.getBackgroundPage().then((background) => background${expression})`,
  );
}
