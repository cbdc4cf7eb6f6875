import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type DrivenChromium, launchChromium, stopWorker, tellTabs } from './browsers/chromium.ts';
import { createPasskey, type Passkey } from './browsers/passkey.ts';
import { type CenterOptions, type Ground, openGround } from './ground.ts';
import { hostPids, rememberHome } from './home-files.ts';
import { closeTab, type Ear, type Judged, judged, keptState } from './judged.ts';
import { ROOT } from './root.ts';
import { until } from './until.ts';

export interface StageOptions {
  center?: CenterOptions;
  /** Commands and hosts ask AWS's own host names. */
  byName?: boolean;
  /** Install the host before the browser starts; `awsher.js` of another package than the one that was built. */
  install?: boolean | string;
  /** Create the person's passkey; it costs a second. */
  passkey?: boolean;
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
  /** Wakes the next one, as a page or an alarm does, until it has a host that is none of these. */
  wakeWorker(before: readonly number[]): Promise<void>;
  /** What awsher makes of the pages whose address has `part` in it, from what is known now. */
  judged(part: string): Promise<Judged[]>;
  /** What the background keeps in the session. */
  kept(): Promise<unknown>;
  /** Closes the tab whose address has `part` in it. */
  closeTab(part: string): Promise<void>;
  /** As it was opened, but for its passkey: no tab, cookie, session, nothing stored, nobody's request; the background begins anew. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

export const EXTENSION = join(ROOT, 'dist', 'extension', 'chromium');

/** Where the first tab rests: a document of the extension that is cheap to show, and in which no script of its own runs. */
const REST = 'manifest.json';

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const ground = await openGround(options.center, options.byName);
  const { home, idc, services } = ground;
  const profile = join(home, 'profile');
  const register = ['install', '--browser', 'chromium', '--user-data-dir', profile];
  if (typeof options.install === 'string')
    await promisify(execFile)(process.execPath, [options.install, ...register], { env: ground.env });
  else if (options.install !== false) await ground.install(...register.slice(1));
  const launch = (extensionDir: string): Promise<DrivenChromium> =>
    launchChromium({
      idc,
      home,
      userDataDir: profile,
      extensionDir,
      env: { ...services, ...options.env },
    });
  if (options.before !== undefined) {
    const earlier = await launch(options.before);
    await earlier.extension();
    await earlier.close();
  }
  const browser = await launch(options.extensionDir ?? EXTENSION);
  ground.scene.tabs = () => tellTabs(browser.context);
  const passkey = options.passkey ? await createPasskey(browser.context, idc.enrolUrl) : NO_PASSKEY;
  // A person's browser has long found its host when they type.
  if (options.install !== false) await until(() => hostPids(home).length === 1, 30_000);
  const { context } = browser;
  const restore = await rememberHome(home);
  const [first] = context.pages();
  const inExtension = async <Result>(run: (ear: Ear) => Promise<Result>): Promise<Result> => {
    const rest = `chrome-extension://${(await browser.extension()).id}/${REST}`;
    // A new tab costs as much as half of a sign-in.
    const ear = first && ['about:blank', rest].includes(first.url()) ? first : await context.newPage();
    if (ear.url() !== rest) await ear.goto(rest);
    const result = await run(ear);
    if (ear !== first) await ear.close();
    return result;
  };
  /** Wakes the background until `isUp`. One that runs goes on, and one that ends may still be what is woken. */
  const wake = async (isUp: () => boolean): Promise<void> => {
    if (!first) throw new Error('the browser has no tab');
    const cdp = await context.newCDPSession(first);
    await cdp.send('ServiceWorker.enable');
    await until(async () => {
      await cdp.send('ServiceWorker.startWorker', { scopeURL: new URL('/', first.url()).href });
      return isUp();
    });
    await cdp.detach();
  };
  const wakeWorker = (before: readonly number[]) =>
    wake(() => {
      const now = hostPids(home);
      return now.length === 1 && !now.some((pid) => before.includes(pid));
    });
  return {
    ...ground,
    browser,
    passkey,
    stopWorker: () => stopWorker(context),
    wakeWorker,
    judged: (part) => inExtension((ear) => judged(ear, part)),
    kept: () => inExtension(keptState),
    closeTab: (part) => inExtension((ear) => closeTab(ear, part)),
    async renew() {
      const before = hostPids(home);
      for (const page of context.pages()) if (page !== first) await page.close().catch(() => {});
      await context.unrouteAll();
      await context.clearCookies();
      const rest = `chrome-extension://${(await browser.extension()).id}/${REST}`;
      if (first?.url() !== rest) await first?.goto(rest);
      await wake(() => true);
      const { worker } = await browser.extension();
      await worker.evaluate(async () => {
        await chrome.storage.local.clear();
        await chrome.storage.session.clear();
      });
      await restore();
      idc.forget();
      await stopWorker(context);
      await wakeWorker(before);
    },
    async close() {
      await browser.close().catch(() => {});
      await ground.clear();
    },
  };
}

const NO_PASSKEY: Passkey = {
  ready: () => Promise.reject(new Error('this stage has no passkey: open it with `passkey: true`')),
};
