import { isSafeName } from '../../../../shared/aws/safe-name.ts';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { loadSharedConfig } from '../../../base/files/config-file.ts';
import { defaultFormat, formatVariables } from '../../../base/formats/exports.ts';
import { nearest } from '../../../base/formats/nearest.ts';
import { shown } from '../../../base/formats/shown.ts';
import type { Context } from '../../../base/platform/context.ts';
import { pickProfile, remember } from '../choose-profile.ts';
import { type Command, text } from '../command.ts';
import { plain } from '../output.ts';
import { canPick } from '../pick/pick.ts';

/** The forms in which a shell takes it. */
const FORMATS = ['env', 'fish', 'powershell', 'windows-cmd'] as const;

export const command: Command = {
  declaration: {
    name: 'use',
    summary: 'Choose the profile for this shell',
    noJson: true,
    description:
      'Prints the line that sets AWS_PROFILE; no keys enter the environment. With `awsher setup-shell` in place it takes effect at once. Without PROFILE you pick from a list: type to search names, account IDs, email addresses and roles. A role without a profile gets one.',
    arguments: [
      { name: 'PROFILE', description: 'The profile (default: pick from a list)', completes: 'profile' },
    ],
    options: [
      {
        flag: '--format',
        value: 'SHELL',
        description: 'The shell (default: yours)',
        choices: FORMATS,
      },
      { flag: '--off', description: 'Unset AWS_PROFILE' },
    ],
    examples: ['awsher use dev', 'awsher use', 'eval "$(command awsher use dev)"'],
  },
  async run(context, invocation, output) {
    const format = FORMATS.find((one) => one === text(invocation, 'format')) ?? shellFormat(context);
    if (invocation.options.off === true) {
      context.stdout.write(`${formatVariables([['AWS_PROFILE', undefined]], format)}\n`);
      return;
    }
    const config = loadSharedConfig(context.paths);
    const named = invocation.arguments[0] ?? text(invocation, 'profile');
    if (named !== undefined && !config.profiles.has(named)) {
      const near = nearest(named, config.profiles.keys());
      throw new AwsherError(
        'PROFILE_UNKNOWN',
        `There is no profile ${shown(named, plain)} in the AWS config.`,
        {
          hint: near === undefined ? 'run `awsher profiles sync`' : `did you mean ${near}?`,
        },
      );
    }
    const profile = named ?? (canPick(context) ? await pickProfile(context, output, config) : undefined);
    if (profile === undefined) {
      throw new AwsherError('USAGE', 'There is no terminal to pick a profile on.', {
        hint: 'name it: `awsher use PROFILE`',
      });
    }
    if (profile === null) {
      throw new AwsherError('PROFILE_UNKNOWN', 'There are no profiles yet.', {
        hint: 'run `awsher profiles sync`',
      });
    }
    if (!isSafeName(profile)) {
      throw new AwsherError(
        'NAME_INVALID',
        `The profile name ${shown(profile, (name) => JSON.stringify(plain(name)))} is not one every SDK can read.`,
        {
          hint: 'rename it in ~/.aws/config: letters, digits and _ - / . % @ : +',
        },
      );
    }
    if (named !== undefined) remember(context, config, profile);
    context.stdout.write(`${formatVariables([['AWS_PROFILE', profile]], format)}\n`);
    if (context.stdout.isTTY) {
      output.tell(
        output.style.dim(
          'This only prints the line. To apply it in this shell, add the function of `awsher setup-shell`.',
        ),
      );
    } else {
      output.tell(`${output.style.green('✓')} ${profile}`);
    }
  },
};

function shellFormat({ env, platform }: Context): (typeof FORMATS)[number] {
  const format = defaultFormat(env, platform);
  return FORMATS.find((one) => one === format) ?? 'env';
}
