import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../support/root.ts';

/** Every `path.ts` and `path.ts:name` that a page of the docs names. */
function named(page: string): { path: string; name: string | undefined }[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const pattern =
    /`((?:shared|extension|native-host|test|scripts|manifests)\/[\w./-]+\.(?:tsx?|mjs|json))(?::(\w+))?`/g;
  return [...text.matchAll(pattern)].map(([, path = '', name]) => ({ path, name }));
}

it.each(['docs/architecture.md', 'docs/threat-model.md', 'CONTRIBUTING.md'])(
  '%s names only what exists',
  (page) => {
    const missing = named(page).filter(({ path, name }) => {
      const file = join(ROOT, path);
      if (!existsSync(file)) return true;
      const declared = new RegExp(`export (?:async )?(?:function|const|interface|class) ${name}\\b`);
      return name !== undefined && !declared.test(readFileSync(file, 'utf8'));
    });
    expect(missing).toEqual([]);
    expect(named(page).length).toBeGreaterThan(0);
  },
);
