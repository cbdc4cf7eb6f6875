import { type DrivenChromium, launchChromium } from '../../test/support/browsers/chromium.ts';
import type { IdentityCenter } from '../../test/support/identity-center/index.ts';
import { EXTENSION } from '../../test/support/stage.ts';
import { until } from '../../test/support/until.ts';
import { DemoFailure } from './failure.ts';
import type { FoundBrowser } from './find-browser.ts';
import { hostsIn } from './hosts.ts';

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

/** Starts the browser with the built extension, and waits until the extension has its host. Throws DemoFailure. */
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
    ...(visible
      ? { slowMo: 250, args: ['--window-size=1100,800', '--window-position=40,40', '--test-type'] }
      : {}),
  }).catch((error: unknown) => {
    throw new DemoFailure(`The browser did not start: ${found.executable}.`, whatItSaid(error));
  });
  const { worker } = await browser.extension().catch(async (error: unknown) => {
    await browser.close();
    throw new DemoFailure(`The extension did not start in ${found.name}.`, String(error));
  });
  await until(async () => (await hostsIn(home)).length === 1).catch(async (error: unknown) => {
    await browser.close();
    throw new DemoFailure(`The extension found no host in ${found.name}.`, String(error));
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

/** What the browser itself said, without the driver's own log and the arguments, which fill a screen. */
function whatItSaid(error: unknown): string {
  const [said = ''] = String(error).split('Call log:');
  return said
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('<launching>'))
    .join('\n');
}
