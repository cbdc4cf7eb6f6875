import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findAwsClient } from '../../scripts/demo/aws-client.ts';
import { browserInstallCommand } from '../../scripts/demo/browser-install.mjs';
import type { Terminal } from '../../scripts/demo/terminal.ts';
import { NO_CHROMIUM } from '../support/browsers/find.ts';
import { ROOT } from '../support/root.ts';

// needs: build chromium libnss3-tools

/**
 * Found again in the environment of everything that the demo starts: its folders are below this one. Short names: where the
 * temporary folder has more than 30 characters, the demo takes another.
 */
let folder: string;
let child: ChildProcess | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'd'));
  for (const name of ['home', 't']) await mkdir(join(folder, name));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** `npm start` by somebody whose shell is full of things that would lead it astray. */
function start(more: Record<string, string> = {}, args: string[] = [], typed = '') {
  const demo = spawn(process.execPath, [join(ROOT, 'scripts', 'start.mjs'), ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: join(folder, 'home'),
      TMPDIR: join(folder, 't'),
      AWS_PROFILE: 'nobody',
      AWS_CONFIG_FILE: '/nonexistent/config',
      AWS_CA_BUNDLE: '/nonexistent/ca.pem',
      HTTPS_PROXY: 'http://127.0.0.1:9',
      SSH_CONNECTION: '192.0.2.1 5 192.0.2.2 22',
      ...more,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // One that refuses its words has ended before it reads.
  demo.stdin.on('error', () => {});
  demo.stdin.end(typed);
  child = demo;
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    demo[stream].setEncoding('utf8').on('data', (chunk: string) => {
      text[stream] += chunk;
    });
  }
  return {
    process: demo,
    text,
    ended: new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
      demo.on('close', (code) => resolve({ code, ...text }));
    }),
  };
}

/** Command lines of live processes whose environment or arguments name our folder. */
async function processesOfOurs(): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const read = (name: string) => readFile(join('/proc', pid, name), 'utf8').catch(() => '');
      const [environ, line] = await Promise.all([read('environ'), read('cmdline')]);
      return `${environ}\0${line}`.includes(folder) ? line.replaceAll('\0', ' ') : null;
    }),
  );
  return found.filter((line) => line !== null);
}

async function nothingIsLeft(): Promise<void> {
  expect(await processesOfOurs()).toEqual([]);
  expect(await readdir(join(folder, 't'))).toEqual([]);
  expect(await readdir(join(folder, 'home'))).toEqual([]);
}

