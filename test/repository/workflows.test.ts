import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateWorkflow } from '@action-validator/core';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/root.ts';

const folder = join(ROOT, '.github/workflows');
const workflows = readdirSync(folder).map(
  (name) => [name, readFileSync(join(folder, name), 'utf8')] as const,
);
const { scripts }: { scripts: Record<string, string> } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
);

describe.each(workflows)('%s', (_name, text) => {
  it('is valid by the published schema', () => {
    expect(validateWorkflow(text)).toMatchObject({ errors: [] });
    // The validator sees what is wrong.
    expect(validateWorkflow(text.replace('runs-on:', 'runs-in:')).errors).not.toEqual([]);
  });

  it('runs every action by its digest, with the version beside it', () => {
    const uses = [...text.matchAll(/uses: (.+)$/gm)].map(([, what]) => what);
    for (const what of uses) expect(what).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('has no permission that a job does not name', () => {
    expect(text).toMatch(/^permissions: \{\}$/m);
    const jobs = text
      .slice(text.indexOf('\njobs:\n'))
      .split(/^ {2}(?=[\w-]+:$)/m)
      .slice(1);
    expect(jobs.length).toBeGreaterThan(0);
    for (const job of jobs) expect(job).toMatch(/^ {4}permissions:/m);
  });

  it('asks npm for scripts that there are', () => {
    for (const [, script = ''] of text.matchAll(/npm run ([\w:-]+)/g))
      expect(Object.keys(scripts)).toContain(script);
  });
});
