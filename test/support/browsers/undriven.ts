import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { type ChromiumOptions, loadsByProtocol, planChromium } from './chromium.ts';

const targets = v.array(v.object({ id: v.string(), type: v.string(), url: v.string(), title: v.string() }));

/** A tab, worker or page of an extension, as the browser lists it. Listing attaches to nothing. */
export type BrowserTarget = v.InferOutput<typeof targets>[number];

export interface UndrivenChromium {
  readonly pid: number;
  /** Port of the browser's own list of targets. */
  readonly debuggingPort: number;
  readonly userDataDir: string;
  targets(): Promise<BrowserTarget[]>;
  /** Opens a tab in front, as a click on a link in another program does. */
  open(url: string): Promise<BrowserTarget>;
  closeTarget(id: string): Promise<void>;
  /** The first target that fits, or null at the deadline. */
  waitForTarget(fits: (target: BrowserTarget) => boolean, timeoutMs?: number): Promise<BrowserTarget | null>;
  /** Ends the browser as a session manager does; the profile is complete afterwards. */
  close(): Promise<void>;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
}

/**
 * Starts a browser with nobody attached to its pages: a background tab is really hidden there, and a worker
 * really sleeps.
 */
export async function startUndrivenChromium(
  options: ChromiumOptions & { url?: string },
): Promise<UndrivenChromium> {
  const plan = await planChromium(options);
  if (options.extensionDir !== undefined && loadsByProtocol(plan.executable)) {
    throw new Error(
      'Google Chrome takes an extension from a driver only; set AWSHER_TEST_CHROMIUM to another browser',
    );
  }
  const portFile = join(plan.userDataDir, 'DevToolsActivePort');
  await rm(portFile, { force: true });
  const child = spawn(
    plan.executable,
    [
      ...(plan.headless ? ['--headless=new'] : []),
      '--remote-debugging-port=0',
      `--user-data-dir=${plan.userDataDir}`,
      ...plan.args,
      options.url ?? 'about:blank',
    ],
    { env: plan.env, stdio: 'ignore' },
  );
  const gone = once(child, 'exit');
  const debuggingPort = await readPort(portFile, () => child.exitCode !== null);

  const ask = async (path: string, method = 'GET'): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${debuggingPort}/json/${path}`, { method });
    return path.startsWith('close') ? null : response.json();
  };
  const list = async () => v.parse(targets, await ask('list'));
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    if ((await Promise.race([gone, sleep(10_000, null, { ref: false })])) === null) child.kill('SIGKILL');
    await gone;
  };
  return {
    pid: child.pid ?? -1,
    debuggingPort,
    userDataDir: plan.userDataDir,
    targets: list,
    async open(url) {
      return v.parse(targets.item, await ask(`new?${encodeURIComponent(url)}`, 'PUT'));
    },
    async closeTarget(id) {
      await ask(`close/${id}`);
    },
    async waitForTarget(fits, timeoutMs = 45_000) {
      const deadline = Date.now() + timeoutMs;
      while (Date.now() < deadline) {
        const found = (await list()).find(fits);
        if (found !== undefined) return found;
        await sleep(50);
      }
      return null;
    },
    close: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

async function readPort(file: string, hasEnded: () => boolean): Promise<number> {
  const deadline = Date.now() + 45_000;
  while (Date.now() < deadline && !hasEnded()) {
    const [port] = (await readFile(file, 'utf8').catch(() => '')).split('\n');
    if (port) return Number(port);
    await sleep(25);
  }
  throw new Error('the browser did not start');
}
