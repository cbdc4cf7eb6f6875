import { planProfile } from '../../../aws/resolver/plan-profile.ts';
import { loadSharedConfig } from '../../../base/files/config-file.ts';
import { chooseProfile } from '../choose-profile.ts';
import type { Command } from '../command.ts';
import { plain } from '../output.ts';
import { openAws, resolveDeps } from '../profile-credentials.ts';
import { facts } from '../table.ts';
import { askWho } from '../who.ts';

export const command: Command = {
  declaration: {
    name: 'whoami',
    summary: 'Show who a profile is: person, account, role',
    description:
      'Asks AWS (GetCallerIdentity, which needs no permission). Never opens a browser: exits with 4 if you need to sign in.',
    examples: ['awsher whoami --profile dev', 'awsher whoami --json'],
  },
  async run(context, invocation, output) {
    const { profile, explicit } = await chooseProfile(context, invocation, output);
    const config = loadSharedConfig(context.paths);
    const aws = openAws(context, { profile, config });
    try {
      const deps = {
        ...resolveDeps(context, aws, config, { output, mayPrompt: true }),
        signal: context.signal,
      };
      const { env, paths } = context;
      const plan = planProfile({ config, credentialsFile: paths.credentialsFile, env, profile, explicit });
      const { who, accountId, role, arn } = await askWho(deps, profile, plan);
      if (output.json) {
        output.data({ profile, who, accountId, role, arn });
        return;
      }
      const rows = Object.entries({ who, account: accountId, role, arn }).flatMap(([name, value]) =>
        value === null ? [] : [[name, plain(value)] as const],
      );
      output.answer(facts(rows, output.room));
    } finally {
      aws.close();
    }
  },
};
