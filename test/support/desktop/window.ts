import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DrivenChromium, launchChromium } from '../browsers/chromium.ts';
import { type Ground, openGround } from '../ground.ts';
import { hostPids } from '../home-files.ts';
import { EXTENSION } from '../stage.ts';
import { until } from '../until.ts';
import { raiseScreen, type Screen } from './screen.ts';

/** A browser with awsher in a real window, for what no page shows: the popup's own window, the browser's questions. */
export interface RealWindow {
  readonly screen: Screen;
  readonly ground: Ground;
  readonly browser: DrivenChromium;
  close(): Promise<void>;
}

/** Opens it, connected to its host. `config`: the text of `~/.aws/config`, by what the ground is; `env` is the browser's, besides. */
export async function openWindow({
  config,
  env = {},
}: {
  config?: (ground: Ground) => string;
  env?: Record<string, string>;
} = {}): Promise<RealWindow> {
  const screen = await raiseScreen();
  const ground = await openGround();
  const { home, idc } = ground;
  if (config !== undefined) {
    await mkdir(join(home, '.aws'), { recursive: true });
    await writeFile(join(home, '.aws/config'), config(ground));
  }
  const userDataDir = join(home, 'profile');
  await ground.install('--browser', 'chromium', '--user-data-dir', userDataDir);
  const browser = await launchChromium({
    idc,
    home,
    userDataDir,
    extensionDir: EXTENSION,
    headless: false,
    env: { ...idc.endpoints, ...env, ...screen.env },
  });
  await until(() => hostPids(home).length === 1);
  return {
    screen,
    ground,
    browser,
    async close() {
      await browser.close();
      await screen.close();
      await ground.clear();
    },
  };
}
