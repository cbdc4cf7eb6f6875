import { spawn } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { COMMAND } from '../../test/support/awsher.ts';
import type { Passkey } from '../../test/support/browsers/passkey.ts';
import { signIn } from '../../test/support/browsers/person.ts';
import type { Scene } from './sign-ins.ts';

/** Typed by somebody who sees awsher for the first time. */
const TRY = [
  'awsher status',
  'awsher accounts',
  'awsher explain payments-dev',
  'awsher profiles sync --dry-run',
  'aws sts get-caller-identity --profile payments-dev',
  'awsher logout corp; awsher login corp',
  'awsher doctor',
];

/** A moment in which whoever watches sees the sign-in page. */
const PERSON_MS = 1200;

/**
 * A shell of the demo's person, with everything still running: what is typed there meets the real browser and the
 * embedded Identity Center, and the person uses the passkey wherever the page asks. Resolves when the shell has ended.
 */
export async function stay(
  { screen, home, browser, passkey }: Scene,
  env: Record<string, string>,
): Promise<void> {
  signsInWhereAsked(browser.context, passkey);
  screen.chapter('Your turn: a shell in the throw-away home, until you type `exit`');
  for (const line of TRY) screen.command(line);
  screen.close();
  await openShell({ home, env, command: COMMAND });
}

/** From now on a person uses the passkey wherever a page asks for it. */
export function signsInWhereAsked(context: BrowserContext, passkey: Passkey): void {
  context.on('page', (page) => {
    page
      .waitForSelector('#sign-in-with-passkey', { timeout: 0 })
      .then(() => page.waitForTimeout(PERSON_MS))
      .then(() => signIn(page, passkey))
      // Closed without having asked anybody.
      .catch(() => {});
  });
}

export interface ShellOptions {
  readonly home: string;
  readonly env: Record<string, string>;
  /** What `awsher` is there. */
  readonly command: string;
}

/** A shell in a throw-away home. Resolves when it has ended. */
export async function openShell({ home, env, command: program }: ShellOptions): Promise<void> {
  const bin = join(home, 'bin');
  await mkdir(bin, { recursive: true });
  const command = join(bin, 'awsher');
  await writeFile(command, `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(program)} "$@"\n`);
  await chmod(command, 0o755);
  const windows = process.platform === 'win32';
  const child = spawn(windows ? 'cmd.exe' : '/bin/sh', process.stdin.isTTY && !windows ? ['-i'] : [], {
    cwd: home,
    env: { ...env, PATH: [bin, env.PATH].join(delimiter), PS1: '\nana@awsher-demo $ ' },
    stdio: 'inherit',
  });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve());
  });
}

const quoted = (path: string): string => `'${path.replaceAll("'", "'\\''")}'`;
