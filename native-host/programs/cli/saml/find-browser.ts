import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import type { Told } from '../../../../shared/login/progress.ts';
import { shown } from '../../../base/formats/shown.ts';
import { installedBrowsers, startBrowser } from '../../../base/install/browser-start.ts';
import type { ConnectedHost } from '../../../base/link/find-hosts.ts';
import type { Context } from '../../../base/platform/context.ts';
import { whereAmI } from '../../../base/platform/remote.ts';
import { VERSION } from '../../../base/platform/version.ts';
import { chooseBrowser, connectedBrowsers } from '../../../features/signin/browser-sign-in.ts';
import { plain } from '../output.ts';

/** How long a browser that was just started gets to bring its host up. */
const START_BROWSER_MS = 5_000;
const LOOK_MS = 150;
const LOOK_AGAIN_MS = 500;

export interface FindBrowserOptions {
  readonly context: Context;
  /** `--browser LABEL` */
  readonly wanted: string | undefined;
  readonly signal: AbortSignal;
  onStep(told: Told): void;
  /** A browser is being started. */
  onStart(browser: string): void;
}

/**
 * The browser to sign in with: a connected one, else an installed one that is started now. There is no way without: the
 * passkey is in there. Throws BROWSER_MISSING.
 */
export async function findBrowser(options: FindBrowserOptions): Promise<ConnectedHost> {
  const { context, wanted, signal, onStep } = options;
  const where = whereAmI(context);
  if (wanted === undefined && (where.kind === 'ssh' || where.kind === 'codespaces')) {
    throw new AwsherError(
      'BROWSER_MISSING',
      `This is a remote shell (${where.reason}), so its browser is not the one in front of you.`,
      {
        hint: 'run the command on the computer in front of you; docs/remote.md shows how to get it here',
      },
    );
  }
  let hosts = await connectedBrowsers(context, VERSION, onStep);
  if (hosts.length === 0) {
    // A host that is only busy looks like none.
    await context.sleep(LOOK_AGAIN_MS, signal);
    hosts = await connectedBrowsers(context, VERSION, onStep);
  }
  const chosen = chooseBrowser(hosts, wanted);
  for (const host of hosts) if (host !== chosen) host.close();
  if (chosen) return chosen;
  if (wanted !== undefined) {
    throw new AwsherError(
      'BROWSER_MISSING',
      `No browser ${shown(wanted, plain, 'with a name')} is connected.`,
      {
        hint: 'start it, or run `awsher doctor` to see which ones are',
      },
    );
  }
  const [installed] = installedBrowsers(context);
  if (installed) {
    options.onStart(installed.id);
    if (await startBrowser(context, installed)) {
      for (const end = context.now() + START_BROWSER_MS; context.now() < end; ) {
        await context.sleep(LOOK_MS, signal);
        const [host, ...others] = await connectedBrowsers(context, VERSION, onStep);
        for (const other of others) other.close();
        if (host) return host;
      }
    }
  }
  throw new AwsherError('BROWSER_MISSING', 'No browser with awsher is connected.', {
    hint: installed ? 'start your browser, then run the command again' : 'run `awsher install`',
  });
}
