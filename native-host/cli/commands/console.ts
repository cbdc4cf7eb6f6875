import { isRegionShaped } from '../../../shared/aws/regions.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { Secret } from '../../../shared/secret.ts';
import { consolePage, consoleSignIn, federationEndpoint } from '../../aws/federation.ts';
import { loadSharedConfig } from '../../files/config-file.ts';
import { textValue } from '../../formats/profiles.ts';
import { shown } from '../../formats/shown.ts';
import type { Context } from '../../platform/context.ts';
import { handOver } from '../../platform/hand-over.ts';
import { openInBrowser } from '../../platform/opener.ts';
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
  const region = pageRegion(context, invocation, profile);
  const credentials = await profileCredentials(context, { profile, explicit, output, mayPrompt: true });
  const address = await consoleSignIn({ env: context.env, signal: context.signal }, credentials, {
    endpoint: parts.endpoint ?? federationEndpoint(region),
    destination: consolePage(region, service),
  });
  if (flag(invocation, 'print')) {
    context.stdout.write(`${address.expose()}\n`);
    return EXIT.done;
  }
  return open(context, output, address, parts.open ?? ((one, url) => openInBrowser(one, url)));
}

/** The sign-in address lets anybody in, so it goes to the browser through a one-time address of this machine. */
async function open(
  context: Context,
  output: Output,
  address: Secret,
  opener: NonNullable<ConsoleParts['open']>,
): Promise<number> {
  const hand = await handOver(address.expose(), OPEN_DEADLINE_MS);
  try {
    if ((await opener(context, hand.url)) && (await hand.taken)) {
      output.tell('The console opens in your browser.');
      return EXIT.done;
    }
  } finally {
    hand.close();
  }
  throw new AwsherError('BROWSER_MISSING', 'No browser came for the console.', {
    hint: 'run the command again with `--print`, and open the address yourself',
  });
}

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
