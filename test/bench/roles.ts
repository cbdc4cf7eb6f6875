import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { resolvePaths } from '../../native-host/base/files/paths.ts';
import { writeCatalogue } from '../../native-host/features/catalogue/store.ts';
import { hostPids } from '../support/home-files.ts';
import { inventAccounts } from '../support/identity-center/catalogue.ts';
import { openStage, type Stage } from '../support/stage.ts';
import { until } from '../support/until.ts';
import { median, type Row } from './measure.ts';

const ROUNDS = 9;
const TYPED = 'payments prod adm';

/** The popup with 1,000 accounts of five roles each, in a real Chromium with the real host; worker and host warm or asleep. */
export async function popupRoles(): Promise<Row[]> {
  const stage = await openStage();
  try {
    const id = await prepare(stage);
    const opened: number[] = [];
    const painted: number[] = [];
    const typed: number[] = [];
    let heap = 0;
    for (let round = 0; round < ROUNDS; round++) {
      await stage.stopWorker();
      const page = await stage.browser.context.newPage();
      // The loader of this file wraps functions in a helper that the page does not have.
      await page.addInitScript({ content: `globalThis.__name = (it) => it; (${watch})();` });
      await page.goto(`chrome-extension://${id}/popup/popup.html`);
      opened.push(await page.evaluate(() => globalThis.shownAt('.card')));
      painted.push(
        await page.evaluate(() => globalThis.afterPaint(() => globalThis.tab().click(), '.role-row')),
      );
      for (const letter of TYPED) {
        await page.evaluate(() => globalThis.listen());
        await page.keyboard.type(letter);
        typed.push(await page.evaluate(() => globalThis.heard));
      }
      if (round === ROUNDS - 1) heap = await heapOf(page);
      await page.close();
    }
    return [
      row('popup open → sessions on the screen, worker asleep', opened, 150),
      row('5,000 roles: tab pressed → list on the screen', painted, 100),
      row('5,000 roles: key pressed → list on the screen', typed, 50),
      {
        what: '5,000 roles: JavaScript heap of the popup',
        figure: `${(heap / 1e6).toFixed(1)} MB`,
        bar: '< 60 MB',
        holds: heap < 60e6,
      },
    ];
  } finally {
    await stage.close();
  }
}

/** A session that is signed in, and its catalogue as the host keeps it. Returns the extension's id. */
async function prepare({ home, idc, browser, awsher }: Stage): Promise<string> {
  mkdirSync(join(home, '.aws'));
  writeFileSync(
    join(home, '.aws/config'),
    `[sso-session corp]\nsso_start_url = ${idc.startUrl}\nsso_region = us-east-1\n`,
  );
  await browser.context.addCookies([idc.portalCookie()]);
  await until(() => hostPids(home).length > 0, 30_000);
  const { code, stderr } = await awsher('login', 'corp');
  if (code !== 0) throw new Error(stderr);
  const now = Date.now();
  writeCatalogue(resolvePaths({ env: { HOME: home }, platform: process.platform, homedir }), {
    session: 'corp',
    startUrl: idc.startUrl,
    region: 'us-east-1',
    accountsAsOf: now,
    accounts: inventAccounts(1_000, 5).map(({ accountId, accountName = '', emailAddress = '', roles }) => ({
      accountId,
      accountName,
      emailAddress,
      roles,
      rolesAsOf: now,
      problem: null,
    })),
  });
  const { id } = await browser.extension();
  // Once, so that the extension has what it will have from then on.
  const page = await browser.context.newPage();
  await page.goto(`chrome-extension://${id}/popup/popup.html`);
  await page.locator('#tab-roles').click();
  await page.getByText('5,000 roles').waitFor();
  await page.close();
  return id;
}

function row(what: string, times: readonly number[], bar: number): Row {
  const time = median(times);
  return {
    what,
    figure: `${time.toFixed(0)} ms (fastest ${Math.min(...times).toFixed(0)}, slowest ${Math.max(...times).toFixed(0)})`,
    bar: `< ${bar} ms`,
    holds: time < bar,
  };
}

/** In use after everything that can go has gone. Bytes. */
async function heapOf(page: Page): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('Performance.enable');
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
}

declare global {
  /** Milliseconds from the page's beginning until something was on the screen. */
  var shownAt: (selector: string) => Promise<number>;
  /** Milliseconds from an act until what it brings is on the screen. */
  var afterPaint: (act: () => void, selector: string) => Promise<number>;
  /** Measures the next key until the list was drawn anew: milliseconds in `heard`. */
  var listen: () => void;
  var heard: Promise<number>;
  var tab: () => HTMLElement;
}

/** Runs in the page before its own scripts. */
function watch(): void {
  // A message that is posted within a frame comes after that frame was drawn.
  const drawn = (): Promise<number> =>
    new Promise((resolve) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(0);
      }),
    );
  const there = (selector: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): boolean => {
        if (!document.querySelector(selector)) return false;
        observer.disconnect();
        resolve();
        return true;
      };
      const observer = new MutationObserver(look);
      if (!look()) observer.observe(document, { childList: true, subtree: true });
    });
  const seen = new Map<string, Promise<number>>();
  const first = there('.card').then(drawn);
  seen.set('.card', first);
  globalThis.shownAt = (selector) => seen.get(selector) ?? there(selector).then(drawn);
  globalThis.afterPaint = async (act, selector) => {
    const start = performance.now();
    act();
    while (!document.querySelector(selector)) await drawn();
    return (await drawn()) - start;
  };
  globalThis.listen = () => {
    globalThis.heard = new Promise((resolve) => {
      const typed = (): void => {
        const start = performance.now();
        void drawn().then((end) => resolve(end - start));
      };
      addEventListener('keydown', typed, { once: true, capture: true });
    });
  };
  globalThis.tab = () => document.querySelector<HTMLElement>('#tab-roles') ?? document.body;
}
