import { OUTPUTS } from '../../../features/settings/choices.ts';
import type { CommandGroup, OptionDeclaration } from '../command.ts';

const DRY_RUN: OptionDeclaration = {
  flag: '--dry-run',
  description: 'Show the changes without writing them',
};
const IN_PLACE: OptionDeclaration = {
  flag: '--in-place',
  description: 'Write into a file that cannot be replaced, such as one mounted on its own',
};

export const group: CommandGroup = {
  declaration: {
    name: 'profiles',
    summary: 'Create and keep a profile for each of your roles',
    examples: ["awsher profiles sync --exclude '*sandbox*'", 'awsher profiles list', 'awsher profiles undo'],
  },
  commands: [
    {
      declaration: {
        name: 'sync',
        summary: 'Create a profile for each account and role',
        description:
          'Keeps the profiles in a marked block of ~/.aws/config. Your own profiles stay as they are; a role that has one gets no second. Shows the changes and asks before writing.',
        options: [
          {
            flag: '--template',
            value: 'TEMPLATE',
            description: 'How to name profiles (default {account_name|slug}_{role|undot})',
          },
          {
            flag: '--account',
            value: 'GLOB',
            description: 'Only accounts whose name or ID matches',
            repeatable: true,
          },
          { flag: '--role', value: 'GLOB', description: 'Only roles whose name matches', repeatable: true },
          {
            flag: '--include',
            value: 'GLOB',
            description: 'Only profiles whose name matches',
            repeatable: true,
          },
          {
            flag: '--exclude',
            value: 'GLOB',
            description: 'No profiles whose name matches',
            repeatable: true,
          },
          { flag: '--region', value: 'REGION', description: 'Region of the profiles' },
          {
            flag: '--output',
            value: 'FORMAT',
            description: 'Output format of the profiles',
            choices: OUTPUTS,
          },
          { flag: '--prune', description: 'Remove profiles of roles that no longer exist' },
          { flag: '--refresh', description: 'List the roles of every account again' },
          { flag: '--yes', description: 'Do not ask' },
          DRY_RUN,
          IN_PLACE,
        ],
        examples: [
          'awsher profiles sync',
          "awsher profiles sync --exclude '*sandbox*' --region eu-west-1",
          'awsher profiles sync --prune --yes',
        ],
      },
      run: async (...given) => (await import('../profiles/sync.ts')).syncProfiles(...given),
    },
    {
      declaration: {
        name: 'list',
        summary: 'List the profiles that sign in through IAM Identity Center',
        examples: ['awsher profiles list', 'awsher profiles list --json'],
      },
      run: async (...given) => (await import('../profiles/list.ts')).listProfiles(...given),
    },
    {
      declaration: {
        name: 'undo',
        summary: "Undo awsher's last change to ~/.aws/config",
        description:
          'Shows the changes. Run it again to go further back, up to 20 changes. A config you have edited since stays as it is, unless you add --force.',
        options: [
          { flag: '--force', description: 'Discard the edits made since' },
          { flag: '--credentials', description: 'The credentials file instead of the config' },
          { flag: '--yes', description: 'For scripts; `undo` never asks' },
          DRY_RUN,
          IN_PLACE,
        ],
        examples: ['awsher profiles undo --dry-run', 'awsher profiles undo'],
      },
      run: async (...given) => (await import('../profiles/undo.ts')).undoProfiles(...given),
    },
  ],
};
