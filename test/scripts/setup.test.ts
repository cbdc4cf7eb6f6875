import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

/** A script of Node's own modules, which has no types. */
const { packagesMissing }: { packagesMissing(folder: string): boolean } = await import(
  new URL('../../scripts/setup.mjs', import.meta.url).href
);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'awsher-setup-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const ONE = { version: '1.0.0', integrity: 'sha512-one' };
const OTHERS_BINARY = { version: '1.0.0', integrity: 'sha512-mac', optional: true, os: ['darwin'] };
const LOCKED = { '': { name: 'awsher' }, 'node_modules/one': ONE, 'node_modules/mac': OTHERS_BINARY };

function write(locked: object, installed: object | null): void {
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: locked }));
  if (installed === null) return;
  mkdirSync(join(folder, 'node_modules'));
  const marker = join(folder, 'node_modules/.package-lock.json');
  writeFileSync(marker, JSON.stringify({ packages: installed }));
  utimesSync(marker, 0, 0);
}

it.each<[what: string, installed: object | null, missing: boolean]>([
  ['nothing is there', null, true],
  ['all is there, and older than the lockfile', { 'node_modules/one': ONE }, false],
  [
    'with what is for this platform only',
    { 'node_modules/one': ONE, 'node_modules/mac': OTHERS_BINARY },
    false,
  ],
  ['another version', { 'node_modules/one': { ...ONE, version: '0.9.0' } }, true],
  ['other bytes', { 'node_modules/one': { ...ONE, integrity: 'sha512-two' } }, true],
  ['a package is not there', {}, true],
  ['one more than wanted', { 'node_modules/one': ONE, 'node_modules/two': ONE }, true],
])('packages to install: %s', (_what, installed, missing) => {
  write(LOCKED, installed);
  expect(packagesMissing(folder)).toBe(missing);
});
