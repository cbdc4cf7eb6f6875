import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KeptFirefox, keptFirefox } from '../../support/kept-firefox.ts';
import { type FirefoxReel, raiseFirefoxReel } from '../../support/views/firefox-reel.ts';
import { SCENES } from '../../support/views/scenes.ts';

/** The main views in Firefox, which draws and lays out by itself. Everything else about them: views-popup.test.ts, views-pages.test.ts. */

const MAIN = new Set([
  'popup-many',
  'popup-run-sign-in',
  'popup-host-missing',
  'options-sessions',
  'ask-device',
  'permission-needed',
  'welcome-command',
  'welcome-done',
]);
const scenes = SCENES.filter(({ name }) => MAIN.has(name));

export function mainViews(): void {
  describe('the main views', () => {
    let kept: KeptFirefox;
    let reel: FirefoxReel;
    beforeAll(async () => {
      kept = await keptFirefox();
      reel = await raiseFirefoxReel(kept.firefox.browser);
    });
    afterAll(async () => {
      await reel?.close();
      await kept?.leave();
    });

    it.each(scenes.map((scene) => [scene.name, scene] as const))('%s', async (_, scene) => {
      await reel.show(scene);
      expect(await reel.faults(scene.window)).toEqual([]);
      for (const size of scene.zoomed.slice(0, 1)) expect(await reel.faults(size)).toEqual([]);
    });

    it('are all there', () => {
      expect(scenes).toHaveLength(MAIN.size);
    });
  });
}
