import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { everyState } from '../support/views/every-state.ts';
import { SCENES } from '../support/views/scenes.ts';
import { DOCS_PICTURES } from '../support/views/tour.ts';

/** Every state of the popup, looked at as a person would. The other views: views-pages.test.ts. */

const scenes = SCENES.filter(({ name }) => name.startsWith('popup-'));
const DOCS = new URL('../../docs/', import.meta.url).pathname;
const MAX_DOCS_PICTURES = 3_000_000;

everyState(scenes, () => {
  it('pages under docs/ show pictures that are there, and all of them', async () => {
    const pages = (await readdir(DOCS, { recursive: true })).filter((file) => file.endsWith('.md'));
    const files = ['../README.md', ...pages];
    const texts = await Promise.all(files.map((file) => readFile(join(DOCS, file), 'utf8')));
    const shown = texts.flatMap((text) => [...text.matchAll(/pictures\/([\w.-]+)/g)].map(([, file]) => file));
    const there = await readdir(join(DOCS, 'pictures'));
    expect([...new Set(shown)].sort()).toEqual(there.sort());
    expect(Object.keys(DOCS_PICTURES).filter((file) => !there.includes(`${file}.png`))).toEqual([]);
    const drawn = (await readdir(DOCS, { recursive: true })).filter((file) => file.endsWith('.png'));
    const sizes = await Promise.all(drawn.map(async (file) => (await stat(join(DOCS, file))).size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_DOCS_PICTURES);
  });
});
