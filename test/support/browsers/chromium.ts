import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page, type Worker } from 'playwright-core';
import { HOST_PATTERNS } from '../identity-center/hosts.ts';
import { findChromium } from './find.ts';
import { chromiumTrust } from './trust.ts';

// needs: chromium libnss3-tools

/** What a browser has to know of the embedded Identity Center. */
export interface Target {
  readonly port: number;
  readonly caPem: string;
  readonly caSpki: string;
}

export interface ChromiumOptions {
  readonly idc: Target;
  /** A throw-away HOME: the certificate database and everything else that the browser writes outside its profile. */
  readonly home: string;
  /** Profile folder; `<home>/profile` unless told. Host manifests are read from its `NativeMessagingHosts`. */
  readonly userDataDir?: string;
  /** An unpacked extension, loaded as it is. */
  readonly extensionDir?: string;
  /** False shows windows, which needs a display. */
  readonly headless?: boolean;
  readonly executable?: string;
  readonly args?: readonly string[];
  /** Flags that the driver or this plan would give, and that are left out. */
  readonly withoutArgs?: readonly string[];
  /** Added to the browser's environment, which its native hosts inherit. */
  readonly env?: Record<string, string>;
  /** Milliseconds between the driver's steps, for people who watch. */
  readonly slowMo?: number;
  /** False leaves Ctrl-C and the like to the caller; otherwise they end the browser and this process. */
  readonly handleSignals?: boolean;
}

export interface ChromiumPlan {
  readonly executable: string;
  readonly userDataDir: string;
  readonly headless: boolean;
  readonly args: string[];
  readonly env: Record<string, string>;
}

export interface DrivenChromium {
  readonly context: BrowserContext;
  readonly userDataDir: string;
  /** The extension's id and its background worker, when one was loaded. */
  extension(): Promise<{ id: string; worker: Worker }>;
  /** The next tab that somebody else opens, as the extension does. Call it before the tab opens. */
  nextPage(timeoutMs?: number): Promise<Page>;
  close(): Promise<void>;
}

/**
 * Chromium takes the last `--disable-features` alone, so the driver's own (playwright-core, chromiumSwitches.ts) are here too, those
 * that count for a Chromium on a desktop. The first two are pages that the address bar loads at every start, unseen: a second
 * of CPU time for nothing.
 */
const WITHOUT = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

