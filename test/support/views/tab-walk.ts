import type { Page } from 'playwright-core';

interface Stop {
  /** The control that has just lost the focus and looks as it did with it. */
  unseen: number | null;
  /** Place among the controls that the page offers; -1 for none of them. */
  index: number;
  fault: string | null;
}

/**
 * Walks through the page with the Tab key, as a person without a mouse does. Returns what is wrong: a control that the
 * walk never reached, an order that jumps back up the page, a place that looks the same with the focus as without it, or
 * one that lies under something else.
 */
export async function tabWalkFaults(page: Page): Promise<string[]> {
  const { names, jumps } = await page.evaluate(() => {
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
    globalThis.walk = {
      controls,
      before: null,
      // What a person sees of a control: itself, or what stands for a field that is there but not drawn.
      looks: (element) =>
        [element, element.nextElementSibling, element.closest('label'), element.parentElement]
          .filter((one) => one instanceof HTMLElement)
          .filter((one) => one.checkVisibility({ opacityProperty: true }))
          .map((one) => {
            const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
            // `auto` is the browser's own ring, whatever width it tells.
            const wide = outlineStyle === 'auto' || Number.parseFloat(outlineWidth) >= 2;
            const ring = outlineStyle !== 'none' && wide ? `${outlineStyle} ${outlineWidth}` : 'none';
            return `${ring} ${boxShadow}`;
          })
          .join('\n'),
    };
    const boxes = controls.map((element) => element.getBoundingClientRect());
    return {
      names: controls.map(
        (element) =>
          `${element.localName} "${(element.textContent || element.ariaLabel || element.id).trim().slice(0, 40)}"`,
      ),
      // Those that lie, for the eye, right above the control that comes before them.
      jumps: boxes.flatMap((box, index) => {
        const before = boxes[index - 1];
        const jumps =
          before && box.bottom <= before.top && box.left < before.right && box.right > before.left;
        return jumps ? [index] : [];
      }),
    };
  });
  const order: number[] = [];
  const faults: string[] = [];
  const nameOf = (index: number): string => names[index] ?? 'something';
  for (let press = 0; press < names.length * 2 + 3 && new Set(order).size < names.length; press++) {
    await page.keyboard.press('Tab');
    const { unseen, index, fault } = await stop(page);
    if (unseen !== null) faults.push(`${nameOf(unseen)}: the focus cannot be seen`);
    if (index >= 0) order.push(index);
    if (fault) faults.push(`${nameOf(index)}: ${fault}`);
  }
  await page.evaluate(() => globalThis.walk.before?.element.blur());
  const { unseen } = await stop(page);
  if (unseen !== null) faults.push(`${nameOf(unseen)}: the focus cannot be seen`);
  const reached = new Set(order);
  const missed = names.filter((_, index) => !reached.has(index));
  faults.push(...missed.map((name) => `${name}: the Tab key does not reach it`));
  // The walk may begin anywhere, where a view has given the focus away; from there it goes round once.
  const backwards = order.flatMap((index, place) => {
    const before = order[place - 1] ?? -1;
    return index < before ? [`${nameOf(index)}: comes after ${nameOf(before)}`] : [];
  });
  if (backwards.length > 1) faults.push(...backwards);
  faults.push(
    ...jumps.map((index) => `${nameOf(index)}: lies above ${nameOf(index - 1)}, which comes before it`),
  );
  return [...new Set(faults)];
}

function stop(page: Page): Promise<Stop> {
  return page.evaluate(() => {
    const { before, controls, looks } = globalThis.walk;
    globalThis.walk.before = null;
    const isLeft = before !== null && before.element !== document.activeElement && before.element.isConnected;
    const unseen = isLeft && looks(before.element) === before.look ? controls.indexOf(before.element) : null;
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    if (!(active instanceof HTMLElement) || active === document.body)
      return { unseen, index: -1, fault: null };
    const index = controls.indexOf(active);
    globalThis.walk.before = { element: active, look: looks(active) };
    const box = active.getBoundingClientRect();
    const middle = { x: box.left + box.width / 2, y: box.top + Math.min(box.height / 2, 20) };
    if (middle.x < 0 || middle.x > innerWidth || middle.y < 0 || middle.y > innerHeight)
      return { unseen, index, fault: 'it has the focus outside of the window' };
    const root = active.getRootNode();
    const top = (root instanceof ShadowRoot ? root : document).elementFromPoint(middle.x, middle.y);
    const hit =
      top !== null &&
      (active.contains(top) || top.contains(active) || top.closest('label')?.contains(active));
    return { unseen, index, fault: hit ? null : `it lies under ${top?.localName}.${top?.className}` };
  });
}

declare global {
  var walk: {
    controls: HTMLElement[];
    /** The place of the focus, and how it looked with it. */
    before: { element: HTMLElement; look: string } | null;
    looks(element: HTMLElement): string;
  };
}
