import type { Browser, Page } from 'playwright-core';
import { type Camera, type Comparison, PROBE } from './album.ts';

/** Pictures are compared in a canvas of the same browser that made them: no decoder of our own, no package for it. */
export async function chromiumCamera(browser: Browser): Promise<Camera> {
  const page = await browser.newPage({ viewport: { width: 400, height: 300 } });
  await page.setContent(PROBE);
  const probe = await page.screenshot();
  return {
    name: `Chromium ${browser.version()}`,
    probe,
    compare: (left, right, tolerance) => compareIn(page, left, right, tolerance),
  };
}

/** Compares two PNGs in a page. */
export function compareIn(page: Page, left: Buffer, right: Buffer, tolerance: number): Promise<Comparison> {
  const given = { left: left.toString('base64'), right: right.toString('base64'), tolerance };
  return page.evaluate(async ({ left, right, tolerance }) => {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('no canvas');
    const pixels = async (base64: string): Promise<ImageData> => {
      const image = new Image();
      image.src = `data:image/png;base64,${base64}`;
      await image.decode();
      canvas.width = image.width;
      canvas.height = image.height;
      context.drawImage(image, 0, 0);
      return context.getImageData(0, 0, image.width, image.height);
    };
    const one = await pixels(left);
    const other = await pixels(right);
    const of = other.width * other.height;
    if (one.width !== other.width || one.height !== other.height) return { different: of, of, diff: null };
    let different = 0;
    for (let at = 0; at < other.data.length; at += 4) {
      const far = [0, 1, 2].some(
        (channel) => Math.abs((one.data[at + channel] ?? 0) - (other.data[at + channel] ?? 0)) > tolerance,
      );
      if (far) different += 1;
      other.data.set(
        far ? [220, 0, 0, 255] : [other.data[at] ?? 0, other.data[at + 1] ?? 0, other.data[at + 2] ?? 0, 50],
        at,
      );
    }
    context.putImageData(other, 0, 0);
    return { different, of, diff: canvas.toDataURL('image/png').split(',')[1] ?? '' };
  }, given);
}
