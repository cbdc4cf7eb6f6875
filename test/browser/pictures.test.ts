import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ViewState } from '../../shared/protocol/internal.ts';
import { findChromium } from '../support/browsers/find.ts';
import { axeViolations } from '../support/views/axe.ts';
import { noticeStage } from '../support/views/pages.ts';
import { type OpenOptions, raiseStage, type Stage, type StagePage } from '../support/views/stage.ts';
import { OPTIONS_STATES, PICTURE_TIME, POPUP_STATES } from '../support/views/states.ts';

/** Every state of every view as a picture, in dark and light; each free of axe-core's findings and of CSP reports. */

const FOLDER = new URL('./pictures/actual/', import.meta.url).pathname;
const SCHEMES = ['light', 'dark'] as const;
const WIDE = { width: 1100, height: 760, scale: 1, openShadows: true };
const WAITING = [{ command: 'aws sso login', session: 'corp', startedAt: PICTURE_TIME - 180_000 }];
const RUNNING = [{ command: 'aws sso login', session: null, startedAt: PICTURE_TIME - 42_000 }, ...WAITING];

let stage: Stage;
beforeAll(async () => {
  if (findChromium() === null) return;
  await mkdir(FOLDER, { recursive: true });
  stage = await raiseStage();
});
afterAll(() => stage?.close());

/** Keeps the picture, then lets axe look at the page. */
async function check({ page, problems, close }: StagePage, name: string, part?: string): Promise<void> {
  const path = join(FOLDER, `${name}.png`);
  if (part) await page.locator(part).screenshot({ path });
  else await page.screenshot({ path, fullPage: true });
  const violations = await axeViolations(page);
  await close();
  expect({ violations, problems }).toEqual({ violations: [], problems: [] });
}

async function popup(name: string, state: ViewState | null, options: OpenOptions): Promise<void> {
  const shown = await stage.open('popup/popup.html', state, options);
  await shown.page.locator(state ? '.chip' : '.late').waitFor();
  if (!state) await settled(shown.page);
  await check(shown, name, '.popup');
}

/** Waits until nothing moves any more. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await Promise.all(document.getAnimations().map((animation) => animation.finished));
  });
}

// Skipped only where this Chromium is not installed; `npm test` installs it where it may (scripts/test.mjs).
describe.skipIf(findChromium() === null).each(SCHEMES)('%s', (scheme) => {
  it.each(Object.entries(POPUP_STATES))('popup: %s', async (name, state) => {
    await popup(`popup-${name}-${scheme}`, state, { scheme });
  });

  it.each(['ko', 'ja'])('popup in %s', async (language) => {
    await popup(`popup-many-${language}-${scheme}`, POPUP_STATES.many ?? null, { scheme, language });
  });

  it.each(['many', 'run-sign-in', 'failed', 'host-missing', 'empty'])(
    'popup with 40 % longer text, from right to left: %s',
    async (name) => {
      const options = { scheme, longer: true, rightToLeft: true };
      await popup(`popup-${name}-rtl-${scheme}`, POPUP_STATES[name] ?? null, options);
    },
  );

  it.each(Object.entries(OPTIONS_STATES))('options: %s', async (name, state) => {
    const shown = await stage.open('options/options.html', state, { scheme, width: 900, scale: 1 });
    await shown.page.locator('.chip').waitFor();
    await check(shown, `options-${name}-${scheme}`);
  });

  it('options: every field is wrong, and the list of regions', async () => {
    const shown = await stage.open('options/options.html', OPTIONS_STATES.empty ?? null, {
      scheme,
      width: 900,
      scale: 1,
    });
    const { page } = shown;
    await page.getByLabel('Start URL').fill('http://corp.awsapps.com/start');
    await page.getByRole('combobox').fill('eu-centrl-1');
    await page.getByRole('button', { name: 'Add session' }).click();
    await page.getByText('Did you mean').waitFor();
    await page.screenshot({ path: join(FOLDER, `options-errors-${scheme}.png`), fullPage: true });
    await page.getByRole('combobox').fill('eu');
    await page.getByRole('combobox').press('ArrowDown');
    await page.getByRole('option').first().waitFor();
    await check(shown, `options-regions-${scheme}`);
  });

  it('options: asks before a session is removed', async () => {
    const state = OPTIONS_STATES.sessions ?? null;
    const shown = await stage.open('options/options.html', state, { scheme, width: 900, scale: 1 });
    await shown.page.getByRole('button', { name: 'Remove lab' }).click();
    await check(shown, `options-remove-${scheme}`);
  });

  it('options on a narrow screen with 40 % longer text', async () => {
    const options = { scheme, width: 400, longer: true, scale: 1 };
    const shown = await stage.open('options/options.html', OPTIONS_STATES.sessions ?? null, options);
    await shown.page.locator('.chip').waitFor();
    const wider = await shown.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wider).toBe(false);
    await check(shown, `options-narrow-${scheme}`);
  });

  const notices = [
    { name: 'code', kind: 'code', waiting: [], language: 'en' },
    { name: 'waiting', kind: 'code', waiting: WAITING, language: 'en' },
    { name: 'running', kind: 'code', waiting: RUNNING, language: 'en' },
    { name: 'looking', kind: 'code', waiting: null, language: 'en' },
    { name: 'consent', kind: 'consent', waiting: [], language: 'en' },
    { name: 'running-ko', kind: 'code', waiting: RUNNING, language: 'ko' },
    { name: 'running-ja', kind: 'code', waiting: RUNNING, language: 'ja' },
    { name: 'code-ko', kind: 'code', waiting: WAITING, language: 'ko' },
    { name: 'code-ja', kind: 'code', waiting: WAITING, language: 'ja' },
  ] as const;
  it.each(notices)('notice: $name', async ({ name, kind, waiting, language }) => {
    const view = { ...WIDE, scheme, language };
    const shown = await stage.open('portal', null, view);
    await noticeStage(shown.page).notice(kind, waiting);
    await check(shown, `notice-${name}-${scheme}`);
  });

  it('notice: the second step', async () => {
    const shown = await stage.open('portal', null, { ...WIDE, scheme });
    await noticeStage(shown.page).notice('code', []);
    await shown.page.keyboard.press('Tab');
    await shown.page.keyboard.press('Enter');
    await check(shown, `notice-sure-${scheme}`);
  });

  it('notice: on a small window with 200 % zoom', async () => {
    const shown = await stage.open('portal', null, { scheme, width: 480, height: 400, openShadows: true });
    await noticeStage(shown.page).notice('code', WAITING);
    await check(shown, `notice-small-${scheme}`);
  });

  it('hint', async () => {
    const shown = await stage.open('portal', null, { ...WIDE, scheme, height: 400 });
    await noticeStage(shown.page).hint('please-click');
    await check(shown, `hint-${scheme}`);
  });
});
