import type { Page } from 'playwright-core';

interface Stop {
  /** Place among the controls that the page offers; -1 for none of them. */
  index: number;
  fault: string | null;
}

/**
 * Walks through the page with the Tab key, as a person without a mouse does. Returns what is wrong: a control that the
 * walk never reached, a place where the focus cannot be seen, or a place that lies under something else.
 */
export async function tabWalkFaults(page: Page): Promise<string[]> {
  const names = await page.evaluate(() => {
    const every = (root: ParentNode): HTMLElement[] =>
      [...root.querySelectorAll<HTMLElement>('*')].flatMap((element) =>
        element.shadowRoot ? [element, ...every(element.shadowRoot)] : [element],
      );
    const all = every(document);
    const modal = all.find((element) => element.matches('dialog:modal'));
    const inside = modal ? every(modal) : all;
    const controls = inside.filter(
      (element) =>
        element.tabIndex >= 0 &&
        element.matches('button, input, select, textarea, a[href], summary, [tabindex]') &&
        !element.matches(':disabled') &&
        !element.closest('[inert]') &&
        element.checkVisibility({ visibilityProperty: true }) &&
        // One stop for a group of radio buttons: the chosen one.
        !(element.matches('input[type=radio]') && !element.matches(':checked')),
    );
    globalThis.walked = controls;
    return controls.map(
      (element) =>
        `${element.localName} "${(element.textContent || element.ariaLabel || element.id).trim().slice(0, 40)}"`,
    );
  });
  const reached = new Set<number>();
  const faults: string[] = [];
  for (let press = 0; press < names.length * 2 + 3 && reached.size < names.length; press++) {
    await page.keyboard.press('Tab');
    const { index, fault } = await stop(page);
    if (index >= 0) reached.add(index);
    if (fault) faults.push(`${names[index] ?? 'something'}: ${fault}`);
  }
  const missed = names.filter((_, index) => !reached.has(index));
  return [...new Set([...faults, ...missed.map((name) => `${name}: the Tab key does not reach it`)])];
}

function stop(page: Page): Promise<Stop> {
  return page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    if (!(active instanceof HTMLElement) || active === document.body) return { index: -1, fault: null };
    const index = globalThis.walked.indexOf(active);
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(active);
    // `auto` is the browser's own ring, whatever width it tells.
    const outlined =
      outlineStyle === 'auto' || (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2);
    if (!outlined && boxShadow === 'none') return { index, fault: 'the focus cannot be seen' };
    const box = active.getBoundingClientRect();
    const middle = { x: box.left + box.width / 2, y: box.top + Math.min(box.height / 2, 20) };
    if (middle.x < 0 || middle.x > innerWidth || middle.y < 0 || middle.y > innerHeight)
      return { index, fault: 'it has the focus outside of the window' };
    const root = active.getRootNode();
    const top = (root instanceof ShadowRoot ? root : document).elementFromPoint(middle.x, middle.y);
    const hit =
      top !== null &&
      (active.contains(top) || top.contains(active) || top.closest('label')?.contains(active));
    return { index, fault: hit ? null : `it lies under ${top?.localName}.${top?.className}` };
  });
}

declare global {
  var walked: HTMLElement[];
}
