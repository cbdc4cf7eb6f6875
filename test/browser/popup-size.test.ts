// needs: chromium
import { beforeAll, expect, it } from 'vitest';
import { background } from '../support/views/pages.ts';
import type { Reel } from '../support/views/reel.ts';
import { SCENES } from '../support/views/scenes.ts';
import { type Stage, viewsStage } from '../support/views/stage.ts';
import { HISTORY } from '../support/views/states.ts';

/** The popup in the window that Chromium gives it: 600 px high at most (chrome.action, "Popup"). */
const WINDOW = { width: 380, height: 600 };

let stage: Stage;
let reel: Reel;
beforeAll(async () => {
  stage = await viewsStage();
  reel = await stage.reel();
});

async function show(name: string): Promise<void> {
  const scene = SCENES.find((one) => one.name === name);
  if (!scene) throw new Error(`there is no scene ${name}`);
  await reel.show(scene);
  await reel.resize(WINDOW);
}
const inPage = <T>(look: () => T): Promise<T> => reel.page.evaluate(look);

it.each(['popup-many', 'popup-more', 'popup-roles-used', 'popup-roles-more', 'popup-roles-two-sessions'])(
  '%s has no scrollbar around it',
  async (name) => {
    await show(name);
    const size = await inPage(() => {
      const { scrollHeight, scrollWidth } = document.documentElement;
      return { width: scrollWidth, height: scrollHeight };
    });
    expect(size).toEqual(WINDOW);
  },
);

it('six sessions are rows of 48 px, what needs the person first, with one filled button', async () => {
  await show('popup-many');
  const rows = await inPage(() =>
    [...document.querySelectorAll('.card-row')].map((row) => ({
      height: Math.round(row.getBoundingClientRect().height),
      button: row.querySelector('.button')?.textContent ?? null,
      filled: row.querySelectorAll('.button-main').length,
    })),
  );
  expect(rows.length).toBe(6);
  // A hairline above each but the first.
  for (const { height } of rows) expect([48, 49]).toContain(height);
  expect(rows.map(({ filled }) => filled)).toEqual([1, 0, 0, 0, 0, 0]);
  const asking = rows.map(({ button }) => button !== null);
  expect(asking).toEqual([...asking].sort((one, other) => Number(other) - Number(one)));
});

it.each([
  // The tab, and the role.
  ['popup-roles-used', '[aria-selected="true"]', ['2px', '2px']],
  ['popup-history', ':checked + .choice-word', ['2px']],
  ['popup-run-sign-in', '.step-person', ['1px']],
  ['ask-device-running', '.advice', ['1px']],
  ['welcome-command', '[aria-current] .step-number', ['2px']],
])(
  'with forced colors, %s tells by a line what a background tells otherwise: %s',
  async (name, selector, wide) => {
    await show(name);
    await reel.page.emulateMedia({ forcedColors: 'active' });
    const lines = await reel.page
      .locator(selector)
      .evaluateAll((all) => all.map((one) => getComputedStyle(one).outlineWidth));
    await reel.page.emulateMedia({ forcedColors: null });
    expect(lines).toEqual(wide);
  },
);

it('History: a stopped stranger is tinted red; what the person confirmed is not, and looks approved where it ran here', async () => {
  await show('popup-history');
  const [stranger] = HISTORY;
  const taken = HISTORY.find(({ act }) => act === 'accepted');
  if (!stranger || !taken) throw new Error('the history has no such rows');
  const own = { ...taken, id: taken.id + 100, command: 'aws sso login', codeEnd: 'LQ' };
  await background(reel.page).push({ type: 'history', decisions: [stranger, own, taken] });
  await reel.page.getByText('…LQ').waitFor();
  const rows = await inPage(() =>
    [...document.querySelectorAll('.entry')].map((row) => {
      const sign = row.querySelector('.entry-sign');
      return {
        words: row.querySelector('.entry-title')?.textContent,
        tinted: getComputedStyle(row).backgroundColor !== 'rgba(0, 0, 0, 0)',
        tone: sign && [...sign.classList].find((name) => name.startsWith('tone-')),
        color: sign && getComputedStyle(sign).color,
      };
    }),
  );
  const [stopped, here, nobody] = rows;
  expect(stopped).toMatchObject({
    words: 'Stopped: no one here asked for it',
    tinted: true,
    tone: 'tone-bad',
  });
  expect(here).toMatchObject({ words: 'Confirmed by you', tinted: false, tone: 'tone-good' });
  expect(nobody).toMatchObject({ words: 'Confirmed by you', tinted: false, tone: 'tone-soon' });
  expect(new Set(rows.map(({ color }) => color)).size).toBe(3);
});
