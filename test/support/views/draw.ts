import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFirefox } from '../browsers/find.ts';
import { ROOT } from '../root.ts';
import { raiseFirefoxReel } from './firefox-reel.ts';
import type { Reel } from './reel.ts';
import type { Scene } from './scene.ts';
import { SCENES } from './scenes.ts';
import { raiseStage } from './stage.ts';
import { DOCS_PICTURES, DOCS_PICTURES_IN_THE_DARK } from './tour.ts';

/**
 * Program: draws every state of every view into .tmp/pictures, light, dark and zoomed, and those that need no acting in
 * Firefox too. With `docs` it draws those of the pages under docs/ instead, at twice the size.
 */

const FOLDER = join(ROOT, '.tmp/pictures');
const SCHEMES = ['light', 'dark'] as const;

/** The part that matters; what a person did somewhere is there in the window, so the rest of a long page is left out. */
const shot = ({ page }: Reel, { part, act }: Scene): Promise<Buffer> =>
  part ? page.locator(part).screenshot() : page.screenshot({ fullPage: !act });

/** What the TypeScript loader of this program puts around functions, those for the page too. */
const NAMES = 'globalThis.__name = (value) => value;';

const stage = await raiseStage();
try {
  if (process.argv[2] === 'docs') await drawDocs();
  else await drawAll();
} finally {
  await stage.close();
}

async function drawAll(): Promise<void> {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const keep = (name: string, picture: Buffer) => writeFile(join(FOLDER, `${name}.png`), picture);
  const reel = await stage.reel(1);
  await reel.page.addInitScript({ content: NAMES });
  for (const scene of SCENES) {
    await reel.show(scene);
    for (const scheme of SCHEMES) {
      await reel.scheme(scheme);
      await keep(`${scene.name}-${scheme}`, await shot(reel, scene));
    }
    const [size] = scene.zoomed;
    if (size) await reel.resize(size);
    if (size) await keep(`${scene.name}-zoomed`, await reel.page.screenshot());
  }
  if (findFirefox() === null) return;
  const firefox = await raiseFirefoxReel();
  try {
    for (const scene of SCENES.filter(({ act }) => !act)) {
      const taken = await firefox.pictures(scene);
      for (const scheme of SCHEMES) await keep(`firefox-${scene.name}-${scheme}`, taken[scheme]);
    }
  } finally {
    await firefox.close();
  }
}

async function drawDocs(): Promise<void> {
  const reel = await stage.reel(2);
  await reel.page.addInitScript({ content: NAMES });
  for (const [file, name] of Object.entries(DOCS_PICTURES)) {
    const scene = SCENES.find((one) => one.name === name);
    if (!scene) throw new Error(`no scene ${name}`);
    await reel.show(scene);
    await writeFile(join(ROOT, 'docs/pictures', `${file}.png`), await shot(reel, scene));
    if (!DOCS_PICTURES_IN_THE_DARK.includes(file)) continue;
    await reel.scheme('dark');
    await writeFile(join(ROOT, 'docs/pictures', `${file}-dark.png`), await shot(reel, scene));
  }
}
