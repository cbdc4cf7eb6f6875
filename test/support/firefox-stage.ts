import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import ids from '../../manifests/ids.json' with { type: 'json' };
import { ROOT } from './awsher.ts';
import { type DrivenFirefox, enrolPasskey, launchFirefox } from './browsers/firefox.ts';
import { runPrivileged } from './browsers/firefox-privileged.ts';
import { type CenterOptions, type Ground, openGround } from './ground.ts';

export interface FirefoxStageOptions {
  center?: CenterOptions;
  /** Install the host before the browser starts. */
  install?: boolean;
  /** Create the person's passkey; it costs a second. */
  passkey?: boolean;
  prefs?: Record<string, string | number | boolean>;
}

/** The main job in a real Firefox: Identity Center, browser with the shipped extension, host, command, home. */
export interface FirefoxStage extends Ground {
  firefox: DrivenFirefox;
  /** A page of the extension, as a tab. */
  openView(path: string): Promise<Page>;
  /** A portal that the person is signed in to. */
  signedInToPortal(): Promise<void>;
  /** Addresses of the open tabs. */
  tabs(): string[];
  /** Runs source text in Firefox' own window, where `extension` is awsher as Firefox sees it. */
  privileged(body: string): Promise<unknown>;
  /** `running`, `stopped`...: what Firefox says of the event page. */
  backgroundState(): Promise<unknown>;
  /** Puts the event page to sleep as the idle timer does, in spite of an open native port. */
  stopBackground(): Promise<void>;
  close(): Promise<void>;
}

export const FIREFOX_EXTENSION = join(ROOT, 'dist', 'extension', 'firefox');

export async function openFirefoxStage(options: FirefoxStageOptions = {}): Promise<FirefoxStage> {
  const ground = await openGround(options.center);
  const { home, idc } = ground;
  if (options.install !== false) await ground.install('--browser', 'firefox');
  const firefox = await launchFirefox({
    idc,
    home,
    extensionDir: FIREFOX_EXTENSION,
    extensionId: ids.firefox,
    env: idc.endpoints,
    ...(options.prefs ? { prefs: options.prefs } : {}),
  });
  const { browser } = firefox;
  if (options.passkey) await enrolPasskey(browser, idc.enrolUrl);
  const privileged = (body: string) =>
    runPrivileged(
      browser,
      `async () => { const { extension } = WebExtensionPolicy.getByID(${JSON.stringify(ids.firefox)}); ${body} }`,
    );
  return {
    ...ground,
    firefox,
    privileged,
    async openView(path) {
      const page = await browser.newPage();
      await page.goto(`${firefox.extensionOrigin}/${path}`, { waitUntil: [] });
      return page;
    },
    async signedInToPortal() {
      const { name, value, domain, path, secure, expires } = idc.portalCookie();
      await browser.setCookie({ name, value, domain, path, secure, expires });
    },
    tabs: () =>
      browser
        .targets()
        .filter((target) => target.type() === 'page')
        .map((target) => target.url()),
    backgroundState: () => privileged('return extension.backgroundState;'),
    async stopBackground() {
      await privileged('await extension.terminateBackground({ disableResetIdleForTest: true });');
    },
    async close() {
      await firefox.close().catch(() => {});
      await ground.clear();
    },
  };
}
