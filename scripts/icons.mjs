// Draws extension/icons/{16,32,48,128}.png from mark.svg. Run it after a change of the drawing: `node scripts/icons.mjs`.
// Browsers do not take SVG for the toolbar, so the pictures are committed beside their source.
import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const SIZES = [16, 32, 48, 128];
/** Thin lines vanish in the toolbar, so the smallest picture has bolder ones. */
const BOLDER = { 16: '4' };

const folder = new URL('../extension/icons/', import.meta.url);
const drawing = await readFile(new URL('mark.svg', folder), 'utf8');
const browser = await chromium.launch({
  executablePath: process.env.AWSHER_TEST_CHROMIUM ?? '/usr/lib/chromium/chromium',
  chromiumSandbox: false,
  args: ['--no-sandbox', '--no-proxy-server'],
});
try {
  for (const size of SIZES) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const svg = BOLDER[size]
      ? drawing.replace('stroke-width="3.2"', `stroke-width="${BOLDER[size]}"`)
      : drawing;
    await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
    await writeFile(new URL(`${size}.png`, folder), await page.screenshot({ omitBackground: true }));
    await page.close();
  }
} finally {
  await browser.close();
}
