import { TOOLS } from '../../../features/migrate/found-profile.ts';
import type { Command } from '../command.ts';
import { migrate } from '../migrate/run-migration.ts';

export const command: Command = {
  declaration: {
    name: 'migrate',
    summary: 'Move profiles here from another tool',
    description:
      "Finds the Identity Center role for each of the tool's profiles, shows the plan and the changes, and asks before writing. The new profiles are called NAME-sso; --remove-old later gives them the old names. A saml2aws account that no session covers becomes a sign-in for `awsher saml login`. The tool's own files stay as they are. legacy-sso is for profiles with their own sso_start_url.",
    arguments: [{ name: 'TOOL', description: TOOLS.join(', '), choices: TOOLS }],
    options: [
      { flag: '--dry-run', description: 'Show the plan and the changes without writing them' },
      { flag: '--yes', description: 'Do not ask' },
      {
        flag: '--remove-old',
        description: 'Give the new profiles the old names, and remove the old ones',
      },
      {
        flag: '--map',
        value: 'PROFILE=ACCOUNT/ROLE',
        description: 'The role of a profile, if its files do not say',
        repeatable: true,
      },
    ],
    examples: [
      'awsher migrate saml2aws --dry-run',
      'awsher migrate granted',
      'awsher migrate granted --remove-old',
      'awsher migrate leapp --map prod=111122223333/Admin',
    ],
  },
  run: migrate,
};
