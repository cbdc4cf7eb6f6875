import { portalConsoleLink } from '../../../shared/aws/console-link.ts';
import { isRegionShaped } from '../../../shared/aws/regions.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { ANSWER_DEADLINE_MS } from '../../../shared/protocol/limits.ts';
import type { Secret } from '../../../shared/secret.ts';
import { consolePage, consoleSignIn, federationEndpoint } from '../../aws/federation.ts';
import { profileEnvironment } from '../../aws/profile-environment.ts';
import { planProfile } from '../../aws/resolve/plan.ts';
import { loadSharedConfig } from '../../files/config-file.ts';
import { textValue } from '../../formats/profiles.ts';
import { shown } from '../../formats/shown.ts';
import type { Context } from '../../platform/context.ts';
import { handOver } from '../../platform/hand-over.ts';
import { openInBrowser } from '../../platform/opener.ts';
import { comesFromUs } from '../../platform/port-owner.ts';
import { isFarAway, whereAmI } from '../../platform/remote.ts';
import { userId } from '../../platform/user.ts';
import { VERSION } from '../../platform/version.ts';
import { chooseBrowser, connectedBrowsers } from '../../signin/browser-sign-in.ts';
import { readLastBrowser } from '../../signin/last-browser.ts';
import { chooseProfile } from '../choose-profile.ts';
import { type Command, flag, type Invocation, text } from '../command.ts';
import { EXIT } from '../exit.ts';
import { createOutput, type Output } from '../output.ts';
import { profileCredentials } from '../profile-credentials.ts';

const DEFAULT_REGION = 'us-east-1';
const OPEN_DEADLINE_MS = 20_000;

export const command: Command = {
  declaration: {
    name: 'console',
    summary: "Open the AWS console with a profile's credentials",
    options: [
      { flag: '--service', value: 'NAME', description: 'Go straight to a service: s3, ec2, lambda...' },
      { flag: '--region', value: 'REGION', description: "Region of the page; by default the profile's" },
      {
        flag: '--print',
        description: 'Print the address instead of opening it; it lets anybody in for 15 minutes',
      },
    ],
    examples: ['awsher console --profile dev --service s3', 'awsher console --profile dev --print'],
  },
  run: (context, invocation) => openConsole(context, invocation),
};

export interface ConsoleParts {
  /** The federation endpoint, when it is not that of the partition; for tests. */
  readonly endpoint?: string;
  readonly open?: (context: Context, url: string) => Promise<boolean>;
}

/** The command, with its ways out exchangeable. */
export async function openConsole(
  context: Context,
  invocation: Invocation,
  parts: ConsoleParts = {},
): Promise<number> {
  const output = createOutput(context, invocation);
  const service = text(invocation, 'service');
  if (service !== undefined && !/^[A-Za-z0-9-]{1,64}$/.test(service)) {
    throw new AwsherError('USAGE', '--service takes a name such as s3 or ec2.', {
      hint: 'look at the address of its console page',
    });
  }
  const { profile, explicit } = await chooseProfile(context, invocation, output);
  const destination = consolePage(pageRegion(context, invocation, profile), service);
  const opener = parts.open ?? ((one, url) => openInBrowser(one, url));
  const link = flag(invocation, 'print') ? undefined : portalLink(context, profile, explicit, destination);
  if (link !== undefined) {
    if ((await openConnected(context, link)) || (await opener(context, link))) return opened(output);
    throw noBrowser();
  }
  const credentials = await profileCredentials(context, { profile, explicit, output, mayPrompt: true });
  const env = profileEnvironment(context.paths, context.env, profile);
  const address = await consoleSignIn({ env, signal: context.signal }, credentials, {
    endpoint: parts.endpoint ?? federationEndpoint(pageRegion(context, invocation, profile)),
    destination,
  });
  if (flag(invocation, 'print')) {
    context.stdout.write(`${address.expose()}\n`);
    return EXIT.done;
  }
  if ((await openConnected(context, address.expose())) || (await openUnseen(context, address, opener))) {
    return opened(output);
  }
  throw noBrowser();
}

/**
 * The access portal's link to the role of a profile of Identity Center: it bears no secret, as docs/decisions explains.
 * Undefined for every other profile, whose console only its credentials open.
 */
function portalLink(
  { env, paths }: Context,
  profile: string,
  explicit: boolean,
  destination: string,
): string | undefined {
  const { credentialsFile } = paths;
  const plan = planProfile({ config: loadSharedConfig(paths), credentialsFile, env, profile, explicit });
  return plan.kind === 'sso' ? portalConsoleLink(plan.role.startUrl, plan.role, destination) : undefined;
}

/** Through the host to the extension: on no command line, and in no address that anybody else could ask. */
async function openConnected(context: Context, url: string): Promise<boolean> {
  if (isFarAway(context.env)) return false;
  const hosts = await connectedBrowsers(context, VERSION).catch(() => []);
  try {
    const host = chooseBrowser(hosts, undefined, readLastBrowser(context.paths));
    if (!host || host.otherProtocol !== null) return false;
    await host.peer.call('console.open', { url }, { deadlineMs: ANSWER_DEADLINE_MS });
    return true;
  } catch (thrown) {
    // An extension from before this message, or a browser that has just gone.
    if (thrown instanceof AwsherError) return false;
    throw thrown;
  } finally {
    for (const host of hosts) host.close();
  }
}

/** The sign-in address lets anybody in, so it goes to the browser through a one-time address that asks who comes. */
async function openUnseen(
  context: Context,
  address: Secret,
  opener: NonNullable<ConsoleParts['open']>,
): Promise<boolean> {
  const { platform } = context;
  const alsoRoot = whereAmI(context).kind === 'wsl';
  const hand = await handOver(address.expose(), OPEN_DEADLINE_MS, (connection) =>
    comesFromUs({ ...connection, alsoRoot }, { platform, uid: userId() }),
  );
  try {
    return (await opener(context, hand.url)) && (await hand.taken);
  } finally {
    hand.close();
  }
}

function opened(output: Output): number {
  output.tell('The console opens in your browser.');
  return EXIT.done;
}

const noBrowser = (): AwsherError =>
  new AwsherError('BROWSER_MISSING', 'No browser came for the console.', {
    hint: 'run the command again with `--print`, and open the address yourself',
  });

function pageRegion(context: Context, invocation: Invocation, profile: string): string {
  const typed = text(invocation, 'region');
  const section = loadSharedConfig(context.paths).profiles.get(profile);
  const region =
    typed ??
    textValue(section, 'region') ??
    (context.env.AWS_REGION || context.env.AWS_DEFAULT_REGION || DEFAULT_REGION);
  if (isRegionShaped(region)) return region;
  throw new AwsherError('REGION_INVALID', `There is no region ${shown(region)}.`, {
    hint: 'it looks like eu-west-1',
  });
}
