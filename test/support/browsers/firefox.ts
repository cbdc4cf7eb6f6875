import { existsSync, rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';
import type { IdentityCenter } from '../identity-center/index.ts';
import { type Target, withoutProxies } from './chromium.ts';
import { type ConnectProxy, startConnectProxy } from './connect-proxy.ts';
import { findFirefox } from './find.ts';
import { runPrivileged } from './firefox-bidi.ts';
import { type FirefoxTabs, followTabs } from './firefox-tabs.ts';
import { shown } from './shown.ts';
import { trustInNss } from './trust.ts';

// needs: firefox-esr libnss3-tools

export interface FirefoxOptions {
  readonly idc: Target;
  /** A throw-away HOME; native hosts are found in its `.mozilla/native-messaging-hosts`. It must belong to this user. */
  readonly home: string;
  readonly userDataDir?: string;
  /** An unpacked extension, installed for this run only. */
  readonly extensionDir?: string;
  /** The extension's `gecko.id`: with it, its pages get the address in `extensionOrigin`. */
  readonly extensionId?: string;
  readonly headless?: boolean;
  readonly executable?: string;
  readonly prefs?: Record<string, string | number | boolean>;
  readonly env?: Record<string, string>;
}

export interface DrivenFirefox extends FirefoxTabs {
  readonly browser: Browser;
  readonly proxy: ConnectProxy;
  /** Root of the extension's pages: `moz-extension://UUID`. */
  readonly extensionOrigin: string;
  close(): Promise<void>;
}

const EXTENSION_UUID = '5c1a3d0e-7a44-4d0b-9d0c-2b6d3a9f1e10';

/** What the first Firefox of this worker has compiled of itself, nothing of an add-on: the next ones need a third less to start. */
let compiled: string | null = null;
const COMPILED = [
  'compatibility.ini',
  ...['scriptCache.bin', 'scriptCache-child.bin', 'urlCache.bin', 'startupCache.8.little'].map((name) =>
    join('startupCache', name),
  ),
];

async function copyCompiled(from: string, to: string): Promise<void> {
  for (const name of COMPILED) if (existsSync(join(from, name))) await cp(join(from, name), join(to, name));
}

/** Starts a stock Firefox over WebDriver BiDi, with a passkey authenticator of its own WebAuthn stack. */
export async function launchFirefox(options: FirefoxOptions): Promise<DrivenFirefox> {
  const executablePath = options.executable ?? findFirefox();
  if (executablePath === null) throw new Error('no Firefox here: install one, or set AWSHER_TEST_FIREFOX');
  const userDataDir = options.userDataDir ?? join(options.home, 'firefox-profile');
  await mkdir(userDataDir, { recursive: true });
  if (!(await trustInNss(userDataDir, options.idc.caPem))) {
    throw new Error('certutil is missing: install libnss3-tools');
  }
  if (compiled !== null) await copyCompiled(compiled, userDataDir);
  const proxy = await startConnectProxy(options.idc.port);
  try {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath,
      headless: options.headless ?? true,
      userDataDir,
      enableExtensions: true,
      // Firefox tells of requests only while a page answers them (firefox-bidi.ts): all of them are a tenth of its work.
      networkEnabled: false,
      args: ['--remote-allow-system-access'],
      extraPrefsFirefox: { ...preferences(proxy.port, options.extensionId), ...options.prefs },
      env: { ...withoutProxies(process.env), HOME: options.home, ...options.env },
    });
    const tabs = await followTabs(browser);
    await addAuthenticator(browser);
    if (options.extensionDir !== undefined) await browser.installExtension(options.extensionDir);
    return {
      browser,
      ...tabs,
      proxy,
      extensionOrigin: `moz-extension://${EXTENSION_UUID}`,
      async close() {
        await browser.close();
        await proxy.close();
        if (compiled !== null || !existsSync(join(userDataDir, 'startupCache', 'scriptCache.bin'))) return;
        const folder = await mkdtemp(join(tmpdir(), 'awsher-firefox-'));
        process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
        await copyCompiled(userDataDir, folder);
        compiled = folder;
      },
    };
  } catch (error) {
    await proxy.close();
    throw error;
  }
}

function preferences(proxyPort: number, extensionId: string | undefined) {
  return {
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': proxyPort,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': proxyPort,
    'network.proxy.no_proxies_on': '127.0.0.1, localhost',
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    // Nobody looks: sixty frames a second are a sixth of what a sign-in costs.
    'layout.frame_rate': 10,
    // One process for the pages of all sites, kept when the last of them is gone, as Firefox has it where memory is short: a
    // process for each page is a tenth of the work. The extension has its own in any case.
    'fission.webContentIsolationStrategy': 0,
    'dom.ipc.processCount': 1,
    'dom.ipc.keepProcessesAlive.web': 1,
    // No process for a tab that nobody has opened yet.
    'dom.ipc.processPrelaunch.enabled': false,
    // What nobody asks for afterwards: visited pages, the zoom of each site, the session on the disk every 15 seconds.
    'places.history.enabled': false,
    'browser.zoom.siteSpecific': false,
    'browser.sessionstore.interval': 600_000,
    // The driver's log of every message, and what moves only to please the eye.
    'remote.log.level': 'Error',
    'ui.prefersReducedMotion': 1,
    // Firefox' own authenticator in software, and no search for a real one.
    'security.webauth.webauthn_enable_softtoken': true,
    'security.webauth.webauthn_enable_usbtoken': false,
    ...(extensionId === undefined
      ? {}
      : { 'extensions.webextensions.uuids': JSON.stringify({ [extensionId]: EXTENSION_UUID }) }),
  };
}

async function addAuthenticator(browser: Browser): Promise<void> {
  await runPrivileged(
    browser,
    `() => Cc["@mozilla.org/webauthn/service;1"].getService(Ci.nsIWebAuthnService)
      .addVirtualAuthenticator("ctap2", "internal", true, true, true, true)`,
  );
}

/** Signs the person in to all portals, without a page. */
export async function setPortalCookies(
  browser: Browser,
  idc: Pick<IdentityCenter, 'directories' | 'portalCookie'>,
): Promise<void> {
  const cookies = idc.directories.map((one) => idc.portalCookie(one));
  await browser.setCookie(
    ...cookies.map(({ name, value, domain, path, secure, expires }) => ({
      name,
      value,
      domain,
      path,
      secure,
      expires,
    })),
  );
}

/** Creates the user's passkey. Firefox keeps it for every tab; a page that asks for it must be the active tab. */
export async function enrolPasskey(browser: Browser, enrolUrl: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(enrolUrl);
  await shown(page, '#create-passkey');
  await page.click('#create-passkey');
  await shown(page, 'html[data-enrolled="true"]');
  await page.close();
}

/** Each open tab: its address, its title, and how its text begins. */
export async function tellPages(browser: Browser): Promise<string[]> {
  return Promise.all(
    (await browser.pages()).map(async (page) => {
      const text = await page
        .evaluate(() => `"${document.title}" ${document.body?.innerText ?? ''}`)
        .catch((error: unknown) => `(${error})`);
      return `${page.url()} ${text.replace(/\s+/g, ' ').slice(0, 300)}`;
    }),
  );
}
