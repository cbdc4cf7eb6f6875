import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DrivenChromium, launchChromium } from '../support/browsers/chromium.ts';
import { createPasskey } from '../support/browsers/passkey.ts';
import { signIn } from '../support/browsers/person.ts';
import { type IdentityCenter, startIdentityCenter } from '../support/identity-center/index.ts';
import { ROOT } from '../support/root.ts';
import { shellEnv } from '../support/shell-env.ts';
import { onTerminal } from '../support/terminal.ts';
import { until } from '../support/until.ts';

/** docs/install.md, step by step, in an empty home: what is installed is the tarball, and nothing of the sources. */

let home: string;
let idc: IdentityCenter;
let browser: DrivenChromium | undefined;
let env: Record<string, string>;

beforeEach(async () => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'awsher-newcomer-')));
  idc = await startIdentityCenter({ blankMs: 100 });
  const own = shellEnv(home, idc.endpoints);
  env = { ...own, PATH: `${join(home, 'prefix/bin')}:${own.PATH}` };
});
afterEach(async () => {
  await browser?.close();
  browser = undefined;
  await idc.close();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

function run(program: string, ...args: string[]): Promise<Ended> {
  const child = spawn(program, args, { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      ended[stream] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...ended }));
  });
}

async function fine(program: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(program, ...args);
  expect(`${code} ${stderr}`).toMatch(/^0 /);
  return stdout;
}

it('a newcomer gets from the tarball to the first call of AWS', async () => {
  // 1. The command.
  const { version }: { version: string } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  await fine(process.execPath, join(ROOT, 'scripts/package.mjs'), '--to', join(home, 'packages'));
  const npm = [
    'install',
    '-g',
    '--prefix',
    join(home, 'prefix'),
    '--offline',
    '--cache',
    join(home, 'cache'),
  ];
  await fine('npm', ...npm, '--no-audit', '--no-fund', join(home, `packages/awsher-${version}.tgz`));
  expect(await fine('awsher', '--version')).toBe(`${version}\n`);

  // 2. The browsers; this one is started with a folder of its own. On a terminal it waits for the extension, and goes on.
  const profile = join(home, 'profile');
  const screen = onTerminal(`awsher install --browser chromium --user-data-dir ${profile}`, env, [
    /Address of your AWS access portal/,
    `${idc.startUrl}\r`,
  ]);
  await until(() => existsSync(join(profile, 'NativeMessagingHosts')));

  // 3. The extension, from where the command says that it is.
  const extensionDir = join(home, 'prefix/lib/node_modules/awsher/dist/extension/chromium');
  browser = await launchChromium({ idc, home, userDataDir: profile, extensionDir, env: idc.endpoints });
  const passkey = await createPasskey(browser.context, idc.enrolUrl);

  // 4. The first sign-in: the address was typed, and the passkey is the person's part.
  // It may have come while the passkey was made.
  const { context } = browser;
  const asks = async () => {
    const counts = await Promise.all(
      context.pages().map((one) =>
        one
          .locator('#sign-in-with-passkey')
          .count()
          .catch(() => 0),
      ),
    );
    return context.pages()[counts.findIndex((count) => count > 0)];
  };
  let page: Page | undefined;
  const shows = until(async () => {
    page = await asks();
    return page !== undefined;
  }, 60_000);
  const ended = await Promise.race([shows, screen]);
  if (page === undefined) throw new Error(String(ended));
  await signIn(page, passkey);
  const shown = await screen;
  // As wide as the terminal: the sentence is folded between its words.
  expect(shown.replaceAll(/\s+/g, ' ')).toContain(`"Load unpacked", ${extensionDir}`);
  expect(shown).toMatch(/✓\S* connected: Chromium/);
  expect(shown).toMatch(/signed in to \S*corp/);

  // 5. Profiles: all of them, and one by hand.
  await fine('awsher', 'profiles', 'sync', '--region', 'eu-central-1', '--yes');
  const [account] = idc.accounts;
  appendFileSync(
    join(home, '.aws/config'),
    `\n[profile dev]\nsso_session = corp\nsso_account_id = ${account?.accountId}\nsso_role_name = ${account?.roles[0]}\n`,
  );
  for (const name of [`payments-dev_${account?.roles[1]}`, 'dev']) {
    const keys: unknown = JSON.parse(await fine('awsher', 'credential-process', '--profile', name));
    expect(keys).toMatchObject({ Version: 1, AccessKeyId: expect.stringMatching(/^ASIA/) });
  }

  // And nothing is wrong.
  const doctor = await run('awsher', 'doctor');
  expect(doctor.stdout).not.toContain('[FAIL]');
  expect(doctor.stdout).toMatch(/\[ OK \] Extension connected: .*chromium.*extension \d/i);
  expect(doctor.code).toBe(0);
});
