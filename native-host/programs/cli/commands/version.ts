import { VERSION } from '../../../base/platform/version.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit.ts';
import { createOutput } from '../output.ts';

export const command: Command = {
  declaration: { name: 'version', summary: 'Print the version', examples: ['awsher version'] },
  async run(context, invocation) {
    const output = createOutput(context, invocation);
    if (output.json) output.data({ version: VERSION });
    else output.answer(VERSION);
    return EXIT.done;
  },
};
