import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { findChromium, NO_CHROMIUM } from '../support/browsers/find.ts';
import { faultsOf } from '../support/views/look.ts';
import type { Reel } from '../support/views/reel.ts';
import { SCENES } from '../support/views/scenes.ts';
import { viewsStage } from '../support/views/stage.ts';
import { DOCS_PICTURES } from '../support/views/tour.ts';

/** Every state of the popup, looked at as a person would. The other views: views-pages.test.ts. */

const scenes = SCENES.filter(({ name }) => name.startsWith('popup-'));
const DOCS = new URL('../../docs/', import.meta.url).pathname;
const MAX_DOCS_PICTURES = 3_000_000;

let reel: Reel;
beforeAll(async () => {
  if (findChromium() === null) return;
  reel = await (await viewsStage()).reel();
});

// Skipped only where this Chromium is not installed; `npm test` installs it where it may (scripts/test.mjs).
describe.skipIf(NO_CHROMIUM)(`every state of every view${NO_CHROMIUM}`, () => {
  it.each(scenes.map((scene) => [scene.name, scene] as const))('%s', async (_, scene) => {
    await reel.show(scene);
    // A translation says the same in other words, which i18n.test.ts compares.
    if (!scene.language) expect.soft(await reel.page.locator('body').ariaSnapshot()).toMatchSnapshot();
    expect(await faultsOf(reel, scene)).toEqual([]);
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
