import type { Command } from '../command.ts';
import { EXIT } from '../exit.ts';
import { createOutput } from '../output.ts';
import { promptSegment } from '../prompt/segment.ts';

export const command: Command = {
  declaration: {
    name: 'prompt',
    summary: 'Print the profile in use and how long its token lasts, for a prompt',
    description:
      "One short piece of text, as `dev 47m`; `dev` alone when that has ended and the next command renews it; nothing when AWS_PROFILE is not set and no `awsher exec` is around it. Reads files only, is as fast as Node starts, and never fails. For bash: PS1='$(awsher prompt) \\$ '. For other shells: docs/accounts.md.",
    examples: ['awsher prompt'],
  },
  async run(context, invocation) {
    const output = createOutput(context, invocation);
    const segment = promptSegment(context.env, context.paths, context.now);
    if (output.json) output.data({ text: segment });
    else if (segment !== '') output.answer(segment);
    return EXIT.done;
  },
};
