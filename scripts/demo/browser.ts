import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { type DrivenChromium, launchChromium } from '../../test/support/browsers/chromium.ts';
import { findChromium } from '../../test/support/browsers/find.ts';
import type { IdentityCenter } from '../../test/support/identity-center/index.ts';
import { EXTENSION } from '../../test/support/stage.ts';
import { DemoFailure } from './failure.ts';

export interface FoundBrowser {
  readonly executable: string;
  /** As `awsher install --browser` takes it. */
  readonly id: string;
  readonly name: string;
}

const KINDS: readonly (readonly [RegExp, string, string])[] = [
  [/edge/i, 'edge', 'Microsoft Edge'],
  [/brave/i, 'brave', 'Brave'],
  [/vivaldi/i, 'vivaldi', 'Vivaldi'],
  [/chromium/i, 'chromium', 'Chromium'],
  [/chrome/i, 'chrome', 'Google Chrome'],
];

/** The browser for the demo, or null. A snap is none: its sandbox starts no native-messaging host outside of it. */
export function findBrowser(): FoundBrowser | null {
  const executable = findChromium();
  if (executable === null || isSnap(executable)) return null;
  const [, id, name] = KINDS.find(([pattern]) => pattern.test(executable)) ?? [null, 'chromium', 'Chromium'];
  return { executable, id, name };
}

/** Also the small script that Ubuntu puts at a usual place in front of its snap. */
function isSnap(executable: string): boolean {
  if (executable.startsWith('/snap/')) return true;
  try {
    const file = openSync(executable, 'r');
    const start = Buffer.alloc(4096);
    const length = readSync(file, start, 0, start.length, 0);
    closeSync(file);
    const text = start.toString('latin1', 0, length);
    return text.startsWith('#!') && text.includes('/snap/');
  } catch {
    return false;
  }
}

export interface StartedBrowser extends DrivenChromium {
  readonly version: string;
  /** How often another tab came to the front since the browser started. */
  cameToFront(): Promise<number>;
}

interface StartOptions {
  readonly found: FoundBrowser;
  readonly idc: IdentityCenter;
  readonly home: string;
  readonly profile: string;
  readonly visible: boolean;
}

/** Starts the browser with the built extension, and waits until the extension is ready. Throws DemoFailure. */
export async function startBrowser({
  found,
  idc,
  home,
  profile,
  visible,
}: StartOptions): Promise<StartedBrowser> {
  const browser = await launchChromium({
    idc,
    home,
    userDataDir: profile,
    extensionDir: EXTENSION,
    executable: found.executable,
    env: idc.endpoints,
    headless: !visible,
    handleSignals: false,
    ...(visible ? { slowMo: 250, args: ['--window-size=1100,800', '--window-position=40,40'] } : {}),
  }).catch((error: unknown) => {
    throw new DemoFailure(`The browser did not start: ${found.executable}.`, String(error));
  });
  const { worker } = await browser.extension().catch(async (error: unknown) => {
    await browser.close();
    throw new DemoFailure(`The extension did not start in ${found.name}.`, String(error));
  });
  const fronts = await worker.evaluateHandle(() => {
    const seen = { count: 0 };
    chrome.tabs.onActivated.addListener(() => {
      seen.count += 1;
    });
    return seen;
  });
  return {
    ...browser,
    version: browser.context.browser()?.version() ?? '',
    cameToFront: () => fronts.evaluate(({ count }) => count),
  };
}

/** Where the profile of the throw-away browser is. */
export function profileIn(home: string): string {
  return join(home, 'profile');
}
