// Draws extension/icons/{32,48,128}.png from mark.svg, and 16.png from a drawing on its own grid, mark-16.svg; both of the toolbar in
// grey too, for nobody signed in. Run it after a change of the drawing: `node scripts/icons.mjs`.
// Browsers do not take SVG for the toolbar, so the pictures are committed beside their source.
import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const SIZES = [16, 32, 48, 128];
const GREY_SIZES = [16, 32];
const GREY = { '#0c5a54': '#6f7876', '#ffd98a': '#dfe3e2' };

const folder = new URL('../extension/icons/', import.meta.url);
const browser = await chromium.launch({
  executablePath: process.env.AWSHER_TEST_CHROMIUM ?? '/usr/lib/chromium/chromium',
  chromiumSandbox: false,
  args: ['--no-sandbox', '--no-proxy-server'],
});
try {
  for (const size of SIZES) await draw(size, `${size}.png`);
  for (const size of GREY_SIZES) await draw(size, `grey-${size}.png`, GREY);
} finally {
  await browser.close();
}

/** @param {Record<string, string>} colours what is painted in another color */
async function draw(/** @type {number} */ size, /** @type {string} */ file, colours = {}) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  // Lines that fall between the pixels of the toolbar are a blot.
  const drawing = await readFile(new URL(size === 16 ? 'mark-16.svg' : 'mark.svg', folder), 'utf8');
  const svg = Object.entries(colours).reduce((text, [from, to]) => text.replaceAll(from, to), drawing);
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
  await writeFile(new URL(file, folder), await page.screenshot({ omitBackground: true }));
  await page.close();
}
