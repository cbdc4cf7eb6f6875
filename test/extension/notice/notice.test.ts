import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { NO_CHROMIUM } from '../../support/browsers/find.ts';
import { noticeStage } from '../../support/views/pages.ts';
import { type Stage, type StagePage, viewsStage } from '../../support/views/stage.ts';
import { PICTURE_TIME } from '../../support/views/states.ts';

let stage: Stage;
let shown: StagePage;
beforeAll(async () => {
  stage = await viewsStage();
});
afterEach(() => shown.close());

/** A page of AWS that counts what reaches its button. */
async function open(options: { openShadows?: boolean; alone?: boolean } = {}) {
  shown = await stage.open('portal', null, { width: 1000, height: 700, ...options });
  const { page } = shown;
  await page.evaluate(() => {
    document.title = '0';
    document.querySelector('button')?.addEventListener('click', () => {
      document.title = String(Number(document.title) + 1);
    });
  });
  const clicks = () => page.title();
  /** What a pointer would hit at the middle of the page's own button. */
  const hit = () =>
    page.evaluate(() => {
      const box = document.querySelector('#cli_verification_btn')?.getBoundingClientRect();
      const found = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return found?.parentElement === document.documentElement ? 'notice' : (found?.id ?? 'nothing');
    });
  return { page, clicks, hit, notice: noticeStage(page) };
}

