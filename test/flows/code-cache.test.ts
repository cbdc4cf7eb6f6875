import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ROOT, shellEnv } from '../support/awsher.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'awsher-lanes-'));
  cpSync(join(ROOT, 'dist', 'cli'), join(folder, 'cli'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const caches = () => readdirSync(join(folder, 'cli')).filter((name) => name.endsWith('.cache'));
const status = () =>
  spawnSync(process.execPath, [join(folder, 'cli', 'awsher.js'), 'status', '--json'], {
    env: shellEnv(join(folder, 'home')),
    encoding: 'utf8',
  });

it('is made for this Node, in the place of one that is gone, and leaves nothing else', () => {
  const built = caches();
  expect(built).toHaveLength(2);
  for (const name of built) {
    expect(name).toContain(process.version);
    rmSync(join(folder, 'cli', name));
  }
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('awsher-cache-'));
  const made = spawnSync(process.execPath, [join(folder, 'cli', 'code-cache.js')], { env: shellEnv(folder) });
  expect(made.status).toBe(0);
  expect(caches()).toEqual(built);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('awsher-cache-'))).toEqual(before);
});

it.each([
  ['there', () => {}],
  ['gone', (file: string) => rmSync(file)],
  ['empty', (file: string) => writeFileSync(file, '')],
  ['of something else', (file: string) => writeFileSync(file, Buffer.alloc(statSync(file).size, 7))],
])('%s: the command answers the same', (_, spoil) => {
  for (const name of caches()) spoil(join(folder, 'cli', name));
  expect(status()).toMatchObject({ status: 0, stdout: '[]\n', stderr: '' });
});