// Skipped only where Chromium is not installed; `npm test` installs it where it may.
describe.skipIf(NO_CHROMIUM)(`npm start${NO_CHROMIUM}`, { timeout: 120_000 }, () => {
  it('signs in with a passkey, proves it with a real AWS client, stays for who wants to try more, and leaves nothing', async () => {
    const sdk = `${process.execPath} ${join(ROOT, 'scripts', 'demo', 'caller-identity.mjs')}`;
    const typed = `awsher login --force --json && awsher whoami --profile payments-dev && echo "by the SDK: $(AWS_PROFILE=payments-dev NODE_NO_WARNINGS=1 ${sdk})"\n`;
    const { code, stdout, stderr } = await start({}, ['--stay'], typed).ended;
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(
      /│ arn:aws:sts::111122223333:assumed-role\/AWSReservedSSO_ReadOnlyAccess_[0-9a-f]{16}\/ana@example\.com\n/,
    );
    expect(stdout).toMatch(/✓ +\d+\.\d s {2}(AWS CLI|AWS SDK for JavaScript) \d\S+ is ana@example\.com/);
    expect(stdout).toMatch(/│ ✓ signed in to corp .*until (tomorrow )?\d\d:\d\d/);
    expect(stdout).toMatch(/✓ +\d+\.\d s {2}stored with 1 CreateToken/);
    expect(stdout).toMatch(/✓ +\d+\.\d s {2}answered from the cache: 0 requests/);
    expect(stdout).toMatch(/✓ +\d+\.\d s {2}signed in anew in a background tab/);
    expect(stdout).toMatch(
      /no button was pressed; the stranger asks AWS for the token and gets AuthorizationPendingException/,
    );
    expect(stdout).toMatch(/│ \d\d:\d\d +✗ WARNED +foreign code/);
    expect(stdout).not.toContain('\u001b');
    // What is typed by hand, and what the demo takes where there is no AWS CLI.
    expect(stdout).toMatch(/"how":"browser","flow":"device","browser":"/);
    expect(stdout).toMatch(/^who +ana@example\.com$/m);
    expect(stdout).toMatch(/^by the SDK: arn:aws:sts::111122223333:assumed-role\/\S+\/ana@example\.com$/m);
    await nothingIsLeft();
  });

  it('stops at once on a signal, with nothing left', async () => {
    const demo = start();
    while (!demo.text.stdout.includes('$ awsher login corp')) {
      expect(demo.process.exitCode).toBeNull();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    // It is seen at all: the browser and its host are there now.
    while ((await processesOfOurs()).length <= 3) {
      expect(demo.process.exitCode).toBeNull();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    demo.process.kill('SIGTERM');
    const { code, stdout } = await demo.ended;
    expect({ code, stdout }).toMatchObject({ code: 130 });
    expect(stdout).toContain('Stopped. Nothing is left running');
    await nothingIsLeft();
  });
});

it('takes the AWS SDK where there is no AWS CLI, and where the one that is there does not start', async ({
  onTestFinished,
}) => {
  onTestFinished(() => void vi.unstubAllEnvs());
  const bin = join(folder, 'bin');
  await mkdir(bin);
  vi.stubEnv('PATH', bin);
  const never = () => {
    throw new Error('no command of awsher is typed here');
  };
  const terminal: Terminal = {
    awsher: never,
    close: never,
    run: () => Promise.reject(new Error('it does not start')),
  };
  for (const script of [null, '#!/bin/false\n']) {
    if (script !== null) await writeFile(join(bin, 'aws'), script, { mode: 0o755 });
    const { name } = await findAwsClient(terminal, folder, 'http://127.0.0.1:9');
    expect(name).toMatch(/^AWS SDK for JavaScript 3\.\S+$/);
  }
});

it('says in one sentence that the browser did not start, with what it said', async () => {
  const { code, stdout } = await start({ AWSHER_TEST_CHROMIUM: '/bin/false' }).ended;
  expect({ code, stdout }).toMatchObject({ code: 1 });
  const sentences = stdout.split('\n').filter((line) => line.startsWith('  ✗ ') && !/✗ +\d/.test(line));
  expect(sentences).toEqual(['  ✗ The browser did not start: /bin/false.']);
  expect(stdout).toMatch(/│ .*launchPersistentContext/);
  await nothingIsLeft();
});

it('names the one command to run when there is no browser that it can use', async () => {
  // The sandbox of a snap starts no host outside of it.
  const { code, stdout } = await start({ AWSHER_TEST_CHROMIUM: '/snap/bin/chromium' }).ended;
  expect({ code, stdout }).toMatchObject({ code: 1 });
  const command = browserInstallCommand();
  expect(stdout).toContain('✗ There is no browser of the Chromium family here');
  if (command !== null) expect(stdout).toContain(`; this installs one:\n\n    $ ${command}\n`);
  await nothingIsLeft();
});

it('says what to do when there is no display to watch on', async () => {
  const { code, stdout } = await start({}, ['--watch']).ended;
  if (process.platform === 'linux') {
    expect(code).toBe(1);
    expect(stdout).toContain('this shell has no display');
  }
  await nothingIsLeft();
});

it('refuses words that it does not know', async () => {
  const { code, stderr } = await start({}, ['--slow']).ended;
  expect(code).toBe(2);
  expect(stderr).toContain('npm start does not know --slow.');
});

it.each([
  ['linux', 'ID=debian\n', false, 'sudo apt-get install -y chromium libnss3-tools'],
  ['linux', 'ID=debian\n', true, 'apt-get install -y chromium libnss3-tools'],
  ['linux', 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', false, expect.stringContaining('google-chrome')],
  ['linux', 'ID="rocky"\nID_LIKE="rhel centos fedora"\n', false, 'sudo dnf install -y chromium nss-tools'],
  ['linux', 'ID=arch\n', true, 'pacman -S --noconfirm chromium nss'],
  ['linux', 'ID=nixos\n', false, null],
  ['darwin', '', false, 'brew install --cask google-chrome'],
  ['win32', '', false, 'winget install --exact --id Google.Chrome'],
] as const)('knows the one command that installs a browser: %s %j', (platform, release, isRoot, command) => {
  expect(browserInstallCommand(platform, release, isRoot)).toEqual(command);
});
