import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ROOT } from '../support/root.ts';
import { transcript } from '../support/transcript.ts';

// needs: build chromium firefox-esr libnss3-tools

/** What the development loop reads; the sources are changed here, so they are copies. */
const TREE = [
  'extension',
  'manifests',
  'native-host',
  'package-lock.json',
  'package.json',
  'scripts',
  'shared',
  'test/support',
  'tsconfig.json',
  'vite.config.ts',
];
let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'awsher-tree-')));
  for (const name of TREE)
    await cp(join(ROOT, name), join(folder, name), { recursive: true, preserveTimestamps: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Starts Node in the copy, as a shell would. */
function start(...args: string[]) {
  const env = { PATH: process.env.PATH, HOME: folder, TMPDIR: folder };
  const child = spawn(process.execPath, args, { cwd: folder, env });
  const { add, output, until } = transcript();
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (chunk: string) => add(stream, chunk));
  const finished = once(child, 'close').then(([code]) => ({ code, ...output() }));
  return { child, output, until, finished };
}

const SEEN = ['markup', 'style', 'selector', 'rule', 'text', 'command', 'host'];

/** Saves changes, and waits until each is seen. */
async function everythingIsSeen(...where: string[]): Promise<void> {
  const driver = start('--import', './scripts/demo/typescript.mjs', 'test/support/dev-driver.ts', ...where);
  const { code, stdout, stderr } = await driver.finished;
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  expect([...stdout.matchAll(/^(\w+) (\d+)$/gm)].map(([, what]) => what).sort()).toEqual([...SEEN].sort());
  console.log(`${where[0]}, milliseconds: ${stdout.match(/^\w+ \d+$/gm)?.join(', ')}`);
}

it(`what is saved is seen in Firefox: ${SEEN.join(', ')}`, () => everythingIsSeen('firefox'));

it('--stay, in Chromium: the same, beside a shell with the command of this build; nothing of it ships, and nothing stays', async () => {
  const dev = start('scripts/dev.mjs', '--stay');
  try {
    await dev.until(/`exit` ends everything/, 110_000);
    const { stderr } = dev.output();
    const home = /home (\S+)$/m.exec(stderr)?.[1] ?? '';
    const startUrl = /--start-url (\S+)/.exec(stderr)?.[1] ?? '';
    await everythingIsSeen('chromium', home, startUrl);
  } finally {
    dev.child.stdin.end('awsher --version; exit\n');
    await dev.finished;
  }
  const { code, stdout } = await dev.finished;
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+(-rc\.\d+)?\n/);
  expect(await readdir(join(folder, 'dist'))).toEqual(['dev']);
  expect((await readdir(folder)).filter((name) => name.startsWith('awsher-dev-'))).toEqual([]);
});
