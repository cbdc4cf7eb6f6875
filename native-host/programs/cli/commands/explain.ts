import { ERROR_CODES } from '../../../../shared/errors/codes.ts';
import { openServerClock } from '../../../aws/calls/server-clock.ts';
import type { Context } from '../../../base/platform/context.ts';
import type { NamedBy } from '../../../features/explain/story.ts';
import { tellStory } from '../../../features/explain/tell.ts';
import { type Command, type Declaration, type Invocation, type Run, text } from '../command.ts';
import { EXIT } from '../exit.ts';
import { storyText } from '../explain/explain-words.ts';
import { tellOptions } from '../explain/options.ts';

export const declaration: Declaration = {
  name: 'explain',
  summary: "Show where a profile's credentials come from, step by step",
  description:
    'Shows what awsher looked at, in which file and line, what it used and why, and which SDKs would decide differently. No network, no secrets, nothing written. Exits with 0 if the profile leads to credentials (even if you need to sign in first), otherwise with the code of the error.',
  arguments: [
    {
      name: 'PROFILE',
      description: 'The profile (default: AWS_PROFILE, else default)',
      completes: 'profile',
    },
  ],
  examples: ['awsher explain', 'awsher explain prod', 'AWS_PROFILE=prod awsher explain --json'],
};

export const run: Run = async (context, invocation, output) => {
  const { env, paths } = context;
  const clock = openServerClock(paths, context.now);
  const story = tellStory({ paths, env, clock, ...asked(context, invocation) });
  if (output.json) output.data(story);
  else output.answer(storyText(story, tellOptions(context, invocation)));
  const { error, state } = story.verdict;
  if (error !== null) return ERROR_CODES[error.code];
  return state === 'broken' || state === 'expired' ? EXIT.failed : EXIT.done;
};

export const command: Command = { declaration, run };

function asked({ env }: Context, invocation: Invocation): { profile: string; namedBy: NamedBy } {
  const named = invocation.arguments[0] ?? text(invocation, 'profile');
  if (named !== undefined) return { profile: named, namedBy: 'argument' };
  if (env.AWS_PROFILE) return { profile: env.AWS_PROFILE, namedBy: 'AWS_PROFILE' };
  if (env.AWS_DEFAULT_PROFILE) return { profile: env.AWS_DEFAULT_PROFILE, namedBy: 'AWS_DEFAULT_PROFILE' };
  return { profile: 'default', namedBy: 'nothing' };
}
