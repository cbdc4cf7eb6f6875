import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import * as v from 'valibot';

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules whose answer other words may change: the roles, the order and the colors are those of the scene in English. */
export const AXE_RULES_OF_WORDS = [
  'scrollable-region-focusable',
  'target-size',
  'aria-command-name',
  'aria-input-field-name',
  'aria-toggle-field-name',
  'aria-tooltip-name',
  'button-name',
  'document-title',
  'html-has-lang',
  'html-lang-valid',
  'label',
  'label-content-name-mismatch',
  'link-name',
  'select-name',
  'summary-name',
  'valid-lang',
];

/** Runs axe-core on a page and returns its findings, one line each; none is what a view should give. All rules unless told. */
export async function axeViolations(page: Page, rules?: readonly string[]): Promise<string[]> {
  // The way to each element is not told, and costs more than most rules; there are no frames, nor styles from elsewhere.
  const options = {
    resultTypes: ['violations'],
    selectors: false,
    iframes: false,
    preload: false,
    ...(rules && { runOnly: rules }),
  };
  // Half a megabyte of script goes into a page once, and comes out of the browser's cache where the stage serves it.
  if (!(await page.evaluate("'axe' in globalThis"))) {
    if (page.url().startsWith('http://127.0.0.1')) await page.addScriptTag({ url: '/axe.js' });
    else await page.evaluate(await source);
  }
  // What it found to be right is a hundred times as much, and stays there.
  const found = await page.evaluate(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations.map(
      ({ id, help, nodes }) => id + ': ' + help + ': ' + nodes.map(({ html }) => html).join(' ')))`,
  );
  return v.parse(v.array(v.string()), found);
}
