import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { shown } from '../../../base/formats/shown.ts';
import { installedBrowsers, startBrowser } from '../../../base/install/browser-start.ts';
import { isComingBack } from '../../../base/link/coming-back.ts';
import type { ConnectedHost } from '../../../base/link/find-hosts.ts';
import type { Context } from '../../../base/platform/context.ts';
import { chooseBrowser, connectedBrowsers } from '../../../features/signin/browser-sign-in.ts';
import { readLastBrowser } from '../../../features/signin/last-browser.ts';
import { plain } from '../output.ts';
import type { Progress } from './progress.ts';

/** How long the host of a browser that was just started is waited for. */
const START_BROWSER_MS = 5_000;
const LOOK_MS = 150;

export interface FindBrowser {
  context: Context;
  /** `--browser LABEL` */
  wanted: string | undefined;
  /** The label or name that the settings have for the session. */
  pin?: string | undefined;
  signal: AbortSignal;
  progress: Progress;
}

/**
 * The connected browser to sign in with, or one that is started now. Without one, whether a browser with awsher is installed. Throws
 * BROWSER_MISSING for one that was named.
 */
export async function findBrowser({
  context,
  wanted,
  pin,
  signal,
  progress,
}: FindBrowser): Promise<{ host: ConnectedHost } | { host: undefined; installed: boolean }> {
  const last = readLastBrowser(context.paths);
  let hosts: readonly ConnectedHost[] = [];
  const look = async (): Promise<ConnectedHost | undefined> => {
    hosts = await connectedBrowsers(context, progress.step);
    const chosen = chooseBrowser(hosts, wanted ?? pin, last);
    for (const host of hosts) if (host !== chosen) host.close();
    return chosen;
  };
  /** Looks again while it `may` come. */
  const wait = async (may: () => boolean): Promise<ConnectedHost | undefined> => {
    const until = context.now() + START_BROWSER_MS;
    let host: ConnectedHost | undefined;
    while (!host && context.now() < until && may()) {
      await context.sleep(LOOK_MS, signal);
      host = await look();
    }
    return host;
  };
  const { stateDir } = context.paths;
  const there = (await look()) ?? (await wait(() => isComingBack(stateDir, context.now())));
  if (there) return { host: there };
  if (wanted !== undefined) throw noSuchBrowser(wanted, hosts);

  const installed = installedBrowsers(context, last?.browser);
  // A pin may be a label, and which browser has it is known only once that one is there.
  const anyOne = hosts.length === 0 ? installed[0] : undefined;
  const start = installed.find(({ id }) => id === pin) ?? anyOne;
  if (start) {
    progress.say(`Starting ${start.id}`);
    const host = (await startBrowser(context, start)) ? await wait(() => true) : undefined;
    if (host) return { host };
    progress.stop();
  }
  if (pin !== undefined) throw noSuchBrowser(pin, hosts, pin);
  return { host: undefined, installed: start !== undefined };
}

function noSuchBrowser(wanted: string, hosts: readonly ConnectedHost[], pin?: string): AwsherError {
  const names = hosts.map(({ browser, label }) => (label ? `${label} (${browser})` : browser)).join(', ');
  const connected = names ? `connected: ${plain(names)}` : '';
  if (pin !== undefined) {
    return new AwsherError(
      'BROWSER_MISSING',
      `Your settings sign this session in with the browser "${plain(wanted)}", which is not connected.`,
      { hint: `start it, or choose another one with \`--browser\`${connected && `; ${connected}`}` },
    );
  }
  return new AwsherError(
    'BROWSER_MISSING',
    `No browser ${shown(wanted, (name) => `"${plain(name)}"`, 'with a name')} is connected.`,
    { hint: connected || 'start it, or leave out `--browser`' },
  );
}
