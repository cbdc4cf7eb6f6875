import { isProfile } from '../../../shared/fields.ts';
import { programWords } from './known-commands.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** A profile that may be told on: anything else is left out, never mended. */
export function tellable(profile: string | undefined): string | undefined {
  return profile !== undefined && isProfile(profile) ? profile : undefined;
}

/** Whether a command line is the AWS CLI's or `aws-sso-util`'s: both take a profile in the same way. */
export const isAwsCli = (words: readonly string[]): boolean =>
  /^(aws|awscli|aws2|aws[-_]sso[-_]util)$/.test(programWords(words)[0] ?? '');

/**
 * The profile that such a command was called for: its `--profile`, else the variables of the environment, which its
 * children inherit. No other word of the command line is looked at. Anybody's text.
 */
export function namedProfile(words: readonly string[], env: Env): string | undefined {
  for (const [index, word] of words.entries()) {
    if (word === '--') break;
    if (word === '--profile') return words[index + 1];
    if (word.startsWith('--profile=')) return word.slice('--profile='.length);
  }
  return env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE || undefined;
}

/** As `namedProfile`, for people's eyes; undefined for every other command. */
export const profileOf = (words: readonly string[], env: Env): string | undefined =>
  isAwsCli(words) ? tellable(namedProfile(words, env)) : undefined;
