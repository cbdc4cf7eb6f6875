import { isProfile } from '../../shared/protocol/fields.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** A profile that may be told on: anything else is left out, never mended. */
export function tellable(profile: string | undefined): string | undefined {
  return profile !== undefined && isProfile(profile) ? profile : undefined;
}

/**
 * The profile for which the AWS CLI (or `aws-sso-util`) was called: its `--profile`, else the variables of the
 * environment, which its children inherit. No other word of the command line is looked at.
 */
export function profileOf(command: string, words: readonly string[], env: Env): string | undefined {
  if (!/^(aws|awscli|aws2|aws[-_]sso[-_]util)( |$)/.test(command)) return undefined;
  for (const [index, word] of words.entries()) {
    if (word === '--') break;
    if (word === '--profile') return tellable(words[index + 1]);
    if (word.startsWith('--profile=')) return tellable(word.slice('--profile='.length));
  }
  return tellable(env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE || undefined);
}
