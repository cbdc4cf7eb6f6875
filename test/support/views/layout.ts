/** A page of whatever browser and driver. */
export interface Evaluates {
  evaluate<T>(inPage: () => T): Promise<T>;
}

/**
 * What a person would call broken, found by the browser's own geometry: text that leaves the window or its box, a
 * control that lies on another, a text that was shortened and cannot be read anywhere, what no scrolling ever brings
 * into sight, movement that the person does not want.
 */
export const layoutFaults = (page: Evaluates): Promise<string[]> => page.evaluate(layoutInPage);

/** The same, for a page that has it already. It knows nothing but itself. */
export function layoutInPage(): string[] {
  const SLACK = 1.5;
  const found: string[] = [];
  const tell = (element: Element, what: string): void => {
    const name = `${element.localName}${[...element.classList].map((one) => `.${one}`).join('')}`;
    found.push(`${name} "${(element.textContent ?? '').trim().slice(0, 40)}": ${what}`);
  };
  const parentOf = (element: Element): Element | null => {
    const root = element.getRootNode();
    return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  };
  const every = (root: ParentNode): HTMLElement[] =>
    [...root.querySelectorAll<HTMLElement>('*')].flatMap((element) =>
      element.shadowRoot ? [element, ...every(element.shadowRoot)] : [element],
    );
  const seen = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true }) && !element.closest('.unseen');

  // The text of a modal is what is there to be read; the page under it is out of reach.
  const all = every(document);
  const modal = all.find((element) => element.matches('dialog:modal'));
  const shown = (modal ? [modal, ...every(modal)] : all).filter(
    (one) => !(one instanceof SVGElement) && seen(one),
  );

  const root = document.documentElement;
  if (root.scrollWidth > innerWidth)
    found.push(`the page is ${root.scrollWidth} px wide in a window of ${innerWidth}`);

  for (const element of shown) {
    const style = getComputedStyle(element);
    if (/[1-9]/.test(style.transitionDuration)) tell(element, 'moves although the person wants no movement');
    const cut = style.textOverflow === 'ellipsis' && element.scrollWidth > element.clientWidth + SLACK;
    if (cut && !element.title) tell(element, 'shortened, and no title tells the rest');
    const scrolls =
      (/auto|scroll/.test(style.overflowY) && element.scrollHeight > element.clientHeight + SLACK) ||
      (/auto|scroll/.test(style.overflowX) && element.scrollWidth > element.clientWidth + SLACK);
    // The keys scroll the window itself, and walk through the list of a combobox.
    const byKeys =
      element === root || element === document.body || element.matches('textarea, [role=listbox]');
    if (scrolls && !byKeys) {
      const within = 'a[href], button, input, select, summary, textarea, [tabindex]';
      if (!element.matches(within) && !element.querySelector(within))
        tell(element, 'scrolls, and the keyboard reaches nothing in it');
    }
    const control = element.matches('button, a, select, summary, [role=button], [role=tab]');
    if (control && style.display !== 'inline') {
      if (
        element.scrollWidth > element.clientWidth + SLACK ||
        element.scrollHeight > element.clientHeight + SLACK
      )
        tell(element, 'its text is larger than itself');
      const { width, height } = element.getBoundingClientRect();
      if (width < 24 || height < 24)
        tell(element, `a target of ${width} x ${height} px (WCAG 2.5.8 wants 24)`);
    }
    for (const node of element.childNodes) {
      if (!(node instanceof Text) || !node.data.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width === 0) continue;
        let left = 0;
        let right = innerWidth;
        let top = Number.NEGATIVE_INFINITY;
        let bottom = Number.POSITIVE_INFINITY;
        let floor = -scrollY;
        for (let around: Element | null = element; around; around = parentOf(around)) {
          const { overflowX, overflowY, textOverflow } = getComputedStyle(around);
          if (/auto|scroll/.test(overflowX) || textOverflow === 'ellipsis') {
            left = Number.NEGATIVE_INFINITY;
            right = Number.POSITIVE_INFINITY;
          } else if (overflowX !== 'visible') {
            const clip = around.getBoundingClientRect();
            left = Math.max(left, clip.left);
            right = Math.min(right, clip.right);
          }
          if (/auto|scroll/.test(overflowY)) {
            floor = Number.NEGATIVE_INFINITY;
            break;
          }
          if (
            overflowY !== 'visible' &&
            textOverflow !== 'ellipsis' &&
            around !== root &&
            around !== document.body
          ) {
            const clip = around.getBoundingClientRect();
            top = Math.max(top, clip.top);
            bottom = Math.min(bottom, clip.bottom);
          }
        }
        if (box.top < floor - SLACK) tell(element, 'its text lies above where one can scroll to');
        if (box.left < left - SLACK || box.right > right + SLACK)
          tell(element, 'its text is cut off at the side');
        else if (box.top < top - 3 || box.bottom > bottom + 3)
          tell(element, 'its text is cut off above or below');
      }
    }
  }

  const controls = shown.filter((one) => one.matches('button, a, input, select, summary'));
  controls.forEach((one, index) => {
    for (const other of controls.slice(index + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      // A field with a button inside is one control for the eye; an open list may lie on what is below it.
      if (one.parentElement === other.parentElement && getComputedStyle(other).position === 'absolute')
        continue;
      const a = one.getBoundingClientRect();
      const b = other.getBoundingClientRect();
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > SLACK && high > SLACK && a.width * a.height * b.width * b.height > 0)
        tell(one, `lies on ${other.localName} "${(other.textContent ?? '').trim().slice(0, 30)}"`);
    }
  });

  for (const drawing of all.filter((one) => one instanceof SVGElement))
    if (/[1-9]/.test(getComputedStyle(drawing).transitionDuration))
      tell(drawing, 'moves although the person wants no movement');
  for (const { effect } of document.getAnimations())
    if (effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY)
      found.push('something moves without end although the person wants no movement');
  return [...new Set(found)];
}

