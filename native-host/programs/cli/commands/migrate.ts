import { TOOLS } from '../../../features/migrate/found-profile.ts';
import type { Command } from '../command.ts';
import { migrate } from '../migrate/run-migration.ts';

export const command: Command = {
  declaration: {
    name: 'migrate',
    summary: 'Take over the profiles of another tool',
    description:
      'Maps the profiles that the tool fills to accounts and roles of your Identity Center sessions, shows the plan and the difference, and asks. The new profiles stand beside the old ones as NAME-sso; --remove-old then gives them the old names and removes what the tool wrote. A saml2aws account whose role no session offers becomes a sign-in for `awsher saml login`. The tool and its own files stay as they are. legacy-sso is for profiles that name the portal themselves (sso_start_url).',
    arguments: [{ name: 'TOOL', description: TOOLS.join(', '), choices: TOOLS }],
    options: [
      { flag: '--dry-run', description: 'Show the plan and the difference, write nothing' },
      { flag: '--yes', description: 'Do not ask' },
      {
        flag: '--remove-old',
        description: 'Give the new profiles the old names, and remove what the tool wrote',
      },
      {
        flag: '--map',
        value: 'PROFILE=ACCOUNT/ROLE',
        description: 'Say which role a profile is, where its files do not',
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
