import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { Asker, Target } from '../../../shared/fields.ts';
import type { FlowChoice } from '../../../shared/flows.ts';
import type { Told } from '../../../shared/login/progress.ts';
import type { SignedIn } from '../../../shared/protocol/native.ts';
import { type ConnectedHost, findHosts } from '../../base/link/find-hosts.ts';
import { runFolder } from '../../base/link/run-folder-place.ts';
import { isAlive } from '../../base/platform/alive.ts';
import type { Context } from '../../base/platform/context.ts';
import { userId } from '../../base/platform/user.ts';
import { VERSION } from '../../base/platform/version.ts';
import type { LastBrowser } from './last-browser.ts';
import { tellWhoAsks } from './tell-who-asks.ts';

/** How long a browser gets to come back after its background was put to sleep in the middle of a sign-in. */
const COME_BACK_MS = 45_000;
const LOOK_AGAIN_MS = 250;

export interface BrowserSignIn {
  context: Context;
  target: Target;
  asker: Asker;
  watch: boolean;
  flow: FlowChoice;
  signal: AbortSignal;
  onStep(told: Told): void;
  /** Given a function by which the person takes the other way, while the sign-in waits. */
  otherWay?(take: () => void): void;
}

/** Every browser of this home directory that is connected now, the one that came last first. */
export function connectedBrowsers(
  context: Context,
  onStep?: (told: Told) => void,
  deadlineMs?: number,
): Promise<ConnectedHost[]> {
  const uid = userId();
  return findHosts({
    folder: runFolder(context.paths.runDir, uid, context.platform),
    uid,
    version: VERSION,
    onStep,
    deadlineMs,
  });
}

/** The browser that a label or a browser's name means; when none was asked for, the one used last, else the first. */
export function chooseBrowser(
  hosts: readonly ConnectedHost[],
  wanted: string | undefined,
  last?: LastBrowser,
): ConnectedHost | undefined {
  if (wanted === undefined) {
    return hosts.find(({ browser, label }) => browser === last?.browser && label === last.label) ?? hosts[0];
  }
  return hosts.find(({ label }) => label === wanted) ?? hosts.find(({ browser }) => browser === wanted);
}

/**
 * A sign-in through a connected browser, to its end. When the link breaks because the browser put awsher's background
 * to sleep, the background wakes up and goes on; the same sign-in is then joined again. When the host itself died,
 * the extension knows and says so.
 */
export async function browserSignIn(first: ConnectedHost, options: BrowserSignIn): Promise<SignedIn> {
  const { target, asker, watch, flow, signal, context, onStep } = options;
  let host: ConnectedHost | undefined = first;
  let { browserPid } = first.record;
  let joinOnly = false;
  const giveUpAt = () => context.now() + COME_BACK_MS;
  let deadline = giveUpAt();
  for (;;) {
    if (host) {
      assertSameProtocol(host);
      const current = host;
      browserPid = current.record.browserPid;
      try {
        return await tellWhoAsks(
          { target, asker, watch, ...(flow === 'auto' ? {} : { flow }), joinOnly },
          (request) => {
            // Who asks again, and for PKCE by name, has seen that the code leads nowhere; the first call hears of the end, too.
            options.otherWay?.(() => {
              const again = { ...request, flow: 'pkce' as const, joinOnly: false };
              void current.peer.call('signin.start', again, { signal }).catch(() => {});
            });
            return current.peer.call('signin.start', request, { signal });
          },
        );
      } catch (thrown) {
        signal.throwIfAborted();
        if (!(thrown instanceof AwsherError) || thrown.code !== 'BROWSER_LOST') throw thrown;
        if (!joinOnly) deadline = giveUpAt();
        joinOnly = true;
      } finally {
        current.close();
      }
    }
    // Asked on every round: a browser that was killed is still there for a moment when the link breaks.
    if (!isAlive(browserPid) || context.now() >= deadline) {
      throw new AwsherError('BROWSER_LOST', 'The browser closed during the sign-in.', {
        hint: `start the browser and run \`awsher login ${target.session}\` again`,
      });
    }
    await context.sleep(LOOK_AGAIN_MS, signal);
    const again: ConnectedHost[] = await connectedBrowsers(context, onStep);
    host = again.find(({ browser, label }) => browser === first.browser && label === first.label);
    for (const other of again) if (other !== host) other.close();
  }
}

function assertSameProtocol({ otherProtocol, browser }: ConnectedHost): void {
  if (otherProtocol === null) return;
  throw otherProtocol === 'older'
    ? new AwsherError(
        'PROTOCOL_VERSION',
        `The awsher host running in ${browser} is older than this command (${VERSION}).`,
        {
          hint: 'run `awsher install`, then restart the browser',
        },
      )
    : new AwsherError(
        'PROTOCOL_VERSION',
        `This command (${VERSION}) is older than the awsher host running in ${browser}.`,
        {
          hint: 'update the awsher command',
        },
      );
}
