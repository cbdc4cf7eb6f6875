import { type BrowserCommand, browserCommands } from './browser-variable.ts';
import type { Context } from './context.ts';
import { type LaunchResult, launchDetached } from './launch.ts';
import { whereAmI } from './remote.ts';
import { systemProgram, WSL_POWERSHELL } from './system-program.ts';

/** Long enough for `xdg-open` to say that there is no browser. */
const GRACE_MS = 500;

type Here = Pick<Context, 'env' | 'platform'>;

/** Starts one command; `failed` lets the next one have a try. */
export type Launcher = (
  program: string,
  args: readonly string[],
  options: { env: Here['env']; graceMs: number },
) => Promise<LaunchResult>;

/**
 * Opens an address in the person's browser: `$BROWSER`, else the system's own way. Without `BROWSER` in the child's
 * environment, so that it cannot come back to us. True when a program took it; false when there is none, or when the
 * address is not http, https or file. Nothing that the program prints reaches our streams. Never throws.
 */
export async function openInBrowser(
  here: Here,
  url: string,
  launch: Launcher = launchDetached,
  kind = whereAmI(here).kind,
): Promise<boolean> {
  const address = browserAddress(url);
  if (address === undefined) return false;
  const { BROWSER, ...env } = here.env;
  const named = browserCommands(BROWSER, address, { platform: here.platform, path: env.PATH });
  for (const { program, args } of [...named, ...systemOpeners(here.platform, kind === 'wsl', address)]) {
    if ((await launch(program, args, { env, graceMs: GRACE_MS })) !== 'failed') return true;
  }
  return false;
}

/** An address in its canonical form: ASCII, and without quotes, which PowerShell would read. Undefined if not ours. */
function browserAddress(url: string): string | undefined {
  const parsed = URL.parse(url);
  if (parsed === null || !['http:', 'https:', 'file:'].includes(parsed.protocol)) return undefined;
  return parsed.href.replaceAll("'", '%27');
}

function systemOpeners(platform: string, wsl: boolean, address: string): BrowserCommand[] {
  if (platform === 'darwin') return [{ program: '/usr/bin/open', args: [address] }];
  if (platform === 'win32') return [windowsOpener(systemProgram('rundll32.exe'), address)];
  const linux = [
    { program: 'xdg-open', args: [address] },
    { program: 'gio', args: ['open', address] },
  ];
  if (!wsl) return linux;
  const powershell = ['-NoProfile', '-NonInteractive', '-Command', `Start-Process '${address}'`];
  return [
    { program: 'wslview', args: [address] },
    { program: WSL_POWERSHELL, args: powershell },
    // Where Windows' PATH is not taken over (appendWindowsPath=false in wsl.conf).
    windowsOpener('/mnt/c/Windows/System32/rundll32.exe', address),
    ...linux,
  ];
}

function windowsOpener(program: string, address: string): BrowserCommand {
  return { program, args: ['url.dll,FileProtocolHandler', address] };
}
