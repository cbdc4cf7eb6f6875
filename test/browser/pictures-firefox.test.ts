import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFirefox } from '../support/browsers/find.ts';
import { type Album, openAlbum } from '../support/views/album.ts';
import { type FirefoxReel, raiseFirefoxReel } from '../support/views/firefox-reel.ts';
import { SCENES } from '../support/views/scenes.ts';

/** The main views in Firefox, which draws and lays out by itself. Everything else about them: pictures.test.ts. */

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
/** The popup's window is so small that 200 % zoom is worth a look. */
const isPopup = (name: string): boolean => name.startsWith('popup-');
const SCHEMES = ['light', 'dark'] as const;

let reel: FirefoxReel;
let album: Album;
beforeAll(async () => {
  if (findFirefox() === null) return;
  reel = await raiseFirefoxReel();
  album = await openAlbum('firefox', reel.camera);
}, 180_000);
afterAll(() => reel?.close());

// Skipped only where this Firefox is not installed; `npm test` installs it where it may (scripts/test.mjs).
describe.skipIf(findFirefox() === null)('the main views in Firefox', () => {
  it.each(scenes.map((scene) => [scene.name, scene] as const))('%s', async (name, scene) => {
    const taken = await reel.pictures(scene);
    for (const scheme of SCHEMES) await album.keep(`firefox-${name}-${scheme}`, taken[scheme]);
    const { picture, faults } = await reel.zoomed(scene);
    expect(faults).toEqual([]);
    if (isPopup(name)) await album.keep(`firefox-${name}-zoomed`, picture);
  });

  it('the tracked pictures are those of the main views, no more and no less', async () => {
    expect(scenes).toHaveLength(MAIN.size);
    const names = scenes.flatMap(({ name }) =>
      [...SCHEMES, ...(isPopup(name) ? ['zoomed'] : [])].map((look) => `firefox-${name}-${look}`),
    );
    expect(await album.close(names)).toEqual([]);
  });

  it('pictures are compared', (context) => {
    context.skip(album.skips !== null, album.skips ?? '');
    expect(album.skips).toBeNull();
  });
});
