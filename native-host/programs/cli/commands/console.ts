import { portalConsoleLink } from '../../../../shared/aws/console-link.ts';
import { isRegionShaped } from '../../../../shared/aws/regions.ts';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { ANSWER_DEADLINE_MS } from '../../../../shared/limits.ts';
import type { Secret } from '../../../../shared/secret.ts';
import { planProfile } from '../../../aws/resolver/plan-profile.ts';
import { profileEnvironment } from '../../../aws/resolver/profile-environment.ts';
import { consoleSignIn, federationEndpoint } from '../../../aws/roles/federation.ts';
import { loadSharedConfig } from '../../../base/files/config-file.ts';
import { textValue } from '../../../base/formats/profiles.ts';
import { shown } from '../../../base/formats/shown.ts';
import type { Context } from '../../../base/platform/context.ts';
import { handOver } from '../../../base/platform/hand-over.ts';
import { openInBrowser } from '../../../base/platform/opener.ts';
import { comesFromUs } from '../../../base/platform/port-owner.ts';
import { isFarAway, whereAmI } from '../../../base/platform/remote.ts';
import { userId } from '../../../base/platform/user.ts';
import { readSettings } from '../../../features/settings/own-settings.ts';
import { chooseBrowser, connectedBrowsers } from '../../../features/signin/browser-sign-in.ts';
import { readLastBrowser } from '../../../features/signin/last-browser.ts';
import { chooseProfile } from '../choose-profile.ts';
import { type Command, flag, type Invocation, text } from '../command.ts';
import { consoleDestination, consoleSeconds } from '../console/console-place.ts';
import { EXIT } from '../exit.ts';
import { createOutput, type Output } from '../output.ts';
import { profileCredentials } from '../profile-credentials.ts';

const DEFAULT_REGION = 'us-east-1';
const OPEN_DEADLINE_MS = 20_000;

export const command: Command = {
  declaration: {
    name: 'console',
    summary: "Open the AWS console with a profile's credentials",
    noJson: true,
    description:
      "An Identity Center role opens through the access portal, next to consoles that are already open; other credentials become a sign-in link. The page opens in the session's browser.",
    options: [
      { flag: '--service', value: 'NAME', description: 'Open a service: s3, ec2, cfn, ddb...' },
      { flag: '--destination', value: 'URL', description: 'Open this console page' },
      { flag: '--region', value: 'REGION', description: "Region (default: the profile's)" },
      {
        flag: '--duration',
        value: 'TIME',
        description: 'How long the console stays signed in: 90m, 8h or seconds (15 minutes to 12 hours)',
      },
      { flag: '--copy', description: 'Copy the address to the clipboard, over SSH too' },
      {
        flag: '--print',
        description: 'Print the address instead of opening it; it works for anyone for 15 minutes',
      },
    ],
    examples: [
      'awsher console --profile dev --service s3',
      'awsher console --profile dev --duration 8h',
      'awsher console --profile dev --copy',
    ],
  },
  run: (context, invocation) => openConsole(context, invocation),
};

export interface ConsoleParts {
  /** The federation endpoint, when it is not that of the partition; for tests. */
  readonly endpoint?: string;
  /** Where the browser goes with the token, when that is elsewhere; for tests. */
  readonly signIn?: string;
  readonly open?: (context: Context, url: string) => Promise<boolean>;
}

/** The command, with its ways out exchangeable. */
export async function openConsole(
  context: Context,
  invocation: Invocation,
  parts: ConsoleParts = {},
): Promise<number> {
  const output = createOutput(context, invocation);
  const seconds = consoleSeconds(text(invocation, 'duration'));
  const [copies, prints] = [flag(invocation, 'copy'), flag(invocation, 'print')];
  if (copies && !context.stderr.isTTY) {
    throw new AwsherError('USAGE', 'There is no terminal to copy the address to.', {
      hint: 'run it in a terminal, or use `--print`',
    });
  }
  const { profile, explicit } = await chooseProfile(context, invocation, output);
  const region = pageRegion(context, invocation, profile);
  const destination = consoleDestination(
    region,
    text(invocation, 'service'),
    text(invocation, 'destination'),
  );
  const opener = parts.open ?? ((one, url) => openInBrowser(one, url));
  const plan = planOf(context, profile, explicit);
  const session = plan.kind === 'sso' ? (plan.role.session ?? undefined) : undefined;
  // The portal decides how long its own links last, and what is printed works in a browser without a portal session.
  const link =
    plan.kind === 'sso' && !prints && seconds === undefined
      ? portalConsoleLink(plan.role.startUrl, plan.role, destination)
      : undefined;
  if (link !== undefined) {
    if (copies) return copied(context, output, link, 'It opens where you are signed in to the portal.');
    if ((await openConnected(context, link, session)) || (await opener(context, link))) return opened(output);
    throw noBrowser();
  }
  const credentials = await profileCredentials(context, { profile, explicit, output, mayPrompt: true });
  const env = profileEnvironment(context.paths, context.env, profile);
  const address = await consoleSignIn({ env, signal: context.signal }, credentials, {
    endpoint: parts.endpoint ?? federationEndpoint(region),
    ...(parts.signIn === undefined ? {} : { signIn: parts.signIn }),
    destination,
    seconds,
  });
  if (copies) return copied(context, output, address.expose(), 'It works for anyone for 15 minutes.');
  if (prints) {
    context.stdout.write(`${address.expose()}\n`);
    return EXIT.done;
  }
  if (
    (await openConnected(context, address.expose(), session)) ||
    (await openUnseen(context, address, opener))
  ) {
    return opened(output);
  }
  throw noBrowser();
}

function planOf({ env, paths }: Context, profile: string, explicit: boolean) {
  const { credentialsFile } = paths;
  return planProfile({ config: loadSharedConfig(paths), credentialsFile, env, profile, explicit });
}

/** The terminal's own clipboard (xterm's OSC 52): of the computer where the person sits, over SSH too. */
function copied(context: Context, output: Output, address: string, meaning: string): number {
  context.stderr.write(`\u001b]52;c;${Buffer.from(address).toString('base64')}\u0007`);
  output.tell(`The address is on your clipboard, if your terminal allows it. ${meaning}`);
  return EXIT.done;
}

/** Through the host to the extension: on no command line, and in no address that anybody else could ask. */
async function openConnected(context: Context, url: string, session: string | undefined): Promise<boolean> {
  if (isFarAway(context.env)) return false;
  const hosts = await connectedBrowsers(context).catch(() => []);
  try {
    const pin = session === undefined ? undefined : readSettings(context.paths).browsers?.[session];
    const pinned = pin === undefined ? undefined : chooseBrowser(hosts, pin);
    const host = pinned ?? chooseBrowser(hosts, undefined, readLastBrowser(context.paths));
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
  new AwsherError('BROWSER_MISSING', 'No browser opened the console.', {
    hint: 'run the command again with `--print`, and open that address yourself',
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
