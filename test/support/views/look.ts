import { AXE_RULES_OF_THE_WINDOW, AXE_RULES_OF_WORDS, axeViolations } from './axe.ts';
import { boxesOf, layoutFaults, mirrorFaults } from './layout.ts';
import type { Reel } from './reel.ts';
import type { Scene, Size } from './scene.ts';
import { focusFaults, tabWalkFaults } from './tab-walk.ts';

type Find = (where: string, found: readonly string[]) => void;
const inWindow = ({ width, height }: Size): string => `in a window of ${width} x ${height} px`;

/** At 200 % zoom and more, in the dark: everything is there, and can be reached without a mouse. */
async function zoomed(reel: Reel, scene: Scene, find: Find): Promise<void> {
  for (const [index, size] of scene.zoomed.entries()) {
    await reel.resize(size);
    find(inWindow(size), await layoutFaults(reel.page));
    find(inWindow(size), await focusFaults(reel.page));
    if (index === 0) find(inWindow(size), await axeViolations(reel.page, AXE_RULES_OF_THE_WINDOW));
  }
}

/** The layout with 40 % longer texts, from right to left, zoomed, as it is, and from left to right. */
async function stretched(reel: Reel, scene: Scene, find: Find): Promise<void> {
  const textLength = () =>
    reel.page.evaluate(() => {
      const island = document.documentElement.lastElementChild?.shadowRoot;
      return (island ?? document.body).textContent?.length ?? 0;
    });
  const asItIs = await textLength();
  // What was said to a page of AWS is not said anew.
  if (scene.onForeignPage || scene.state === null) await reel.show(scene, { longer: true });
  else await reel.lengthen();
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

/**
 * What is wrong with a scene that was just shown, one line each, as a person would find it: axe-core, the Tab key, 40 % longer
 * texts, from right to left, and zoomed. It leaves the scene longer and in the dark.
 */
export async function faultsOf(reel: Reel, scene: Scene): Promise<string[]> {
  const faults: string[] = [];
  const find: Find = (where, found) => faults.push(...found.map((one) => `${where}: ${one}`));

  find('axe', await axeViolations(reel.page, scene.language ? AXE_RULES_OF_WORDS : undefined));
  find('layout', await layoutFaults(reel.page));
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
