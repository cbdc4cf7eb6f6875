import type { Command } from '../command.ts';
import { promptSegment } from '../prompt/segment.ts';

export const command: Command = {
  declaration: {
    name: 'prompt',
    summary: 'Print the profile and its time left, for a shell prompt',
    description:
      "Prints `dev 47m`, `dev` if the time is up and the next command renews it, or nothing without AWS_PROFILE and `awsher exec`. Reads files only and never fails. For bash: PS1='$(awsher prompt) \\$ '. For other shells: docs/accounts.md.",
    examples: ['awsher prompt'],
  },
  async run(context, _invocation, output) {
    const segment = promptSegment(context.env, context.paths, context.now);
    if (output.json) output.data({ text: segment });
    else if (segment !== '') output.answer(segment);
  },
};
