import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ROOT } from '../support/root.ts';

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

/** Runs Node in the copy, as a shell would, and returns what it said. */
async function node(args: string[], typed = ''): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { PATH: process.env.PATH, HOME: folder, TMPDIR: folder };
  const child = spawn(process.execPath, args, { cwd: folder, env });
  child.stdin.end(typed);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code, stdout, stderr };
}

it.each(['chromium', 'firefox'])(
  'what is saved is seen in %s: markup, style, text, rule, selector, command, host',
  async (engine) => {
    const { code, stdout, stderr } = await node([
      '--import',
      './scripts/demo/typescript.mjs',
      'test/support/dev-driver.ts',
      engine,
    ]);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const seen = [...stdout.matchAll(/^(\w+) (\d+)$/gm)].map(([, what]) => what);
    expect(seen).toEqual(['markup', 'style', 'selector', 'rule', 'text', 'command', 'host']);
    console.log(`${engine}, milliseconds: ${stdout.match(/^\w+ \d+$/gm)?.join(', ')}`);
  },
);

it('--stay: a shell with the command of this build; nothing of it ships, and nothing stays', async () => {
  const typed = 'awsher --version; exit\n';
  const { code, stdout, stderr } = await node(['scripts/dev.mjs', '--stay'], typed);
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('ready after') });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+(-rc\.\d+)?\n/);
  expect(await readdir(join(folder, 'dist'))).toEqual(['dev']);
  expect((await readdir(folder)).filter((name) => name.startsWith('awsher-dev-'))).toEqual([]);
});
