import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import * as v from 'valibot';

const Result = v.object({
  violations: v.array(
    v.object({ id: v.string(), help: v.string(), nodes: v.array(v.object({ html: v.string() })) }),
  ),
});

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Runs axe-core on a page and returns its findings, one line each; none is what a view should give. */
export async function axeViolations(page: Page): Promise<string[]> {
  const script = `${await source};axe.run(document, { resultTypes: ['violations'] })`;
  const { violations } = v.parse(Result, await page.evaluate(script));
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`,
  );
}
