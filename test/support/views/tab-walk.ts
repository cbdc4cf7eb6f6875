import type { CDPSession, Page } from 'playwright-core';

export interface Stop {
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
  const { names, jumps } = await page.evaluate(controlsInPage);
  await page.evaluate(startInPage);
  let stops: Stop[] = [];
  // Once for each of them, and as often again for what has focus beside them; the page notes where each press leads.
  for (const presses of [names.length + 1, names.length + 2]) {
    await pressTab(page, presses);
    stops = await page.evaluate(() => globalThis.walk.stops);
    if (new Set(reachedBy(stops)).size === names.length) break;
  }
  stops.push(await page.evaluate(() => globalThis.walk.end()));
  const { faults, order, nameOf } = judge(names, stops);
  const reached = new Set(order);
  const missed = names.filter((_, index) => !reached.has(index));
  faults.push(...missed.map((name) => `${name}: the Tab key does not reach it`));
  // From the start to the last of them. What comes after that leads through the browser's own window, which takes its time.
  const once = order.filter((_, place) => new Set(order.slice(0, place)).size < names.length);
  const backwards = once.flatMap((index, place) => {
    const before = once[place - 1] ?? -1;
    return index < before ? [`${nameOf(index)}: comes after ${nameOf(before)}`] : [];
  });
  faults.push(
    ...backwards,
    ...jumps.map((index) => `${nameOf(index)}: lies above ${nameOf(index - 1)}, which comes before it`),
  );
  return [...new Set(faults)];
}

/** The next Tab leads to the first control, wherever a view, or the look before, has left the focus. */
function startInPage(): void {
  const start = document.createElement('span');
  start.tabIndex = -1;
  globalThis.walk.controls[0]?.before(start);
  start.focus();
  start.remove();
}

/**
 * What of it another window may change: each control that the Tab key reaches gets the focus, comes into sight with it, and
 * shows it. The keys need not be pressed again for that.
 */
export async function focusFaults(page: Page): Promise<string[]> {
  const { names } = await page.evaluate(controlsInPage);
  return judgeFocus({ names, stops: await page.evaluate(focusInPage) });
}

/** Gives the focus to each of the controls that `controlsInPage` has found, then to none. It knows nothing but itself. */
export function focusInPage(): Stop[] {
  // What has the focus already would not be brought into sight.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  const stops = globalThis.walk.controls.map((control) => {
    control.focus();
    return globalThis.walk.look();
  });
  return [...stops, globalThis.walk.end()];
}

export function judgeFocus({ names, stops }: { names: readonly string[]; stops: readonly Stop[] }): string[] {
  const { faults, order, nameOf } = judge(names, stops);
  const kept = names.flatMap((_, index) =>
    order.includes(index) ? [] : [`${nameOf(index)}: takes no focus`],
  );
  return [...new Set([...faults, ...kept])];
}

function judge(names: readonly string[], stops: readonly Stop[]) {
  const nameOf = (index: number): string => names[index] ?? 'something';
  const faults = stops.flatMap(({ unseen, index, fault }) => [
    ...(unseen === null ? [] : [`${nameOf(unseen)}: the focus cannot be seen`]),
    ...(fault === null ? [] : [`${nameOf(index)}: ${fault}`]),
  ]);
  return { faults, order: reachedBy(stops), nameOf };
}

const reachedBy = (stops: readonly Stop[]): number[] =>
  stops.map(({ index }) => index).filter((index) => index >= 0);

/** One press after the other, without waiting in between for what each has done: the browser keeps their order. */
async function pressTab(page: Page, presses: number): Promise<void> {
  const cdp = await sessionOf(page);
  const key = { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 };
  const sent = Array.from({ length: presses }, () => [
    cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key }),
    cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key }),
  ]);
  await Promise.all(sent.flat());
}

const sessions = new WeakMap<Page, CDPSession>();

async function sessionOf(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? (await page.context().newCDPSession(page));
  sessions.set(page, session);
  return session;
}

/** Every control that the Tab key should reach, in the order of the page, and what looks at the one with the focus. It knows nothing but itself. */
export function controlsInPage(): { names: string[]; jumps: number[] } {
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
  // What a person sees of a control: itself, or what stands for a field that is there but not drawn.
  const looks = (element: HTMLElement): string =>
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
      .join('\n');
  const look = (): Stop => {
    const { before } = globalThis.walk;
    globalThis.walk.before = null;
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    const isLeft = before !== null && before.element !== active && before.element.isConnected;
    const unseen = isLeft && looks(before.element) === before.look ? controls.indexOf(before.element) : null;
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
  };
  const note = ({ key }: KeyboardEvent): void => {
    if (key === 'Tab') globalThis.walk.stops.push(look());
  };
  addEventListener('keyup', note, true);
  globalThis.walk = {
    controls,
    before: null,
    stops: [],
    look,
    end() {
      globalThis.walk.before?.element.blur();
      removeEventListener('keyup', note, true);
      return look();
    },
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
      const jumps = before && box.bottom <= before.top && box.left < before.right && box.right > before.left;
      return jumps ? [index] : [];
    }),
  };
}

declare global {
  var walk: {
    controls: HTMLElement[];
    /** The place of the focus, and how it looked with it. */
    before: { element: HTMLElement; look: string } | null;
    /** Where each press of the Tab key led. */
    stops: Stop[];
    look(): Stop;
    /** Nothing has the focus any more. */
    end(): Stop;
  };
}
