import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../support/browsers/find.ts';
import { type Album, openAlbum } from '../support/views/album.ts';
import { axeViolations } from '../support/views/axe.ts';
import { chromiumCamera } from '../support/views/chromium-camera.ts';
import { boxesOf, layoutFaults, mirrorFaults } from '../support/views/layout.ts';
import type { Reel, Size } from '../support/views/reel.ts';
import { SCENES, type Scene } from '../support/views/scenes.ts';
import { raiseStage, type Stage } from '../support/views/stage.ts';
import { tabWalkFaults } from '../support/views/tab-walk.ts';
import { DOCS_PICTURES } from '../support/views/tour.ts';

/**
 * Every state of every view, looked at as a person would: its picture in light and dark, axe-core, the Tab key, 40 %
 * longer texts, from right to left, and zoomed. `npm run pictures` makes the tracked pictures again.
 */

const DOCS = new URL('../../docs/', import.meta.url).pathname;
const SCHEMES = ['light', 'dark'] as const;

let stage: Stage;
let reel: Reel;
let album: Album;
beforeAll(async () => {
  if (findChromium() === null) return;
  stage = await raiseStage();
  reel = await stage.reel();
  album = await openAlbum('chromium', await chromiumCamera(stage.browser));
});
afterAll(() => stage?.close());

/** Those whose look at 200 % zoom has a picture, too: as much as the window shows then. */
const ZOOMED_PICTURES: ReadonlySet<string> = new Set([
  'popup-many',
  'popup-run-sign-in',
  'popup-roles-used',
  'popup-roles-keys',
  'popup-history',
  'options-sessions',
  'ask-device',
  'permission-needed',
  'welcome-command',
  'notice-running',
  'notice-sure',
]);

const pictureNames = (): string[] => [
  ...SCENES.flatMap(({ name }) => SCHEMES.map((scheme) => `${name}-${scheme}`)),
  ...[...ZOOMED_PICTURES].map((name) => `${name}-zoomed`),
];

/** The part that matters; what a person did somewhere is there in the window, so the rest of a long page is left out. */
const shot = ({ page }: Reel, { part, act }: Scene): Promise<Buffer> =>
  part ? page.locator(part).screenshot() : page.screenshot({ fullPage: !act });

async function picture(scene: Scene, scheme: 'light' | 'dark'): Promise<unknown> {
  const { name } = scene;
  const png = await shot(reel, scene);
  return album.keep(`${name}-${scheme}`, png).catch((error: unknown) => error);
}

async function zoomedPicture(scene: Scene): Promise<unknown> {
  const [size] = scene.zoomed;
  if (!size) return new Error(`${scene.name} has no window of 200 %`);
  await reel.show({ ...scene, window: size });
  const png = await reel.page.screenshot();
  return album.keep(`${scene.name}-zoomed`, png).catch((error: unknown) => error);
}

const docsFiles = (): string[] =>
  Object.keys(DOCS_PICTURES).flatMap((file) => [`${file}.png`, `${file}-dark.png`]);

/** The same scenes at twice the size, for people. */
async function recordDocs(): Promise<void> {
  const large = await stage.reel(2);
  for (const [file, name] of Object.entries(DOCS_PICTURES)) {
    const scene = SCENES.find((one) => one.name === name);
    if (!scene) throw new Error(`no scene ${name}`);
    await large.show(scene);
    await writeFile(join(DOCS, 'pictures', `${file}.png`), await shot(large, scene));
    await large.scheme('dark');
    await writeFile(join(DOCS, 'pictures', `${file}-dark.png`), await shot(large, scene));
  }
}

type Find = (where: string, found: readonly string[]) => void;
const inWindow = ({ width, height }: Size): string => `in a window of ${width} x ${height} px`;

/** At 200 % zoom and more, in the dark: everything is there, and can be reached without a mouse. */
async function zoomed(scene: Scene, find: Find): Promise<void> {
  for (const [index, size] of scene.zoomed.entries()) {
    await reel.resize(size);
    find(inWindow(size), await layoutFaults(reel.page));
    find(inWindow(size), await tabWalkFaults(reel.page));
    if (index === 0) find(inWindow(size), await axeViolations(reel.page));
  }
}

/** The layout with 40 % longer texts, from left to right and from right to left, and that zoomed. */
async function stretched(scene: Scene, find: Find): Promise<void> {
  await reel.show(scene, { longer: true });
  find('longer', await layoutFaults(reel.page));
  const leftToRight = await boxesOf(reel.page);
  await reel.mirror();
  find('from right to left', await layoutFaults(reel.page));
  find('from right to left', mirrorFaults(leftToRight, await boxesOf(reel.page)));
  for (const size of scene.zoomed) {
    await reel.resize(size);
    find(`from right to left ${inWindow(size)}`, await layoutFaults(reel.page));
  }
}

// Skipped only where this Chromium is not installed; `npm test` installs it where it may (scripts/test.mjs).
describe.skipIf(findChromium() === null)('every state of every view', () => {
  it.each(SCENES.map((scene) => [scene.name, scene] as const))('%s', async (_, scene) => {
    const faults: unknown[] = [];
    const find: Find = (where, found) => faults.push(...found.map((one) => `${where}: ${one}`));

    await reel.show(scene);
    faults.push(await picture(scene, 'light'));
    if (!album.records) {
      find('axe', await axeViolations(reel.page));
      find('layout', await layoutFaults(reel.page));
    }
    await reel.scheme('dark');
    faults.push(await picture(scene, 'dark'));
    if (!album.records) {
      find('axe in the dark', await axeViolations(reel.page, ['color-contrast']));
      find('keyboard', await tabWalkFaults(reel.page));
      // A translation of a scene has the layout of the scene.
      if (!scene.language) {
        await zoomed(scene, find);
        await stretched(scene, find);
      }
    }
    if (ZOOMED_PICTURES.has(scene.name)) faults.push(await zoomedPicture(scene));
    find('console', reel.problems());
    expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
  });

  it('the tracked pictures are those of the views, no more and no less', async () => {
    expect(await album.close(pictureNames())).toEqual([]);
  });

  it('pages under docs/ show pictures that are there, and all of them', async () => {
    if (album.records) await recordDocs();
    const pages = (await readdir(DOCS, { recursive: true })).filter((file) => file.endsWith('.md'));
    const texts = await Promise.all(pages.map((file) => readFile(join(DOCS, file), 'utf8')));
    const shown = texts.flatMap((text) => [...text.matchAll(/pictures\/([\w.-]+)/g)].map(([, file]) => file));
    const there = await readdir(join(DOCS, 'pictures'));
    expect([...new Set(shown)].sort()).toEqual(there.sort());
    expect(docsFiles().filter((file) => !there.includes(file))).toEqual([]);
  });

  it('pictures are compared', (context) => {
    context.skip(album.skips !== null, album.skips ?? '');
    expect(album.skips).toBeNull();
  });
});
