import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../support/root.ts';

const page = readFileSync(join(ROOT, 'docs/development.md'), 'utf8');
/** Code spans and code blocks, word by word. */
const words = [...page.matchAll(/`([^`\n]+)`|^ {4}(.+)$/gm)].flatMap(([, span, line]) =>
  (span ?? line ?? '').split(/\s+/),
);

it('every file that docs/development.md names is there', () => {
  const paths = words.filter(
    (word) =>
      /^(docs|extension|manifests|native-host|scripts|shared|test)\//.test(word) && !/NAME|CODE/.test(word),
  );
  expect(paths.length).toBeGreaterThan(25);
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

it('every `npm run` that it names is there', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  );
  const named = [...page.matchAll(/npm run ([\w-]+)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});
