import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, NO_CHROMIUM } from '../support/browsers/find.ts';
import { AXE_RULES_OF_THE_WINDOW, AXE_RULES_OF_WORDS, axeViolations } from '../support/views/axe.ts';
import { outOfSight } from '../support/views/in-sight.ts';
import { boxesOf, layoutFaults, mirrorFaults } from '../support/views/layout.ts';
import type { Reel } from '../support/views/reel.ts';
import type { Scene, Size } from '../support/views/scene.ts';
import { SCENES } from '../support/views/scenes.ts';
import { type Stage, viewsStage } from '../support/views/stage.ts';
import { PICTURE_TIME } from '../support/views/states.ts';
import { focusFaults, tabWalkFaults } from '../support/views/tab-walk.ts';
import { DOCS_PICTURES } from '../support/views/tour.ts';

/**
 * Every state of every view, looked at as a person would: what it says to a screen reader, axe-core, the Tab key, 40 %
 * longer texts, from right to left, and zoomed. `npm run pictures` draws all of them for the eye.
 */

const DOCS = new URL('../../docs/', import.meta.url).pathname;
const MAX_DOCS_PICTURES = 3_000_000;

let stage: Stage;
let reel: Reel;
beforeAll(async () => {
  if (findChromium() === null) return;
  stage = await viewsStage();
  reel = await stage.reel();
});

function never(): never {
  throw new Error('no such scene');
}

type Find = (where: string, found: readonly string[]) => void;
const inWindow = ({ width, height }: Size): string => `in a window of ${width} x ${height} px`;

/** At 200 % zoom and more, in the dark: everything is there, and can be reached without a mouse. */
async function zoomed(scene: Scene, find: Find): Promise<void> {
  for (const [index, size] of scene.zoomed.entries()) {
    await reel.resize(size);
    find(inWindow(size), await layoutFaults(reel.page));
    find(inWindow(size), await focusFaults(reel.page));
    if (index === 0) find(inWindow(size), await axeViolations(reel.page, AXE_RULES_OF_THE_WINDOW));
  }
}

/** The layout with 40 % longer texts, from right to left, zoomed, as it is, and from left to right. */
async function stretched(scene: Scene, find: Find): Promise<void> {
  const textLength = () =>
    reel.page.evaluate(() => {
      const island = document.documentElement.lastElementChild?.shadowRoot;
      return (island ?? document.body).textContent?.length ?? 0;
    });
  const asItIs = await textLength();
  // What was said to a page of AWS is not said anew.
  if (scene.onForeignPage || scene.state === null) await reel.show(scene, { longer: true });
  else await reel.lengthen(true);
  if ((await textLength()) <= asItIs) find('longer', ['no text is longer']);
  await reel.direct('rtl');
  for (const size of [...scene.zoomed].reverse()) {
    await reel.resize(size);
    find(`from right to left ${inWindow(size)}`, await layoutFaults(reel.page));
  }
  await reel.resize(scene.window);
  find('from right to left', await layoutFaults(reel.page));
  const rightToLeft = await boxesOf(reel.page);
  await reel.direct('ltr');
  find('longer', await layoutFaults(reel.page));
  find('from right to left', mirrorFaults(await boxesOf(reel.page), rightToLeft));
}

// Skipped only where this Chromium is not installed; `npm test` installs it where it may (scripts/test.mjs).
describe.skipIf(NO_CHROMIUM)(`every state of every view${NO_CHROMIUM}`, () => {
  it.each(SCENES.map((scene) => [scene.name, scene] as const))('%s', async (_, scene) => {
    const faults: unknown[] = [];
    const find: Find = (where, found) => faults.push(...found.map((one) => `${where}: ${one}`));

    await reel.show(scene);
    // A translation says the same in other words, which i18n.test.ts compares.
    if (!scene.language) expect(await reel.page.locator('body').ariaSnapshot()).toMatchSnapshot();
    find('axe', await axeViolations(reel.page, scene.language ? AXE_RULES_OF_WORDS : undefined));
    find('layout', await layoutFaults(reel.page));
    // A translation of a scene has the colors, the controls and the layout of the scene.
    if (!scene.language) {
      await reel.scheme('dark');
      find('axe in the dark', await axeViolations(reel.page, ['color-contrast']));
      find('keyboard', await tabWalkFaults(reel.page));
      await zoomed(scene, find);
      await stretched(scene, find);
      await reel.lengthen(false);
    }
    find('console', reel.problems());
    expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
  });

  describe('a question about a code', () => {
    // What Chromium leaves of the dialog's window below a title bar of 40 px, and that at 200 %.
    const [whole, half] = [
      { width: 440, height: 560 },
      { width: 220, height: 280 },
    ];
    const code = ['.user-code', '#decline'];
    const all = ['.code-card', '.advice', '.program', '#approve', ...code];

    it.each(
      SCENES.filter(({ name }) => name.startsWith('ask-device')).map((scene) => [scene.name, scene] as const),
    )('%s shows code, command, caution and both answers without scrolling', async (_, scene) => {
      await reel.show(scene);
      await reel.resize(whole);
      expect(await outOfSight(reel.page, all)).toEqual([]);
      await reel.resize(half);
      expect(await outOfSight(reel.page, code)).toEqual([]);
      if (scene.language) return;
      await reel.show(scene, { longer: true });
      await reel.resize(whole);
      expect(await outOfSight(reel.page, all)).toEqual([]);
    });
  });

  describe("awsher's own dialog", () => {
    const answers = () => reel.page.evaluate(() => globalThis.fake.requests);
    const at = (milliseconds: number) => reel.page.clock.setFixedTime(PICTURE_TIME + milliseconds);
    beforeAll(async () => {
      await reel.show(SCENES.find(({ name }) => name === 'ask-authorization') ?? never());
    });
    afterAll(() => at(0));

    it('takes no approval in its first moment, and the keyboard says no', async () => {
      expect(await reel.page.evaluate(() => document.activeElement?.id)).toBe('decline');
      await at(599);
      await reel.page.click('#approve');
      expect(await answers()).toEqual([]);
      await reel.page.locator('#decline').press('Enter');
      expect(await answers()).toEqual([{ approve: false }]);
    });

    it('takes no click of a script', async () => {
      await at(600);
      await reel.page.evaluate(() => {
        const button = document.querySelector<HTMLElement>('#approve');
        button?.click();
        button?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
      });
      expect(await answers()).toEqual([{ approve: false }]);
      await reel.page.click('#approve');
      expect(await answers()).toEqual([{ approve: false }, { approve: true }]);
    });
  });

  it('pages under docs/ show pictures that are there, and all of them', async () => {
    const pages = (await readdir(DOCS, { recursive: true })).filter((file) => file.endsWith('.md'));
    const files = ['../README.md', ...pages];
    const texts = await Promise.all(files.map((file) => readFile(join(DOCS, file), 'utf8')));
    const shown = texts.flatMap((text) => [...text.matchAll(/pictures\/([\w.-]+)/g)].map(([, file]) => file));
    const there = await readdir(join(DOCS, 'pictures'));
    expect([...new Set(shown)].sort()).toEqual(there.sort());
    expect(Object.keys(DOCS_PICTURES).filter((file) => !there.includes(`${file}.png`))).toEqual([]);
    const drawn = (await readdir(DOCS, { recursive: true })).filter((file) => file.endsWith('.png'));
    const sizes = await Promise.all(drawn.map(async (file) => (await stat(join(DOCS, file))).size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_DOCS_PICTURES);
  });
});
