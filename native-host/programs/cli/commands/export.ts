import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { profileVariables } from '../../../aws/resolver/profile-environment.ts';
import { processJson } from '../../../aws/roles/credentials.ts';
import { loadSharedConfig } from '../../../base/files/config-file.ts';
import {
  defaultFormat,
  EXPORT_FORMATS,
  formatVariables,
  isExportFormat,
} from '../../../base/formats/exports.ts';
import { textValue } from '../../../base/formats/profiles.ts';
import { shown } from '../../../base/formats/shown.ts';
import { chooseProfile } from '../choose-profile.ts';
import { type Command, text } from '../command.ts';
import { credentialVariables } from '../exec/environment.ts';
import { profileCredentials } from '../profile-credentials.ts';

export const command: Command = {
  declaration: {
    name: 'export',
    summary: "Print a profile's credentials for a shell, a .env file or a program",
    options: [
      {
        flag: '--format',
        value: 'FORMAT',
        description: 'The format (default: for your shell)',
        choices: EXPORT_FORMATS,
      },
    ],
    examples: ['eval "$(awsher export --profile dev)"', 'awsher export --profile dev --format dotenv > .env'],
  },
  async run(context, invocation, output) {
    const typed =
      text(invocation, 'format') ?? (output.json ? 'json' : defaultFormat(context.env, context.platform));
    if (!isExportFormat(typed)) {
      throw new AwsherError('USAGE', `There is no format ${shown(typed)}.`, {
        hint: `use one of ${EXPORT_FORMATS.join(', ')}`,
      });
    }
    const asked = await chooseProfile(context, invocation, output);
    const credentials = await profileCredentials(context, { ...asked, output, mayPrompt: true });
    const { paths, env } = context;
    const config = loadSharedConfig(paths);
    const region = textValue(config.profiles.get(asked.profile), 'region');
    const settings = Object.entries({
      ...(region === undefined ? {} : { AWS_REGION: region, AWS_DEFAULT_REGION: region }),
      ...profileVariables(config, asked.profile, env),
    });
    const variables = [...credentialVariables(credentials), ...settings];
    context.stdout.write(
      `${typed === 'json' ? processJson(credentials) : formatVariables(variables, typed)}\n`,
    );
  },
};
