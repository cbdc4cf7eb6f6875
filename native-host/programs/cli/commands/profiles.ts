import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { shown } from '../../../base/formats/shown.ts';
import type { Context } from '../../../base/platform/context.ts';
import { OUTPUTS } from '../../../features/settings/choices.ts';
import type { Command, Invocation } from '../command.ts';
import { plain } from '../output.ts';

/** What can be done, by its word. */
const ACTIONS: Readonly<Record<string, (context: Context, invocation: Invocation) => Promise<number>>> = {
  sync: async (...given) => (await import('../profiles/sync.ts')).syncProfiles(...given),
  list: async (...given) => (await import('../profiles/list.ts')).listProfiles(...given),
  undo: async (...given) => (await import('../profiles/undo.ts')).undoProfiles(...given),
};
const WORDS = Object.keys(ACTIONS);

export const command: Command = {
  declaration: {
    name: 'profiles',
    summary: 'Have a profile for every role that you can use',
    description:
      'sync lists the accounts and roles of a session and keeps a profile for each in a marked block of ~/.aws/config; your own profiles stay as they are, and those of the same role are not doubled. It shows the difference and asks. list shows the profiles that sign in through IAM Identity Center. undo brings back the config as it was before the last change that awsher made, and shows the difference; run again, the one before that, up to 20. A config that was edited since stays as it is, unless --force.',
    arguments: [{ name: 'ACTION', description: WORDS.join(', '), choices: WORDS }],
    options: [
      {
        flag: '--template',
        value: 'TEMPLATE',
        description: 'sync: how profiles are named (default {account_name|slug}_{role|undot})',
      },
      {
        flag: '--account',
        value: 'GLOB',
        description: 'sync: only accounts whose name or number matches',
        repeatable: true,
      },
      { flag: '--role', value: 'GLOB', description: 'sync: only roles that match', repeatable: true },
      {
        flag: '--include',
        value: 'GLOB',
        description: 'sync: only profiles whose name matches',
        repeatable: true,
      },
      {
        flag: '--exclude',
        value: 'GLOB',
        description: 'sync: no profile whose name matches',
        repeatable: true,
      },
      { flag: '--region', value: 'REGION', description: 'sync: region of the profiles that it keeps' },
      {
        flag: '--output',
        value: 'FORMAT',
        description: 'sync: output of the profiles that it keeps',
        choices: OUTPUTS,
      },
      { flag: '--prune', description: 'sync: remove its profiles of roles that are gone' },
      { flag: '--refresh', description: 'sync: ask AWS for the roles of all accounts again' },
      { flag: '--yes', description: 'sync: do not ask' },
      { flag: '--force', description: 'undo: also when the config was edited since; those edits are lost' },
      { flag: '--dry-run', description: 'Show the difference, write nothing' },
      { flag: '--credentials', description: 'undo: the credentials file instead of the config' },
      {
        flag: '--in-place',
        description: 'Write through a config that cannot be replaced (mounted by itself)',
      },
    ],
    examples: [
      "awsher profiles sync --exclude '*sandbox*' --region eu-west-1",
      'awsher profiles list',
      'awsher profiles undo --dry-run',
      'awsher profiles undo',
    ],
  },
  async run(context, invocation) {
    const [word] = invocation.arguments;
    const act = word !== undefined && Object.hasOwn(ACTIONS, word) ? ACTIONS[word] : undefined;
    if (act !== undefined) return act(context, invocation);
    const sentence =
      word === undefined
        ? '`awsher profiles` needs one more word.'
        : `${shown(word, plain, 'A word')} is nothing that \`awsher profiles\` does.`;
    throw new AwsherError('USAGE', sentence, {
      hint: `run ${WORDS.map((one) => `\`awsher profiles ${one}\``).join(' or ')}`,
    });
  },
};
