import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { type Browser, browsersTable } from './browsers-table.ts';

/** A running browser that was started with a user data folder of its own. */
export interface RunningBrowser {
  browser: Browser;
  userDataDir: string;
}

/**
 * Running browsers of the Chromium family that were started with `--user-data-dir`, on Linux through procfs. Only
 * those whose HOME is `home`: a browser that lives in another home has another awsher. Never throws.
 */
export function runningBrowsers(procDir: string, home: string): RunningBrowser[] {
  const found = new Map<string, RunningBrowser>();
  for (const name of attempt(() => readdirSync(procDir)) ?? []) {
    if (!/^[0-9]+$/.test(name)) continue;
    const running = attempt(() => runningBrowser(join(procDir, name), home));
    if (running) found.set(running.userDataDir, running);
  }
  return [...found.values()];
}

function runningBrowser(processDir: string, home: string): RunningBrowser | undefined {
  const args = words(join(processDir, 'cmdline'));
  // Renderers and other children carry `--type=`.
  if (args.some((arg) => arg.startsWith('--type='))) return undefined;
  const userDataDir = args
    .find((arg) => arg.startsWith('--user-data-dir='))
    ?.slice('--user-data-dir='.length);
  if (!userDataDir || !isAbsolute(userDataDir)) return undefined;
  if (!words(join(processDir, 'environ')).includes(`HOME=${home}`)) return undefined;
  const program = attempt(() => readlinkSync(join(processDir, 'exe'))) ?? args[0] ?? '';
  const browser = browserOfProgram(program);
  if (!browser || !statSync(userDataDir, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  return { browser, userDataDir };
}

/** The Chromium-family browser of a program's path: by the whole path first, else by its name. */
function browserOfProgram(program: string): Browser | undefined {
  const family = browsersTable().filter(({ family }) => family === 'chromium');
  const named = (matches: (executable: string) => boolean) =>
    family.find(({ linux }) => linux?.executables.some(matches));
  return (
    named((executable) => executable === program) ??
    named((executable) => basename(executable) === basename(program))
  );
}

function words(file: string): string[] {
  return readFileSync(file, 'utf8').split('\0');
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined; // A process that ended meanwhile, or another user's.
  }
}
