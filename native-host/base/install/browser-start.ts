import type { BrowserCommand } from '../platform/browser-variable.ts';
import type { Context } from '../platform/context.ts';
import { launchDetached } from '../platform/launch.ts';
import type { Launcher } from '../platform/opener.ts';
import { isFarAway } from '../platform/remote.ts';
import { browsersTable } from './browsers-table.ts';
import { isThere, placesOf, programOf } from './find-browsers.ts';
import { type Machine, machineOf } from './machine.ts';
import { ownPlaces } from './places.ts';
import { type InstalledBrowser, readRecord } from './record.ts';

type Here = Pick<Context, 'env' | 'platform' | 'paths'>;

/** Browsers that have the host, for this person or for all users: the one used last first, if it is among them. */
export function installedBrowsers(
  here: Here,
  lastUsed?: string,
  machine: Machine = machineOf(here),
): InstalledBrowser[] {
  const records = [false, true].map((allUsers) => readRecord(ownPlaces(machine, allUsers).record, machine));
  const browsers = records.flatMap((record) => record.browsers);
  return [...browsers.filter(({ id }) => id === lastUsed), ...browsers.filter(({ id }) => id !== lastUsed)];
}

/**
 * Starts an installed browser, detached, as the person would from the desktop. False where it cannot be started or
 * would not be seen: its program is gone, no display, over SSH. Never throws.
 */
export async function startBrowser(
  here: Here,
  installed: Pick<InstalledBrowser, 'id' | 'variant' | 'userDataDir'>,
  launch: Launcher = launchDetached,
  machine: Machine = machineOf(here),
): Promise<boolean> {
  if (isFarAway(here.env)) return false;
  if (machine.system === 'linux' && !here.env.DISPLAY && !here.env.WAYLAND_DISPLAY) return false;
  const command = startCommand(installed, machine);
  if (command === undefined) return false;
  const { BROWSER: _, ...env } = here.env;
  return (await launch(command.program, command.args, { env, graceMs: 300 })) !== 'failed';
}

/** The command that starts a browser; undefined when it is not on this machine. */
export function startCommand(
  { id, variant, userDataDir }: Pick<InstalledBrowser, 'id' | 'variant' | 'userDataDir'>,
  machine: Machine,
): BrowserCommand | undefined {
  const browser = browsersTable().find((known) => known.id === id);
  const place = browser && placesOf(browser, machine).find((known) => known.variant === variant);
  if (!browser || !place || !isThere(place, machine)) return undefined;
  const own = userDataDir === undefined ? [] : [`--user-data-dir=${userDataDir}`];
  if (variant === 'flatpak') {
    return { program: 'flatpak', args: ['run', place.flatpakApp ?? '', ...own] };
  }
  if (variant === 'snap') return { program: `/snap/bin/${browser.linux?.snap?.name}`, args: own };
  const program = programOf(browser, machine);
  if (program === undefined) return undefined;
  if (machine.system !== 'darwin') return { program, args: own };
  // -g: the terminal keeps the focus.
  return { program: '/usr/bin/open', args: ['-g', '-a', program, ...(own.length ? ['--args', ...own] : [])] };
}
