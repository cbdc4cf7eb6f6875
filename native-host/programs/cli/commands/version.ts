import { VERSION } from '../../../base/platform/version.ts';
import type { Command } from '../command.ts';

export const command: Command = {
  declaration: { name: 'version', summary: 'Print the version', examples: ['awsher version'] },
  async run(_context, _invocation, output) {
    if (output.json) output.data({ version: VERSION });
    else output.answer(VERSION);
  },
};