/** Everything that both ways of starting share: AWS's host names lead to the test server, all others nowhere. */
export async function planChromium(options: ChromiumOptions): Promise<ChromiumPlan> {
  const executable = options.executable ?? findChromium();
  if (executable === null) throw new Error('no Chromium here: install one, or set AWSHER_TEST_CHROMIUM');
  const { idc, home, extensionDir, headless = true } = options;
  const userDataDir = options.userDataDir ?? join(home, 'profile');
  await mkdir(userDataDir, { recursive: true });
  const rules = HOST_PATTERNS.map((pattern) => `MAP ${pattern} 127.0.0.1:${idc.port}`);
  // A native host that calls home by itself uses the addresses of its environment, not these rules.
  rules.push('MAP * ~NOTFOUND', 'EXCLUDE localhost', 'EXCLUDE 127.0.0.1');
  return {
    executable,
    userDataDir,
    headless,
    // Its folders for the while go with the home, also when it is killed.
    env: { ...withoutProxies(process.env), HOME: home, TMPDIR: home, ...options.env },
    args: [
      ...(headless || process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--no-proxy-server',
      '--disable-quic',
      // Tabs that slide and throbbers that turn cost a twentieth of the CPU time; pages still see the driver's own setting.
      '--force-prefers-reduced-motion',
      '--animation-duration-scale=0',
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-background-networking',
      `--disable-features=${WITHOUT.join()}`,
      '--disable-component-update',
      '--disable-sync',
      '--password-store=basic',
      `--host-resolver-rules=${rules.join(', ')}`,
      ...(await chromiumTrust(home, idc)),
      ...(extensionDir === undefined
        ? []
        : loadsByProtocol(executable)
          ? ['--enable-unsafe-extension-debugging']
          : [`--disable-extensions-except=${extensionDir}`, `--load-extension=${extensionDir}`]),
      ...(options.args ?? []),
    ].filter((arg) => !options.withoutArgs?.includes(arg)),
  };
}

/** Starts a browser that Playwright drives. Close it before its HOME is removed. */
export async function launchChromium(options: ChromiumOptions): Promise<DrivenChromium> {
  const plan = await planChromium(options);
  const context = await chromium.launchPersistentContext(plan.userDataDir, {
    executablePath: plan.executable,
    headless: plan.headless,
    chromiumSandbox: false,
    viewport: plan.headless ? { width: 1280, height: 800 } : null,
    env: plan.env,
    args: plan.args,
    ignoreDefaultArgs: [
      ...(options.extensionDir === undefined ? [] : ['--disable-extensions']),
      ...(options.withoutArgs ?? []),
    ],
    ...(options.slowMo === undefined ? {} : { slowMo: options.slowMo }),
    ...(options.handleSignals === false
      ? { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }
      : {}),
  });
  // As generous as the deadlines of the tests: it ends one that waits for what never comes.
  context.setDefaultTimeout(100_000);
  if (options.extensionDir !== undefined && loadsByProtocol(plan.executable)) {
    const cdp = await context.browser()?.newBrowserCDPSession();
    await cdp?.send('Extensions.loadUnpacked', { path: options.extensionDir });
  }
  return {
    context,
    userDataDir: plan.userDataDir,
    async extension() {
      const worker =
        context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker', { timeout: 45_000 }));
      return { id: new URL(worker.url()).host, worker };
    },
    nextPage: (timeout = 45_000) => context.waitForEvent('page', { timeout }),
    close: () => context.close(),
  };
}

/** Each open tab: its address, its title, and how its text begins. */
export function tellTabs(context: BrowserContext): Promise<string[]> {
  return Promise.all(
    context.pages().map(async (page) => {
      const text = await page
        .evaluate(() => `"${document.title}" ${document.body?.innerText ?? ''}`)
        .catch((error: unknown) => `(${error})`);
      return `${page.url()} ${text.replace(/\s+/g, ' ').slice(0, 300)}`;
    }),
  );
}

/**
 * Moves the clock of the extension's background on and has its alarm ring, as when the lid was closed: no timer counts that
 * time, so what is due by the clock is due now. The background has it until it ends.
 */
export async function passTime(browser: DrivenChromium, milliseconds: number): Promise<void> {
  const { worker } = await browser.extension();
  await worker.evaluate(async (passed) => {
    const real = Date.now;
    Date.now = () => real() + passed;
    await chrome.alarms.create('the lid is open', { when: real() });
  }, milliseconds);
}

/** For `loadAgain`. */
export const MAY_LOAD_AGAIN = '--enable-unsafe-extension-debugging';

/**
 * Loads the extension again from its folder: a new background, and a new host. The browser was started with MAY_LOAD_AGAIN.
 * (After a second `runtime.reload()` in a row, Chromium starts no background any more.)
 */
export async function loadAgain(context: BrowserContext, extensionDir: string): Promise<void> {
  const cdp = await context.browser()?.newBrowserCDPSession();
  await cdp?.send('Extensions.loadUnpacked', { path: extensionDir });
  await cdp?.detach();
}

/** Google Chrome ignores `--load-extension` since version 137, and takes an extension from its driver instead. */
export function loadsByProtocol(executable: string): boolean {
  return /google[ -]?chrome|[\\/]chrome(?:\.exe)?$/i.test(executable) && !/chromium/i.test(executable);
}

/** A proxy in the environment would win over the host mapping. */
export function withoutProxies(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(env).filter(([name]) => !/^(?:all|https?|ftp|no)_proxy$/i.test(name));
  return Object.fromEntries(kept.filter((pair): pair is [string, string] => pair[1] !== undefined));
}

/** Ends an extension's background as the browser does when it puts it to sleep. */
export async function stopWorker(context: BrowserContext): Promise<void> {
  const cdp = await context.browser()?.newBrowserCDPSession();
  const targets = await cdp?.send('Target.getTargets');
  const worker = targets?.targetInfos.find(
    ({ type, url }) => type === 'service_worker' && url.startsWith('chrome-extension:'),
  );
  if (!worker) throw new Error('no background is running');
  await cdp?.send('Target.closeTarget', { targetId: worker.targetId });
}
