import { join } from 'node:path';
import { build } from 'vite';
import ids from '../../manifests/ids.json' with { type: 'json' };
import { type DrivenFirefox, enrolPasskey, launchFirefox } from '../../test/support/browsers/firefox.ts';
import { root } from '../setup.mjs';
import type { Surroundings } from './surroundings.ts';

export interface FirefoxLoop {
  readonly firefox: DrivenFirefox;
  close(): Promise<void>;
}

/**
 * The extension as `vite build --watch` writes it, with source maps and not minified: pages of an extension cannot come
 * from a server in Firefox. After each build it is installed again; its pages open again, and AWS's pages are loaded
 * again, because a content script stays with the page that it was put into.
 */
export async function developInFirefox(surroundings: Surroundings): Promise<FirefoxLoop> {
  const { idc, home, extensionDir, visible, say } = surroundings;
  let again: (() => Promise<void>) | null = null;
  let running = Promise.resolve();
  const watcher = await build({
    configFile: join(root, 'vite.config.ts'),
    mode: 'firefox',
    logLevel: 'warn',
    build: { outDir: extensionDir, minify: false, sourcemap: true, watch: { buildDelay: 20 } },
  });
  if (!('on' in watcher)) throw new Error('Vite does not watch');
  const built = new Promise<void>((resolve) => {
    watcher.on('event', (event) => {
      if (event.code === 'ERROR') say(`extension: ${event.error.message}`);
      if (event.code !== 'END') return;
      resolve();
      running = running.then(async () => again?.()).catch((error: unknown) => say(`extension: ${error}`));
    });
  });
  try {
    await built;
    const firefox = await launchFirefox({
      idc,
      home,
      extensionDir,
      extensionId: ids.firefox,
      headless: !visible,
      env: idc.endpoints,
    });
    await enrolPasskey(firefox.browser, idc.enrolUrl);
    again = async () => {
      const pages = await firefox.browser.pages();
      const views = pages.map((page) => page.url()).filter((url) => url.startsWith(firefox.extensionOrigin));
      const sites = pages.filter((page) => page.url().startsWith('https:'));
      await firefox.browser.installExtension(extensionDir);
      await Promise.all([
        ...sites.map((page) => page.reload({ waitUntil: [] })),
        ...views.map(async (url) => {
          const page = await firefox.browser.newPage();
          await page.goto(url, { waitUntil: [] });
        }),
      ]);
      say('extension built and installed again');
    };
    return {
      firefox,
      async close() {
        again = null;
        await firefox.close();
        await watcher.close();
      },
    };
  } catch (error) {
    await watcher.close();
    throw error;
  }
}