/** Left edge and width of every box in the order of the document, to be compared with its mirror image. */
export interface Boxes {
  width: number;
  boxes: { what: string; left: number; right: number }[];
}

/** The boxes of a view, or of what lies over a foreign page; text that keeps its own direction, and everything inside pictures, is left out. */
export const boxesOf = (page: Evaluates): Promise<Boxes> => page.evaluate(boxesInPage);

/** The same, for a page that has it already. It knows nothing but itself. */
export function boxesInPage(): Boxes {
  const island = document.documentElement.lastElementChild?.shadowRoot;
  const all = (island ?? document.body).querySelectorAll<HTMLElement>('*');
  const shown = [...all].filter(
    (element) =>
      !(
        element.parentElement?.closest('svg, body [dir=ltr], body [dir=auto]') || element.closest('.unseen')
      ) &&
      getComputedStyle(element).display !== 'inline' &&
      element.checkVisibility(),
  );
  return {
    width: document.documentElement.clientWidth,
    boxes: shown.map((element) => {
      const { left, right } = element.getBoundingClientRect();
      const name = `${element.localName}${[...element.classList].map((one) => `.${one}`).join('')}`;
      return { what: `${name} "${(element.textContent ?? '').trim().slice(0, 30)}"`, left, right };
    }),
  };
}

/** Where a view read from right to left is not the mirror image of itself. */
export function mirrorFaults(ltr: Boxes, rtl: Boxes): string[] {
  if (ltr.boxes.length !== rtl.boxes.length)
    return [`${ltr.boxes.length} boxes, mirrored ${rtl.boxes.length}`];
  return ltr.boxes.flatMap(({ what, left, right }, index) => {
    const mirror = rtl.boxes[index];
    if (!mirror) return [];
    const off = Math.max(
      Math.abs(rtl.width - mirror.right - left),
      Math.abs(rtl.width - mirror.left - right),
    );
    return off <= 2 ? [] : [`${what}: ${Math.round(off)} px from its mirror image`];
  });
}
