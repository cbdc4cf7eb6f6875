import { FORMATS } from '../../../features/settings/choices.ts';
import type { Command } from '../command.ts';

export const command: Command = {
  declaration: {
    name: 'import',
    summary: "Import your team's settings",
    description:
      'SOURCE is a file, an https address, or - for stdin: TOML, INI or JSON with sessions, profile names and filters, and account labels and colors (docs/accounts.md). Shows the changes and asks before writing. A settings file cannot name a command, path or program.',
    arguments: [
      { name: 'SOURCE', description: 'File, https address, or -', required: true, completes: 'file' },
    ],
    options: [
      {
        flag: '--format',
        value: 'FORMAT',
        description: 'If the file name does not say it',
        choices: FORMATS,
      },
      { flag: '--dry-run', description: 'Show the changes without writing them' },
      { flag: '--yes', description: 'Do not ask' },
      {
        flag: '--in-place',
        description: 'Write into a file that cannot be replaced, such as one mounted on its own',
      },
    ],
    examples: ['awsher import https://example.com/awsher.toml', 'awsher import team.ini --dry-run'],
  },
  run: async (...given) => (await import('../import/run-import.ts')).runImport(...given),
};
