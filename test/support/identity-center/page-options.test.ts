import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NO_CHROMIUM } from '../browsers/find.ts';
import type { IdentityCenter } from './index.ts';
import { PAGE_DEFAULTS } from './options.ts';
import { openStage, type Stage } from './stage.ts';

// Skipped only where Chromium is not installed; `npm test` installs it where it may.
describe.skipIf(NO_CHROMIUM)(`pages on request${NO_CHROMIUM}`, () => {
  let stage: Stage;
  let idc: IdentityCenter;
  let page: Page;

  beforeAll(async () => {
    stage = await openStage([]);
    idc = stage.idc;
  });
  afterAll(() => stage.close());
  beforeEach(async () => {
    page = await stage.blankPage();
  });
  afterEach(() => expect(idc.unexpected).toEqual([]));

  it.each([
    ['ja', '確認して続行', 'アクセスを許可', 'リクエストが承認されました'],
    ['zh', '确认并继续', '允许访问', '请求已批准'],
    ['fr', 'Confirmer et continuer', 'Autoriser l’accès', 'Demande approuvée'],
  ] as const)('speak other languages: %s', async (locale, confirm, allow, done) => {
    idc.options.locale = locale;
    const { url } = await stage.startDevice();
    await page.goto(url);
    await page.getByRole('button', { name: confirm, exact: true }).click();
    await page.getByRole('button', { name: allow, exact: true }).click();
    await page.getByText(done, { exact: true }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe(locale);
  });

  it.each([
    ['all', 1, 1],
    ['attributes', 0, 1],
    ['text', 0, 0],
    ['none', 0, 0],
  ] as const)('carry the marks they are told to: %s', async (markers, ids, attributes) => {
    idc.options.markers = markers;
    const { url } = await stage.startDevice();
    await page.goto(url);
    await page.waitForSelector('form');
    expect(await page.locator('#cli_verification_btn, #user-code').count()).toBe(ids * 2);
    expect(await page.locator('[data-analytics="accept-user-code"]').count()).toBe(attributes);
    expect(await page.getByText('Confirm and continue').count()).toBe(markers === 'none' ? 0 : 1);
  });

  it('can be awkward: twins, covers, both buttons, other codes', async () => {
    const { url, userCode } = await stage.startDevice();
    const look = async (changes: Partial<typeof idc.options>) => {
      Object.assign(idc.options, PAGE_DEFAULTS, { blankMs: 0 }, changes);
      await page.goto('about:blank');
      await page.goto(url);
      await page.waitForSelector('#user-code');
      const buttons = page.locator('#cli_verification_btn');
      const atButton = await page.evaluate(() => {
        const box = document.querySelector('#cli_verification_btn')?.getBoundingClientRect();
        if (box === undefined) return null;
        const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return (
          hit?.closest('[data-id="awsccc-cb"], button, div')?.getAttribute('data-id') ??
          hit?.closest('button')?.id ??
          ''
        );
      });
      return {
        count: await buttons.count(),
        visible: await buttons.filter({ visible: true }).count(),
        atButton,
        text: (await page.textContent('main')) ?? '',
      };
    };
    expect(await look({})).toMatchObject({ count: 1, visible: 1, atButton: 'cli_verification_btn' });
    expect(await look({ twin: 'visible' })).toMatchObject({ count: 2, visible: 2 });
    expect(await look({ twin: 'hidden' })).toMatchObject({ count: 2, visible: 1 });
    expect(await look({ cover: 'cookie-banner' })).toMatchObject({ atButton: 'awsccc-cb' });
    expect(await look({ cover: 'overlay' })).toMatchObject({ atButton: '' });
    expect(await look({ cover: 'transparent' })).toMatchObject({
      visible: 1,
      atButton: 'cli_verification_btn',
    });
    expect(await page.locator('#cli_verification_btn').evaluate((one) => getComputedStyle(one).opacity)).toBe(
      '0',
    );
    await look({ bothButtons: true });
    expect(await page.locator('[data-testid="allow-access-button"]').count()).toBe(1);
    expect((await look({ extraCode: 'ZZZZ-ZZZZ' })).text).toMatch(new RegExp(`${userCode}[^]*ZZZZ-ZZZZ`));
    expect((await look({ shownCode: 'ZZZZ-ZZZZ' })).text).not.toContain(userCode);
  });

  it('can be unsteady: disabled for a while, rendered again and again', async () => {
    idc.options.disabledMs = 400;
    const { url } = await stage.startDevice();
    // Looked for before the page is there: a busy machine comes later than the button.
    const disabled = page.waitForSelector('#cli_verification_btn:disabled');
    await page.goto(url);
    await disabled;
    await page.waitForSelector('#cli_verification_btn:enabled');
    Object.assign(idc.options, { disabledMs: 0, rerenderMs: 50 });
    await page.goto('about:blank');
    await page.goto(url);
    const first = await page.waitForSelector('#cli_verification_btn');
    await expect.poll(() => first.evaluate((one) => one.isConnected)).toBe(false);
    await page.evaluate(() => document.querySelector<HTMLElement>('#cli_verification_btn')?.click());
    await page.waitForSelector('[data-testid="allow-access-button"]');
  });
});
