import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { debianPackages, readTests } from '../../scripts/test-needs.mjs';
import { ROOT } from '../support/root.ts';

const tests = readTests(ROOT);

it.each([
  ['test/shared/secret.test.ts', [], 'unit'],
  // What it imports says it.
  ['test/browser/login.test.ts', ['build', 'chromium', 'libnss3-tools'], 'browser'],
  ['test/browser/firefox.test.ts', ['firefox-esr'], 'browser'],
  ['test/native-host/programs/host/process.test.ts', ['build'], 'process'],
  ['test/contract/token-file.test.ts', ['awscli', 'python3-boto3'], 'process'],
] as const)('%s needs %j: %s', (file, needs, size) => {
  const found = tests.find((one) => one.file === file);
  expect(found?.needs).toEqual(expect.arrayContaining([...needs]));
  expect(found?.size).toBe(size);
});

it('each package that a test needs is named once, and nothing else', () => {
  const packages = debianPackages(tests);
  expect(packages).toEqual([...new Set(packages)]);
  expect(packages).toContain('zsh');
  expect(packages).not.toContain('build');
  expect(packages).not.toContain('seconds');
});

it('no unit test looks into dist/', () => {
  const looking = tests
    .filter(({ size }) => size === 'unit')
    .filter(({ file }) => /join\(ROOT, 'dist'/.test(readFileSync(join(ROOT, file), 'utf8')));
  expect(looking).toEqual([]);
});
