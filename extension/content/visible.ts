/** May lie over the buttons; it is matched exactly and never answered for the person. */
const COOKIE_BANNER = '[data-id="awsccc-cb"]';

/**
 * Whether a person could see the element. Works in inactive tabs too, where animation frames and
 * IntersectionObserver stand still (measured in Chromium and Firefox).
 */
export function isVisible(element: Element): boolean {
  const shown = element.checkVisibility({
    opacityProperty: true,
    visibilityProperty: true,
    contentVisibilityAuto: true,
  });
  if (!shown) return false;
  const { width, height } = element.getBoundingClientRect();
  return width >= 1 && height >= 1;
}

/** Whether something other than the element, and other than AWS's cookie banner, lies over its middle. */
export function isCovered(element: Element): boolean {
  const { left, top, width, height } = element.getBoundingClientRect();
  const x = left + width / 2;
  const y = top + height / 2;
  // Below the fold: nothing can be asked about a point outside the viewport, and scrolling is the page's business.
  if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return false;
  for (const above of document.elementsFromPoint(x, y)) {
    if (above === element || element.contains(above)) return false;
    if (above.closest(COOKIE_BANNER)) continue;
    return !above.contains(element);
  }
  return true;
}

/** Disabled in any of the ways in which AWS's components disable a button. */
export function isDisabled(button: Element): boolean {
  return (
    (button instanceof HTMLButtonElement && button.disabled) ||
    button.getAttribute('aria-disabled') === 'true' ||
    button.closest('[inert], fieldset[disabled]') !== null
  );
}
