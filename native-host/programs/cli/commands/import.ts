import { FORMATS } from '../../../features/settings/choices.ts';
import type { Command } from '../command.ts';

export const command: Command = {
  declaration: {
    name: 'import',
    summary: 'Take over the settings that your platform team publishes',
    description:
      'SOURCE is a file, an https address, or - for stdin: TOML, INI or JSON with sessions, the naming and filters of profiles, and labels and colors of accounts (docs/accounts.md). Shows the difference and asks. Nothing in it can name a command, a path or a program.',
    arguments: [
      { name: 'SOURCE', description: 'File, https address, or -', required: true, completes: 'file' },
    ],
    options: [
      {
        flag: '--format',
        value: 'FORMAT',
        description: 'When the ending does not say it',
        choices: FORMATS,
      },
      { flag: '--dry-run', description: 'Show the difference, write nothing' },
      { flag: '--yes', description: 'Do not ask' },
      {
        flag: '--in-place',
        description: 'Write through a config that cannot be replaced (mounted by itself)',
      },
    ],
    examples: ['awsher import https://example.com/awsher.toml', 'awsher import team.ini --dry-run'],
  },
  run: async (context, invocation) =>
    (await import('../import/run-import.ts')).runImport(context, invocation),
};
