import { devNull } from 'node:os';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { planProfile } from '../../../aws/resolver/plan-profile.ts';
import { profileVariables } from '../../../aws/resolver/profile-environment.ts';
import { resolveProfile } from '../../../aws/resolver/resolve.ts';
import { loadSharedConfig } from '../../../base/files/config-file.ts';
import { type SharedConfig, textValue } from '../../../base/formats/profiles.ts';
import type { Context } from '../../../base/platform/context.ts';
import { runInForeground } from '../../../base/platform/foreground-child.ts';
import { chooseProfile } from '../choose-profile.ts';
import { type Command, flag } from '../command.ts';
import { serveCredentials } from '../exec/credential-server.ts';
import { type CredentialSource, childEnvironment } from '../exec/environment.ts';
import { plain } from '../output.ts';
import { keepFromAgents } from '../production-rule.ts';
import { openAws, resolveDeps } from '../profile-credentials.ts';

/** What shells say for a program that is not there, and for one that may not be run. */
const EXIT_MISSING = 127;
const EXIT_FORBIDDEN = 126;

export const command: Command = {
  declaration: {
    name: 'exec',
    summary: "Run a command with a profile's credentials",
    noJson: true,
    description:
      'The command sees only these credentials. Its exit code is passed on; after signal n it is 128 + n. With --refresh it gets its credentials from a local endpoint that renews them.',
    arguments: [
      {
        name: 'COMMAND',
        description: 'The command and its arguments, after --',
        required: true,
        variadic: true,
      },
    ],
    options: [{ flag: '--refresh', description: 'Keep credentials fresh, for long runs' }],
    examples: ['awsher exec --profile dev -- terraform plan', 'awsher exec --refresh -- ./nightly.sh'],
  },
  async run(context, invocation, output) {
    const [program, ...args] = invocation.arguments;
    if (program === undefined) {
      throw new AwsherError('USAGE', 'There is no command to run.', {
        hint: 'put it after `--`: `awsher exec -- aws s3 ls`',
      });
    }
    const asked = await chooseProfile(context, invocation, output);
    const config = loadSharedConfig(context.paths);
    await keepFromAgents(context, config, asked.profile);
    const aws = openAws(context, { profile: asked.profile, config });
    try {
      const deps = resolveDeps(context, aws, config, { output, mayPrompt: true });
      const credentials = await resolveProfile(deps, asked);
      const region = textValue(config.profiles.get(asked.profile), 'region');
      // While the child runs nobody may be asked: it has the terminal. And an interrupt is the child's to decide about.
      const { askMfa: _askMfa, signal: _signal, ...quiet } = deps;
      const server = flag(invocation, 'refresh')
        ? await serveCredentials(() =>
            resolveProfile({ ...quiet, mayAsk: false, config: loadSharedConfig(context.paths) }, asked),
          )
        : undefined;
      const source: CredentialSource =
        server === undefined
          ? { kind: 'keys', credentials }
          : {
              kind: 'endpoint',
              ...server,
              hideFiles: defaultProfileWins(context, config) ? devNull : undefined,
            };
      try {
        const settings = profileVariables(config, asked.profile, context.env);
        const env = childEnvironment({ ...context.env, ...settings }, source, {
          profile: asked.profile,
          region,
        });
        const end = await runInForeground(program, args, { env, isTTY: context.stdin.isTTY });
        if (end.kind === 'ended') return end.exitCode;
        if (end.reason === 'missing') output.warn(`${plain(program)}: command not found`);
        else output.warn(`${plain(program)}: it could not be started`);
        return end.reason === 'missing' ? EXIT_MISSING : EXIT_FORBIDDEN;
      } finally {
        server?.close();
      }
    } finally {
      aws.close();
    }
  },
};

/** SDKs ask the `default` profile before the endpoint; if it gives credentials, the child must not see it. */
function defaultProfileWins({ paths }: Context, config: SharedConfig): boolean {
  if (!config.profiles.has('default')) return false;
  try {
    planProfile({
      config,
      credentialsFile: paths.credentialsFile,
      env: {},
      profile: 'default',
      explicit: true,
    });
    return true;
  } catch (thrown) {
    return !(thrown instanceof AwsherError) || thrown.code !== 'CREDENTIALS_MISSING';
  }
}
