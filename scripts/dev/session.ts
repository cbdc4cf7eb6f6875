import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type IdentityCenter, startIdentityCenter } from '../../test/support/identity-center/index.ts';
import { shellEnv } from '../../test/support/shell-env.ts';
import { hostsIn, waitForEnd } from '../demo/hosts.ts';
import { root } from '../setup.mjs';
import type { ChromiumLoop } from './chromium.ts';
import type { FirefoxLoop } from './firefox.ts';
import { watchPrograms } from './programs.mjs';
import type { DevOptions } from './surroundings.ts';

/** What `npm run dev` writes; nothing of it is ever handed out. */
const DIST = join(root, 'dist', 'dev');

export interface DevSession {
  readonly home: string;
  readonly idc: IdentityCenter;
  /** The built command. */
  readonly command: string;
  /** Environment of a shell of this home. */
  readonly env: Record<string, string>;
  readonly loop: ChromiumLoop | FirefoxLoop;
  close(): Promise<void>;
}

/** Embedded Identity Center, throw-away home, command and host, and a browser whose extension follows its sources. */
export async function startDevSession(options: DevOptions): Promise<DevSession> {
  const { engine, say } = options;
  const ends: (() => unknown)[] = [];
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const home = await mkdtemp(join(tmpdir(), 'awsher-dev-'));
    ends.push(() => rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
    const idc = await startIdentityCenter({ blankMs: 100 });
    ends.push(() => idc.close());
    // A package of its own, in which the built command finds its host.
    const dist = join(DIST, engine, 'dist');
    await mkdir(dist, { recursive: true });
    await copyFile(join(root, 'package.json'), join(DIST, engine, 'package.json'));
    const programs = await watchPrograms(dist, async (error) => {
      if (error !== null) return say(`command and host: ${error instanceof Error ? error.message : error}`);
      // The extension starts a host again as soon as it has lost one.
      for (const pid of await hostsIn(home)) process.kill(pid);
      say('command and host built again');
    });
    ends.push(() => programs.close());
    const command = join(dist, 'cli', 'awsher.js');
    const env = shellEnv(home, idc.endpoints);
    const where = engine === 'firefox' ? [] : ['--user-data-dir', join(home, 'profile')];
    await promisify(execFile)(process.execPath, [command, 'install', '--browser', engine, ...where], { env });
    const develop =
      engine === 'firefox'
        ? (await import('./firefox.ts')).developInFirefox
        : (await import('./chromium.ts')).developInChromium;
    const loop = await develop({ ...options, idc, home, extensionDir: join(dist, 'extension', engine) });
    ends.push(async () => {
      const hosts = await hostsIn(home);
      await loop.close();
      await waitForEnd(hosts);
    });
    return { home, idc, command, env, loop, close };
  } catch (error) {
    await close();
    throw error;
  }
}
