import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { encodeFrame } from '../../native-host/base/link/frames.ts';
import { ORIGIN } from '../native-host/programs/host/real-host.ts';
import { ROOT } from '../support/root.ts';
import { shellEnv } from '../support/shell-env.ts';
import { until } from '../support/until.ts';

// needs: build

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'awsher-lanes-'));
  // Beside this test others may install, which makes the caches of the build anew.
  const filter = (file: string) => !file.includes('.cache');
  for (const part of ['cli', 'host'])
    cpSync(join(ROOT, 'dist', part), join(folder, part), { recursive: true, filter });
  make();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function make(): void {
  for (const args of [[], ['host']]) {
    const maker = [join(folder, 'cli', 'code-cache.js'), ...args];
    expect(spawnSync(process.execPath, maker, { env: shellEnv(folder) }).status).toBe(0);
  }
}
const caches = () =>
  ['cli', 'host'].flatMap((part) =>
    readdirSync(join(folder, part))
      .filter((name) => name.endsWith('.cache'))
      .map((name) => join(folder, part, name)),
  );
const status = () =>
  spawnSync(process.execPath, [join(folder, 'cli', 'awsher.js'), 'status', '--json'], {
    env: shellEnv(join(folder, 'home')),
    encoding: 'utf8',
  });

it('is made for this Node, in the place of one that is gone, and leaves nothing else', async () => {
  const built = caches();
  expect(built).toHaveLength(4);
  for (const file of built) {
    expect(file).toContain(process.version);
    rmSync(file);
  }
  const leftovers = () => readdirSync('/tmp').filter((name) => name.startsWith('awsher-cache-'));
  const before = leftovers();
  make();
  expect(caches()).toEqual(built);
  // Those of others come and go.
  await until(() => leftovers().every((name) => before.includes(name)));
});

it.each([
  ['there', () => {}],
  ['gone', (file: string) => rmSync(file)],
  ['empty', (file: string) => writeFileSync(file, '')],
  ['of something else', (file: string) => writeFileSync(file, Buffer.alloc(statSync(file).size, 7))],
])('%s: command and host answer the same', (_, spoil) => {
  for (const file of caches()) spoil(file);
  expect(status()).toMatchObject({ status: 0, stdout: '[]\n', stderr: '' });
  const params = { protocol: 1, version: '0.1.0', browser: 'chromium', label: '' };
  const host = spawnSync(process.execPath, [join(folder, 'host', 'awsher-host.js'), ORIGIN], {
    env: shellEnv(join(folder, 'home')),
    input: encodeFrame({ jsonrpc: '2.0', id: 1, method: 'hello', params }),
  });
  const { length } = host.stdout;
  expect(host).toMatchObject({ status: 0, stderr: Buffer.from('') });
  expect(length).toBe(4 + host.stdout.readUInt32LE(0));
  expect(JSON.parse(host.stdout.subarray(4).toString())).toMatchObject({ id: 1, result: { protocol: 1 } });
});
