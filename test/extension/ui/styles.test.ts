import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const EXTENSION = new URL('../../../extension/', import.meta.url).pathname;

/** Declarations that name a side of the screen: they stay where they are when a view is read from right to left. */
const PHYSICAL =
  /(?<![\w-])(?:(?:margin|padding|border|scroll-margin|inset)-(?:left|right)[\w-]*|(?<!-)(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)\b/g;

it('no style sheet names left or right: views are mirrored by their logical properties', async () => {
  const files = (await readdir(EXTENSION, { recursive: true })).filter((file) => file.endsWith('.css'));
  expect(files.length).toBeGreaterThan(3);
  const found = await Promise.all(
    files.map(async (file) => {
      const css = (await readFile(join(EXTENSION, file), 'utf8')).replace(/\/\*.*?\*\//gs, '');
      return [...css.matchAll(PHYSICAL)].map(([text]) => `${file}: ${text}`);
    }),
  );
  expect(found.flat()).toEqual([]);
});

it.each([
  ['margin-left: 1px', 1],
  ['.a { left: 0 }', 1],
  ['text-align: right', 1],
  ['border-top-left-radius: 2px', 1],
  ['margin-inline-start: 1px; inset-inline-end: 0; text-align: start; max-block-size: 1rem', 0],
])('sees %s', (css, count) => expect([...css.matchAll(PHYSICAL)]).toHaveLength(count));
