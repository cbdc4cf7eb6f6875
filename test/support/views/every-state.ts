import { beforeAll, describe, expect, it } from 'vitest';
import { findChromium, NO_CHROMIUM } from '../browsers/find.ts';
import { faultsOf } from './look.ts';
import type { Reel } from './reel.ts';
import type { Scene } from './scene.ts';
import { viewsStage } from './stage.ts';

/** Each of these scenes, looked at as a person would: a test for each, and the `more` tests, which begin with the same tab. */
export function everyState(scenes: readonly Scene[], more: (reel: () => Reel) => void): void {
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

    more(() => reel);
  });
}
