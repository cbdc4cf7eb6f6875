import type { Browser } from 'playwright-core';
import { type Camera, PROBE } from './album.ts';
import { comparePictures } from './compare-pictures.ts';

/** The camera of a Chromium that Playwright drives. */
export async function chromiumCamera(browser: Browser): Promise<Camera> {
  const page = await browser.newPage({ viewport: { width: 400, height: 300 } });
  await page.setContent(PROBE);
  return {
    name: `Chromium ${browser.version()}`,
    probe: await page.screenshot(),
    compare: (left, right, tolerance) =>
      page.evaluate(comparePictures, {
        left: left.toString('base64'),
        right: right.toString('base64'),
        tolerance,
      }),
  };
}
