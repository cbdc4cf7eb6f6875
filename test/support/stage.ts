import { readdirSync, readFileSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './awsher.ts';
import { type DrivenChromium, launchChromium, stopWorker } from './browsers/chromium.ts';
import { createPasskey, type Passkey } from './browsers/passkey.ts';
import { type CenterOptions, type Ground, openGround } from './ground.ts';

export interface StageOptions {
  center?: CenterOptions;
  /** Install the host before the browser starts. */
  install?: boolean;
  /** Another extension than the one that was built. */
  extensionDir?: string;
  /** An extension of the same id that ran before: what it was granted stays granted. */
  before?: string;
  /** Added to the browser's environment. */
  env?: Record<string, string>;
}

/** Everything of the main job, for real: Identity Center, browser with the shipped extension, host, command, home. */
export interface Stage extends Ground {
  browser: DrivenChromium;
  passkey: Passkey;
  /** Ends the extension's background as the browser does when it puts it to sleep. */
  stopWorker(): Promise<void>;
  close(): Promise<void>;
}

export const EXTENSION = join(ROOT, 'dist', 'extension', 'chromium');

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const ground = await openGround(options.center);
  const { home, idc } = ground;
  const profile = join(home, 'profile');
  if (options.install !== false) await ground.install('--browser', 'chromium', '--user-data-dir', profile);
  const launch = (extensionDir: string): Promise<DrivenChromium> =>
    launchChromium({
      idc,
      home,
      userDataDir: profile,
      extensionDir,
      env: { ...idc.endpoints, ...options.env },
    });
  if (options.before !== undefined) {
    const earlier = await launch(options.before);
    await earlier.extension();
    await earlier.close();
  }
  const browser = await launch(options.extensionDir ?? EXTENSION);
  const passkey = await createPasskey(browser.context, idc.enrolUrl);
  // A person's browser has long found its host when they type.
  if (options.install !== false) await until(() => hostPids(home).length === 1, 30_000);
  return {
    ...ground,
    browser,
    passkey,
    stopWorker: () => stopWorker(browser.context),
    async close() {
      await browser.close().catch(() => {});
      await ground.clear();
    },
  };
}

/** Waits until something is so. The deadline is that of a machine with twenty times the work that it can do. */
export async function until(holds: () => boolean | Promise<boolean>, milliseconds = 30_000): Promise<void> {
  for (const end = Date.now() + milliseconds; ; await new Promise((resolve) => setTimeout(resolve, 25))) {
    if (await holds()) return;
    if (Date.now() > end) throw new Error(`not so after ${milliseconds} ms: ${holds.toString()}`);
  }
}

/** Pids of the native hosts that serve this home, as their records tell. */
export function hostPids(home: string): number[] {
  try {
    return readdirSync(join(home, '.local/state/awsher/run'))
      .filter((name) => name.endsWith('.json'))
      .map((name) => JSON.parse(readFileSync(join(home, '.local/state/awsher/run', name), 'utf8')).pid);
  } catch {
    return [];
  }
}

/** Everything in the SSO cache of a home that a program would read; not what is just being written. */
export async function tokenFiles(home: string): Promise<{ name: string; text: string; mode: number }[]> {
  const folder = join(home, '.aws/sso/cache');
  // A name with a dot in front is a file on its way.
  const names = (await readdir(folder).catch(() => [])).filter((name) => !name.startsWith('.'));
  return Promise.all(
    names.map(async (name) => ({
      name,
      text: await readFile(join(folder, name), 'utf8'),
      mode: (await stat(join(folder, name))).mode & 0o777,
    })),
  );
}
