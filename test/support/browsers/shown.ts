import type { ElementHandle, Page } from 'puppeteer-core';
import { until } from '../until.ts';

/**
 * The element, once it is in the page. The one way to wait for something in Firefox: the driver's own leaves a rejection that nobody can
 * catch when the tab closes as it answers, and with it the whole run ends.
 */
export async function shown(page: Page, selector: string, milliseconds?: number): Promise<ElementHandle> {
  // Of a plain selector the page tells by itself, for a third of the driver's work.
  const isThere = selector.startsWith('::-p-')
    ? async () => (await page.$(selector)) !== null
    : () => page.evaluate((one) => document.querySelector(one) !== null, selector);
  let found: ElementHandle | null = null;
  await until(async () => {
    if (page.isClosed()) throw new Error(`the tab closed before it had ${selector}`);
    found = (await isThere().catch(() => false)) ? await page.$(selector).catch(() => null) : null;
    return found !== null;
  }, milliseconds);
  if (found === null) throw new Error(`${selector} is gone`);
  return found;
}