// Skipped only where Chromium is not installed; `npm test` installs it where it may.
describe.skipIf(NO_CHROMIUM)(`notice${NO_CHROMIUM}`, () => {
  it('lets neither pointer nor keyboard reach the page', async () => {
    const { page, clicks, hit, notice } = await open();
    expect(await hit()).toBe('cli_verification_btn');
    const box = await page.locator('#cli_verification_btn').boundingBox();
    await notice.notice('code', []);
    expect(await hit()).toBe('notice');
    await page.mouse.click((box?.x ?? 0) + 5, (box?.y ?? 0) + 5);
    const focused = () => page.evaluate(() => document.activeElement?.id);
    await page.locator('#cli_verification_btn').focus();
    const seen = [await focused()];
    for (let press = 0; press < 6; press++) {
      await page.keyboard.press('Tab');
      seen.push(await focused());
    }
    expect(seen).not.toContain('cli_verification_btn');
    expect(await clicks()).toBe('0');
    expect(shown.problems).toEqual([]);
  });

  it('begins with leaving', async () => {
    const { page, notice } = await open();
    await notice.notice('code', []);
    await page.keyboard.press('Enter');
    expect(await notice.choices()).toEqual(['leave']);
  });

  it('asks a second time, in peace, before it shows the page', async () => {
    const { page, clicks, hit, notice } = await open();
    await notice.notice('code', []);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await notice.choices()).toEqual([]);
    await page.waitForTimeout(700);
    await page.keyboard.press('Enter');
    expect(await notice.choices()).toEqual(['mine']);
    // The page is shown when the background says so.
    expect(await hit()).toBe('notice');
    await notice.remove();
    expect(await hit()).toBe('cli_verification_btn');
    await page.locator('#cli_verification_btn').click();
    expect(await clicks()).toBe('1');
  });

  it('goes back from the second step', async () => {
    const { page, notice } = await open();
    await notice.notice('code', []);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    expect(await notice.choices()).toEqual(['leave']);
  });

  it('is not pressed by a script', async () => {
    const { page, notice } = await open({ openShadows: true });
    await notice.notice('code', []);
    await page.evaluate(() => {
      const root = document.documentElement.lastElementChild?.shadowRoot;
      for (const button of root?.querySelectorAll('button') ?? []) button.click();
    });
    expect(await notice.choices()).toEqual([]);
    await page.getByRole('button', { name: 'Leave this page' }).click();
    expect(await notice.choices()).toEqual(['leave']);
  });

  it('stays when Escape is pressed again and again', async () => {
    const { page, hit, notice } = await open();
    await notice.notice('code', []);
    for (let press = 0; press < 4; press++) await page.keyboard.press('Escape');
    await expect.poll(hit).toBe('notice');
    expect(await notice.choices()).toEqual([]);
  });

  it.each([
    ['removes it', () => document.documentElement.lastElementChild?.remove()],
    [
      'renders its whole body anew',
      () => {
        const main = document.querySelector('main');
        document.body.remove();
        document.documentElement.append(document.createElement('body'));
        if (main) document.body.append(main);
        const added = [...document.documentElement.children].find(({ tagName }) => tagName === 'DIV');
        added?.remove();
      },
    ],
    ['makes it inert', () => document.documentElement.lastElementChild?.setAttribute('inert', '')],
    [
      'hides it',
      () => document.documentElement.lastElementChild?.setAttribute('style', 'display:none!important'),
    ],
    ['opens a dialog above it', () => document.querySelector('dialog')?.showModal()],
    ['opens a popover above it', () => document.querySelector<HTMLElement>('#pop')?.showPopover()],
  ])('comes back when the page %s', async (_what, interfere) => {
    const { hit, page, notice } = await open();
    await notice.notice('code', []);
    await page.evaluate(interfere);
    await expect.poll(hit).toBe('notice');
    await page.waitForTimeout(500);
    expect(await hit()).toBe('notice');
    await page.keyboard.press('Enter');
    expect(await notice.choices()).toEqual(['leave']);
  });

  it('stays visible to screen readers', async () => {
    const { page, notice } = await open();
    await notice.notice('code', []);
    const attributes = () =>
      page.evaluate(() => document.documentElement.lastElementChild?.getAttributeNames());
    await page.evaluate(() => document.documentElement.lastElementChild?.setAttribute('aria-hidden', 'true'));
    await expect.poll(attributes).toEqual([]);
  });

  it('says what does wait here, as text', async () => {
    const { page, notice } = await open({ openShadows: true });
    const waiting = [{ command: '<b>aws</b> sso login', session: 'corp', startedAt: Date.now() }];
    await notice.notice('consent', waiting);
    await page.getByText('<b>aws</b> sso login for corp').waitFor();
    await page.getByText('The program named on this page').waitFor();
  });

  it('says that it is still looking, then what the look has found', async () => {
    const { page, notice } = await open({ openShadows: true });
    await notice.notice('code', null);
    await page.getByText('Looking for a command').waitFor();
    expect(await page.getByRole('button', { name: /match|started this/ }).count()).toBe(0);
    await notice.setWaiting([{ command: 'aws sso login', session: null, startedAt: Date.now() }]);
    await page.getByText('aws sso login, started').waitFor();
    // Its code is known to nobody but it: the person compares.
    await page.getByRole('heading', { name: 'Is this the code in your terminal?' }).waitFor();
    await page.getByText('WXYZ-2345').waitFor();
    expect(await page.getByText('Looking for a command').count()).toBe(0);
    await notice.setWaiting([]);
    await page.getByRole('heading', { name: "Don't approve this sign-in" }).waitFor();
    await page.getByText('No one on this computer asked for it.').waitFor();
    await page.getByText('WXYZ-2345').waitFor();
    await page.keyboard.press('Enter');
    expect(await notice.choices()).toEqual(['leave']);
  });

  it('takes one confirmation of a code that a command here may have asked for; the other choice comes first', async () => {
    const { page, notice } = await open({ openShadows: true, alone: true });
    await page.clock.install({ time: PICTURE_TIME });
    await page.clock.pauseAt(PICTURE_TIME + 60_000);
    await notice.notice('code', [{ command: 'aws sso login', session: null, startedAt: Date.now() }]);
    const match = page.getByRole('button', { name: 'Codes match: sign in' });
    expect(await match.evaluate((button) => button.matches(':focus'))).toBe(false);
    // A click that was on its way to something else.
    await match.click();
    await page.clock.runFor(599);
    await match.click();
    expect(await notice.choices()).toEqual([]);
    await page.clock.runFor(1);
    await match.click();
    expect(await notice.choices()).toEqual(['match']);
  });

  it('is gone without a trace when it is withdrawn', async () => {
    const { page, hit, notice } = await open();
    const before = await page.content();
    await notice.notice('code', []);
    await notice.remove();
    await page.waitForTimeout(500);
    expect(await page.content()).toBe(before);
    expect(await hit()).toBe('cli_verification_btn');
  });
});

// Skipped only where Chromium is not installed; `npm test` installs it where it may.
describe.skipIf(NO_CHROMIUM)(`hint${NO_CHROMIUM}`, () => {
  it('shows a line that lets every click through', async () => {
    const { page, clicks, notice } = await open({ openShadows: true });
    await page.evaluate(() => {
      const button = document.querySelector('button');
      if (button) button.setAttribute('class', 'under');
    });
    await notice.hint('please-click');
    const line = page.getByRole('status');
    await line.getByText('please click the button yourself').waitFor();
    const box = await line.boundingBox();
    const found = await page.evaluate(([x, y]) => document.elementFromPoint(x, y)?.tagName, [
      (box?.x ?? 0) + 10,
      (box?.y ?? 0) + 10,
    ] as const);
    expect(found).toMatch(/HTML|BODY/);
    await page.locator('#cli_verification_btn').click();
    expect(await clicks()).toBe('1');
    await notice.remove();
    expect(await page.getByRole('status').count()).toBe(0);
  });
});
