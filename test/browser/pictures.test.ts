import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../support/browsers/find.ts';
import { type Album, openAlbum } from '../support/views/album.ts';
import { axeViolations } from '../support/views/axe.ts';
import { chromiumCamera } from '../support/views/chromium-camera.ts';
import { boxesOf, layoutFaults, mirrorFaults } from '../support/views/layout.ts';
import type { Reel } from '../support/views/reel.ts';
import { SCENES, type Scene } from '../support/views/scenes.ts';
import { raiseStage, type Stage } from '../support/views/stage.ts';
import { tabWalkFaults } from '../support/views/tab-walk.ts';

/**
 * Every state of every view, looked at as a person would: its picture in light and dark, axe-core, the Tab key, 40 %
 * longer texts, from right to left, and zoomed. `npm run pictures` makes the tracked pictures again.
 */

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

const pictureNames = (): string[] =>
  SCENES.flatMap(({ name }) => SCHEMES.map((scheme) => `${name}-${scheme}`));

async function picture({ name, part }: Scene, scheme: 'light' | 'dark'): Promise<unknown> {
  const png = part
    ? await reel.page.locator(part).screenshot()
    : await reel.page.screenshot({ fullPage: true });
  return album.keep(`${name}-${scheme}`, png).catch((error: unknown) => error);
}

// Skipped only where this Chromium is not installed; `npm test` installs it where it may (scripts/test.mjs).
describe.skipIf(findChromium() === null)('every state of every view', () => {
  it.each(SCENES.map((scene) => [scene.name, scene] as const))('%s', async (_, scene) => {
    const faults: unknown[] = [];
    const find = (where: string, found: readonly string[]) =>
      faults.push(...found.map((one) => `${where}: ${one}`));

    await reel.show(scene);
    faults.push(await picture(scene, 'light'));
    find('axe', await axeViolations(reel.page));
    find('layout', await layoutFaults(reel.page));
    await reel.scheme('dark');
    faults.push(await picture(scene, 'dark'));
    find('axe in the dark', await axeViolations(reel.page, ['color-contrast']));
    find('keyboard', await tabWalkFaults(reel.page));

    await reel.show(scene, { longer: true });
    find('longer', await layoutFaults(reel.page));
    const leftToRight = await boxesOf(reel.page);
    await reel.show(scene, { longer: true, rightToLeft: true });
    find('from right to left', await layoutFaults(reel.page));
    if (!scene.onForeignPage) find('from right to left', mirrorFaults(leftToRight, await boxesOf(reel.page)));
    for (const size of scene.zoomed ?? []) {
      await reel.show(scene, size);
      find(`in ${size.width} px`, await layoutFaults(reel.page));
    }
    find('console', reel.problems());
    expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
  });

  it('the tracked pictures are those of the views, no more and no less', async () => {
    expect(await album.close(pictureNames())).toEqual([]);
  });

  it('pictures are compared', (context) => {
    context.skip(album.skips !== null, album.skips ?? '');
    expect(album.skips).toBeNull();
  });
});
