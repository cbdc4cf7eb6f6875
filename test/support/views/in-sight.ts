import type { Page } from 'playwright-core';

/** Those of the elements that a person does not see whole in the window as it is: scrolled away, cut, or under another one. */
export function outOfSight(page: Page, selectors: readonly string[]): Promise<string[]> {
  return page.evaluate((all) => {
    // What lies over a foreign page has a root of its own.
    const root = document.documentElement.lastElementChild?.shadowRoot ?? document;
    const seen = (selector: string): boolean => {
      const element = root.querySelector(selector);
      if (!element) return false;
      const { left, top, right, bottom } = element.getBoundingClientRect();
      if (top < 0 || left < 0 || bottom > innerHeight + 0.5 || right > innerWidth + 0.5) return false;
      const there = root.elementFromPoint(left + 2, bottom - 2);
      return there !== null && (element.contains(there) || there.contains(element));
    };
    return all.filter((selector) => !seen(selector));
  }, selectors);
}
