import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Finished, ROOT, type Running, shellEnv, startAwsher } from './awsher.ts';
import { type DrivenChromium, launchChromium } from './browsers/chromium.ts';
import { createPasskey, type Passkey } from './browsers/passkey.ts';
import { type IdentityCenter, startIdentityCenter } from './identity-center/index.ts';

type CenterOptions = Parameters<typeof startIdentityCenter>[0];

export interface StageOptions {
  center?: CenterOptions;
  /** Install the host before the browser starts. */
  install?: boolean;
}

/** Everything of the main job, for real: Identity Center, browser with the shipped extension, host, command, home. */
export interface Stage {
  home: string;
  idc: IdentityCenter;
  browser: DrivenChromium;
  passkey: Passkey;
  env: Record<string, string>;
  awsher(...args: string[]): Promise<Finished>;
  start(...args: string[]): Running;
  /** Arguments that name the session `corp` of the embedded Identity Center. */
  corp: string[];
  /** Ends the extension's background as the browser does when it puts it to sleep. */
  stopWorker(): Promise<void>;
  close(): Promise<void>;
}

export const EXTENSION = join(ROOT, 'dist', 'extension', 'chromium');

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const home = await mkdtemp(join(tmpdir(), 'awsher-stage-'));
  const idc = await startIdentityCenter({ blankMs: 100, ...options.center });
  const endpoints = {
    AWS_ENDPOINT_URL_SSO: idc.httpUrl,
    AWS_ENDPOINT_URL_SSO_OIDC: idc.httpUrl,
    AWS_ENDPOINT_URL_STS: idc.httpUrl,
  };
  const env = shellEnv(home, endpoints);
  const profile = join(home, 'profile');
  const start = (...args: string[]) => startAwsher(args, env, home);
  if (options.install !== false) {
    const installed = await start('install', '--browser', 'chromium', '--user-data-dir', profile).finished;
    if (installed.code !== 0) throw new Error(`install failed: ${installed.stderr}`);
  }
  const browser = await launchChromium({
    idc,
    home,
    userDataDir: profile,
    extensionDir: EXTENSION,
    env: endpoints,
  });
  const passkey = await createPasskey(browser.context, idc.enrolUrl);
  return {
    home,
    idc,
    browser,
    passkey,
    env,
    start,
    awsher: (...args) => start(...args).finished,
    corp: ['corp', '--start-url', idc.startUrl, '--region', 'us-east-1'],
    async stopWorker() {
      const cdp = await browser.context.browser()?.newBrowserCDPSession();
      const targets = await cdp?.send('Target.getTargets');
      const worker = targets?.targetInfos.find(
        ({ type, url }) => type === 'service_worker' && url.startsWith('chrome-extension:'),
      );
      if (!worker) throw new Error('no background is running');
      await cdp?.send('Target.closeTarget', { targetId: worker.targetId });
    },
    async close() {
      await browser.close().catch(() => {});
      await idc.close();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Waits until something is so; fails after ten seconds. */
export async function until(holds: () => boolean | Promise<boolean>, milliseconds = 10_000): Promise<void> {
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

/** Everything in the SSO cache of a home. */
export async function tokenFiles(home: string): Promise<{ name: string; text: string; mode: number }[]> {
  const folder = join(home, '.aws/sso/cache');
  const names = await readdir(folder).catch(() => []);
  return Promise.all(
    names.map(async (name) => ({
      name,
      text: await readFile(join(folder, name), 'utf8'),
      mode: (await stat(join(folder, name))).mode & 0o777,
    })),
  );
}
