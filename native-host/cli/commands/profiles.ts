import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { Context } from '../../platform/context.ts';
import type { Command, Invocation } from '../command.ts';
import { plain } from '../output.ts';
import { undoProfiles } from '../profiles/undo.ts';

/** What can be done, by its word. */
const ACTIONS: Readonly<Record<string, (context: Context, invocation: Invocation) => Promise<number>>> = {
  undo: undoProfiles,
};
const WORDS = Object.keys(ACTIONS);

export const command: Command = {
  declaration: {
    name: 'profiles',
    summary: 'Take back changes of the AWS config',
    description:
      'undo brings back the config as it was before the last change that awsher made, and shows the difference; run again, the one before that, up to 20. A config that was edited since stays as it is, unless --force.',
    arguments: [{ name: 'ACTION', description: WORDS.join(', '), choices: WORDS }],
    options: [
      { flag: '--force', description: 'Also when the config was edited since; those edits are lost' },
      { flag: '--dry-run', description: 'Show the difference, write nothing' },
      {
        flag: '--in-place',
        description: 'Write through a config that cannot be replaced (mounted by itself)',
      },
    ],
    examples: ['awsher profiles undo --dry-run', 'awsher profiles undo'],
  },
  async run(context, invocation) {
    const [word] = invocation.arguments;
    const act = word !== undefined && Object.hasOwn(ACTIONS, word) ? ACTIONS[word] : undefined;
    if (act !== undefined) return act(context, invocation);
    const sentence =
      word === undefined
        ? '`awsher profiles` needs one more word.'
        : `There is no \`awsher profiles ${plain(word)}\`.`;
    throw new AwsherError('USAGE', sentence, {
      hint: `run ${WORDS.map((one) => `\`awsher profiles ${one}\``).join(' or ')}`,
    });
  },
};
