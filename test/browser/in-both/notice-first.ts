import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { foreignCode } from '../../support/foreign-code.ts';
import { hostPids } from '../../support/home-files.ts';
import type { HostileBrowser, HostileStage, PersonsTab } from '../../support/hostile.ts';
import { noticeIsOver } from '../../support/notice.ts';
import { sharedStage } from '../../support/shared-stage.ts';
import { until } from '../../support/until.ts';

// What a person sees of a code that nobody vouched for, and when: the notice waits for nothing.

/** From the page's button to the notice over it, in bare starts of Node.js at the same time: 250 ms where nothing else runs. */
const AT_MOST_STARTS = 6;
/** Longer than the notice says that awsher looks, and than its buttons wait before they count. */
const LOOKED_AND_READ_MS = 2_500;

let stage: HostileStage;
const cleanUp: (() => void)[] = [];

declare global {
  var noticeTimes: { button: number; notice: number };
}

/** Measures in the page: when its button is there, and when something of awsher's lies over it. */
function measure(): void {
  const times = { button: 0, notice: 0 };
  globalThis.noticeTimes = times;
  const look = () => {
    const button = document.querySelector('#cli_verification_btn, [data-testid="allow-access-button"]');
    if (button && times.button === 0) times.button = performance.now();
    const above = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    const ours = above?.localName === 'div' && above.parentElement === document.documentElement;
    if (ours && times.notice === 0) times.notice = performance.now();
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true });
  setInterval(look, 5);
}

/** Opens a stranger's code in a tab; milliseconds from its button to the notice. Less than nothing: it was there before. */
async function openForeign(tab: PersonsTab, url: string): Promise<number> {
  const opened = (async () => {
    await tab.goto(url);
    await until(() => tab.evaluate(() => noticeTimes.button > 0 && noticeTimes.notice > 0));
    return tab.evaluate(() => Math.round(noticeTimes.notice - noticeTimes.button));
  })();
  const [figure, start] = await Promise.all([opened, slowestStart(opened)]);
  expect(figure, `beside starts of Node.js of ${start} ms`).toBeLessThanOrEqual(AT_MOST_STARTS * start);
  return figure;
}

/** How slow the machine is just now: bare starts of Node.js, one after the other, until that is over. Milliseconds. */
async function slowestStart(over: Promise<unknown>): Promise<number> {
  let goesOn = true;
  void over
    .catch(() => {})
    .finally(() => {
      goesOn = false;
    });
  let slowest = 0;
  do {
    const at = performance.now();
    await once(spawn(process.execPath, ['-e', '0'], { env: {}, stdio: 'ignore' }), 'exit');
    slowest = Math.max(slowest, Math.round(performance.now() - at));
  } while (goesOn);
  return slowest;
}

async function measuredTab(): Promise<PersonsTab> {
  const tab = await stage.newTab();
  await tab.atStart(measure);
  return tab;
}

function tellFigure(what: string, figures: number[]): void {
  console.info(`notice after the button, ${what}: ${figures.join(', ')} ms`);
}

/** A program of that name that waits, as a sign-in command waits for its code. */
function runningAws(): void {
  mkdirSync(join(stage.home, 'bin'), { recursive: true });
  const aws = join(stage.home, 'bin', 'aws');
  writeFileSync(aws, '#!/bin/sh\nread line\n');
  chmodSync(aws, 0o755);
  const words = ['sso', 'login', '--use-device-code'];
  const child = spawn(aws, words, { env: stage.env, stdio: ['pipe', 'ignore', 'ignore'] });
  cleanUp.push(() => child.kill());
}

type Case = readonly [name: string, play: (browser: string) => Promise<void>];

/** What every browser plays. Whose consent a code opens that the person took on: test/extension/background/approval/consent-ties.test.ts. */
const CASES: readonly Case[] = [
  [
    'is covered at once, with the host stopped and several tabs open',
    async (browser) => {
      await stage.signedInToPortal();
      const warm = await measuredTab();
      tellFigure(`${browser}, warm`, [await openForeign(warm, (await foreignCode(stage.idc)).url)]);
      for (const pid of hostPids(stage.home)) {
        process.kill(pid, 'SIGSTOP');
        cleanUp.push(() => process.kill(pid, 'SIGCONT'));
      }
      const figures: number[] = [];
      for (let tabs = 0; tabs < 3; tabs++)
        figures.push(await openForeign(await measuredTab(), (await foreignCode(stage.idc)).url));
      tellFigure(`${browser}, host stopped`, figures);
      expect(stage.idc.count('AcceptUserCode')).toBe(0);
    },
  ],
  [
    'is covered at once, with the background asleep',
    async (browser) => {
      await stage.signedInToPortal();
      const tab = await measuredTab();
      const { url } = await foreignCode(stage.idc);
      await stage.stopBackground();
      const figure = await openForeign(tab, url);
      tellFigure(`${browser}, asleep`, [figure]);
    },
  ],
  [
    'of a command that runs here: one confirmation, and awsher goes the rest of the way; no alarm stays',
    async () => {
      await stage.signedInToPortal();
      runningAws();
      const device = await foreignCode(stage.idc);
      const tab = await stage.newTab();
      await tab.goto(device.url);
      await until(() => noticeIsOver(tab));
      await sleep(LOOKED_AND_READ_MS);
      // The other choice has the focus.
      await tab.press('Tab');
      await tab.press('Enter');
      await until(() => stage.idc.count('DecideConsent') === 1);
      expect(await device.redeem()).toMatchObject({ tokenType: 'Bearer' });
      const { stdout } = await stage.line('history', '--json').finished;
      expect(stdout).toContain('confirmed-by-person');
      expect(stdout).not.toContain('"warned"');
    },
  ],
];

export function noticeFirstIn(browser: HostileBrowser): void {
  describe(`a code that nobody vouched for, in ${browser.browser}`, () => {
    const nextStage = sharedStage(() => browser.open());
    afterEach(() => {
      for (const step of cleanUp.splice(0)) step();
    });

    // Skipped only where this browser is not installed; `npm test` installs it where it may (scripts/test.mjs).
    it.skipIf(!browser.installed).for(CASES)('%s', async ([, play], test) => {
      stage = await nextStage(test);
      await play(browser.browser);
    });
  });
}
