import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { allFilesReady } from '@crxjs/vite-plugin';
import { createServer, type ViteDevServer } from 'vite';
import { type DrivenChromium, launchChromium } from '../../test/support/browsers/chromium.ts';
import { createPasskey } from '../../test/support/browsers/passkey.ts';
import { until } from '../../test/support/until.ts';
import { signsInWhereAsked } from '../demo/stay.ts';
import { root } from '../setup.mjs';
import type { Surroundings } from './surroundings.ts';

export interface ChromiumLoop {
  readonly chromium: DrivenChromium;
  close(): Promise<void>;
}

/**
 * The extension from Vite's dev server: views change in place, and the extension is loaded again when its background or
 * content script has changed. The passkey is taken wherever a page asks for it.
 */
export async function developInChromium(surroundings: Surroundings): Promise<ChromiumLoop> {
  const { idc, home, extensionDir, visible } = surroundings;
  const port = await freePort();
  const server = await createServer({
    configFile: join(root, 'vite.config.ts'),
    mode: 'chromium',
    logLevel: 'warn',
    build: { outDir: extensionDir },
    // The pages of an extension have no port of their own to guess it from.
    server: { host: 'localhost', port, strictPort: true, hmr: { clientPort: port } },
  });
  try {
    await server.listen();
    await until(() => existsSync(join(extensionDir, 'manifest.json')));
    await allFilesReady();
    await switchOnDeveloperMode(join(home, 'profile'));
    const chromium = await launchChromium({
      idc,
      home,
      extensionDir,
      headless: !visible,
      handleSignals: false,
      env: idc.endpoints,
      // For the tools of whoever looks in from outside: the port is in the profile's DevToolsActivePort.
      args: ['--remote-debugging-port=0'],
    });
    await chromium.extension();
    reloadSites(chromium, server);
    reloadUntilHeard(chromium, server);
    signsInWhereAsked(chromium.context, await createPasskey(chromium.context, idc.enrolUrl));
    return {
      chromium,
      async close() {
        await chromium.close();
        await server.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** Without it Chromium takes an unpacked extension once, and disables it when it is loaded again. */
async function switchOnDeveloperMode(profile: string): Promise<void> {
  await mkdir(join(profile, 'Default'), { recursive: true });
  const preferences = { extensions: { ui: { developer_mode: true } } };
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
}

/**
 * A content script stays with the page that it was put into: after the extension was loaded again, AWS's pages are too.
 * CRXJS does so at once, which is too soon where the extension takes its time.
 */
function reloadSites({ context }: DrivenChromium, server: ViteDevServer): void {
  let saved = false;
  server.watcher.on('change', () => {
    saved = true;
  });
  context.on('serviceworker', () => {
    if (!saved) return;
    saved = false;
    for (const page of context.pages()) if (page.url().startsWith('https:')) page.reload().catch(() => {});
  });
}

/**
 * While the extension is being loaded again, its background hears of nothing: what was saved in that time is asked for
 * once more when it has come up.
 */
function reloadUntilHeard({ context }: DrivenChromium, { ws }: ViteDevServer): void {
  const reload = { type: 'custom', event: 'crx:runtime-reload' } as const;
  let listening = true;
  let missed = false;
  const send: (payload: object) => void = ws.send;
  ws.send = (payload: object) => {
    if ('event' in payload && payload.event === reload.event) {
      missed = !listening;
      listening = false;
    }
    send(payload);
  };
  context.on('console', (message) => {
    if (message.worker() === null || message.text() !== '[vite] connected.') return;
    listening = true;
    if (missed) ws.send(reload);
  });
}

/** The dev server's address is written into the extension before it listens. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createTcpServer();
    probe.once('error', reject);
    probe.listen(0, 'localhost', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
