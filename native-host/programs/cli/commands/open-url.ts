import { classifyHandedOver } from '../../../../shared/approval/approval-address.ts';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { browserCommands } from '../../../base/platform/browser-variable.ts';
import type { Context } from '../../../base/platform/context.ts';
import { openInBrowser } from '../../../base/platform/opener.ts';
import { isFarAway } from '../../../base/platform/remote.ts';
import { handOver } from '../../../features/signin/hand-over.ts';
import { type Command, type Declaration, type Run, text } from '../command.ts';

export const declaration: Declaration = {
  name: 'open-url',
  summary: 'Open an address, and approve AWS sign-ins of other tools',
  noJson: true,
  description:
    'For $BROWSER and similar settings. An AWS approval page goes to the browser that has awsher, which approves it for the sign-in command that asked; any other address opens in the system browser. See docs/other-tools.md and `awsher setup-shell`.',
  arguments: [{ name: 'URL', description: 'An http, https or file address', required: true }],
  options: [
    {
      flag: '--browser',
      value: 'LABEL',
      description: 'The connected browser to approve in',
      completes: 'label',
    },
  ],
  examples: [
    'BROWSER="awsher open-url %s" aws sso login',
    "awsher open-url 'https://corp.awsapps.com/start/#/device?user_code=ABCD-EFGH'",
  ],
};

const run: Run = async (context, invocation, output) => {
  const [url = ''] = invocation.arguments;
  const address = classifyHandedOver(url);
  if (address.kind === 'unusable') {
    throw new AwsherError('USAGE', 'open-url needs an http, https or file address.', {
      hint: 'see `awsher help open-url`',
    });
  }
  if (address.kind !== 'page') {
    const { browser, request } = await handOver(context, address, text(invocation, 'browser'));
    if (browser !== null) {
      const how = request.silent ? 'without asking you' : 'after asking you';
      output.detail(`${browser} approves it for ${request.asker.command}, ${how}`);
      return;
    }
    output.detail('no browser with awsher accepts it, so the system browser opens it');
  }
  // An approval belongs into the browser where the person is; the tool that asked has printed address and code.
  const remote = address.kind !== 'page' && isFarAway(context.env) && !namesAnother(context, url);
  if (!remote && (await openInBrowser(context, url))) return;
  throw new AwsherError('BROWSER_MISSING', 'There is no browser here to open the address.', {
    hint: 'open it yourself',
  });
};

/** Whether `$BROWSER` names a browser besides awsher: editors that work remotely set it to one on the person's side. */
function namesAnother({ env, platform }: Context, url: string): boolean {
  return browserCommands(env.BROWSER, url, { platform, path: env.PATH }).length > 0;
}

export const command: Command = { declaration, run };
