import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { mkdtemp, readdir, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { saveEverything } from '../support/dev-driver.ts';
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
    cpSync(join(ROOT, name), join(folder, name), { recursive: true, preserveTimestamps: true });
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

function everythingWasSeen(engine: string, took: readonly [what: string, milliseconds: number][]): void {
  expect(took.map(([what]) => what).sort()).toEqual([...SEEN].sort());
  console.log(`${engine}, milliseconds: ${took.map((one) => one.join(' ')).join(', ')}`);
}

it(`what is saved is seen in Firefox: ${SEEN.join(', ')}`, { timeout: 300_000 }, async () => {
  const person = start('--import', './scripts/demo/typescript.mjs', 'test/support/dev-firefox.ts');
  const { code, stdout, stderr } = await person.finished;
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  everythingWasSeen('Firefox', JSON.parse(stdout.split('\n').at(-2) ?? ''));
});

it('--stay, in Chromium: the same, beside a shell with the command of this build; nothing of it ships, and nothing stays', {
  timeout: 300_000,
}, async () => {
  const dev = start('scripts/dev.mjs', '--stay');
  try {
    await dev.until(/`exit` ends everything/, 110_000);
    const { stderr } = dev.output();
    const home = /home (\S+)$/m.exec(stderr)?.[1] ?? '';
    const startUrl = /--start-url (\S+)/.exec(stderr)?.[1] ?? '';
    everythingWasSeen('Chromium', await saveFromOutside(home, startUrl));
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

/** Looks into Chromium by the port that is there for tools. */
async function saveFromOutside(home: string, startUrl: string): Promise<[string, number][]> {
  const [port] = (await readFile(join(home, 'profile', 'DevToolsActivePort'), 'utf8')).split('\n');
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  try {
    const [context] = browser.contexts();
    if (!context) throw new Error('Chromium has no context');
    return await saveEverything({
      tree: folder,
      home,
      command: join(folder, 'dist/dev/chromium/dist/cli/awsher.js'),
      env: { HOME: home, PATH: process.env.PATH ?? '' },
      browser: { context },
      async openSite() {
        const page = await context.newPage();
        await page.goto(startUrl);
        // `npm run dev` uses the passkey where a page asks for it.
        await page.getByText('Welcome').waitFor();
        return page;
      },
    });
  } finally {
    await browser.close();
  }
}
