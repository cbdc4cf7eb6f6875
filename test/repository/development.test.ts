import { spawnSync } from 'node:child_process';
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

/** What is there already shows which files a new one touches: each that has its name stands in the list. */
it.each([
  ['a command', "commands/history\\.ts'"],
  ['a message', "'pages\\.facts': "],
  ['an approval check', "'own-page'"],
  ['a check of the doctor', "checks/clock\\.ts'"],
  ['a browser', '\\b[Vv]ivaldi\\b'],
  ['a locale', '\\bko\\b'],
])('how to add %s names every file that it touches', (what, sample) => {
  const [, list = ''] = page.split(`### ${what}\n`);
  const [steps = ''] = list.split('\n### ');
  const folders = ['shared', 'extension', 'native-host', 'manifests', 'scripts', ':!extension/_locales'];
  const { stdout } = spawnSync('git', ['grep', '-lP', sample, '--', ...folders], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const touched = stdout.trim().split('\n');
  expect(touched).not.toEqual(['']);
  expect(touched.filter((file) => !steps.includes(`\`${file}\``))).toEqual([]);
});
