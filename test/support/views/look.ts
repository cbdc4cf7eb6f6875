import { AXE_RULES_OF_WORDS, axeViolations } from './axe.ts';
import { type Boxes, mirrorFaults } from './layout.ts';
import type { Reel } from './reel.ts';
import type { Scene, Size } from './scene.ts';
import { judgeFocus, tabWalkFaults } from './tab-walk.ts';

type Find = (where: string, found: readonly string[]) => void;
const inWindow = ({ width, height }: Size): string => `in a window of ${width} x ${height} px`;

/** At 200 % zoom and more, in the dark: everything is there, and can be reached without a mouse. */
async function zoomed(reel: Reel, scene: Scene, find: Find): Promise<void> {
  for (const size of scene.zoomed) {
    const { layout, ...focus } = await reel.resize(size, () => ({
      layout: globalThis.looks.layout(),
      names: globalThis.looks.controls().names,
      stops: globalThis.looks.focus(),
    }));
    find(inWindow(size), layout);
    find(inWindow(size), judgeFocus(focus));
  }
}

/** The layout with 40 % longer texts, from right to left, zoomed, as it is, and from left to right. */
async function stretched(reel: Reel, scene: Scene, find: Find): Promise<void> {
  const { page } = reel;
  const textLength = () => page.evaluate(() => globalThis.looks.textLength());
  const asItIs = await textLength();
  // What was said to a page of AWS is not said anew.
  if (scene.onForeignPage || scene.state === null) await reel.show(scene, { longer: true });
  else await reel.lengthen();
  if ((await textLength()) <= asItIs) find('longer', ['no text is longer']);
  await reel.direct('rtl');
  for (const size of [...scene.zoomed].reverse()) {
    const found = await reel.resize(size, () => globalThis.looks.layout());
    find(`from right to left ${inWindow(size)}`, found);
  }
  const look = (): { layout: string[]; boxes: Boxes } => ({
    layout: globalThis.looks.layout(),
    boxes: globalThis.looks.boxes(),
  });
  const rightToLeft = await reel.resize(scene.window, look);
  await reel.direct('ltr');
  const leftToRight = await page.evaluate(look);
  find('from right to left', rightToLeft.layout);
  find('longer', leftToRight.layout);
  find('from right to left', mirrorFaults(leftToRight.boxes, rightToLeft.boxes));
}

/**
 * What is wrong with a scene that was just shown, one line each, as a person would find it: axe-core, the Tab key, 40 % longer
 * texts, from right to left, and zoomed. It leaves the scene longer and in the dark.
 */
export async function faultsOf(reel: Reel, scene: Scene): Promise<string[]> {
  const faults: string[] = [];
  const find: Find = (where, found) => faults.push(...found.map((one) => `${where}: ${one}`));

  find('axe', await axeViolations(reel.page, scene.language ? AXE_RULES_OF_WORDS : undefined));
  find('layout', await reel.page.evaluate(() => globalThis.looks.layout()));
  // A translation of a scene has the colors, the controls and the layout of the scene.
  if (!scene.language) {
    await reel.scheme('dark');
    find('axe in the dark', await axeViolations(reel.page, ['color-contrast']));
    find('keyboard', await tabWalkFaults(reel.page));
    await zoomed(reel, scene, find);
    await stretched(reel, scene, find);
  }
  find('console', reel.problems());
  return faults;
}
