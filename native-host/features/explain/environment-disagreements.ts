import type { Question } from './question.ts';
import type { Disagreement } from './story.ts';

const FILE_VARIABLES = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'];

/** Where the environment means one thing to the AWS CLI and another to an SDK. */
export function environmentDisagreements({ deps, plan, namedBy }: Question): Disagreement[] {
  const { env, config } = deps;
  const found: Disagreement[] = [];
  if (plan?.kind === 'keys' && plan.from === 'environment' && env.AWS_PROFILE) {
    found.push({
      id: 'env-keys-and-profile',
      sdks: ['JavaScript'],
      instead: `take the profile ${env.AWS_PROFILE}: AWS_PROFILE makes it ignore the keys in the environment`,
      remedy: 'run `unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN`, or `unset AWS_PROFILE`',
      place: null,
      source: '@aws-sdk/credential-provider-node, defaultProvider',
    });
  }
  const { AWS_PROFILE: one, AWS_DEFAULT_PROFILE: other } = env;
  if (namedBy === 'AWS_PROFILE' && one && other && one !== other) {
    found.push({
      id: 'two-profile-variables',
      sdks: ['boto3', 'AWS CLI v1'],
      instead: `take the profile ${other}: they read AWS_DEFAULT_PROFILE first`,
      remedy: 'run `unset AWS_DEFAULT_PROFILE`',
      place: null,
      source: 'botocore/session.py, SESSION_VARIABLES',
    });
  }
  if (namedBy === 'AWS_DEFAULT_PROFILE') {
    found.push({
      id: 'default-profile-variable',
      sdks: ['JavaScript'],
      instead: 'take the profile default: they do not read AWS_DEFAULT_PROFILE',
      remedy: 'use AWS_PROFILE, which all of them read',
      place: null,
      source: '@smithy/shared-ini-file-loader getProfileName',
    });
  }
  if (
    plan === undefined &&
    namedBy === 'AWS_PROFILE' &&
    one &&
    env.AWS_ACCESS_KEY_ID &&
    !config.profiles.has(one)
  ) {
    found.push({
      id: 'env-keys-and-no-such-profile',
      sdks: ['Go', 'Ruby'],
      instead: `take the keys in the environment: they ignore that there is no profile ${one}`,
      remedy: 'run `unset AWS_PROFILE`',
      place: null,
      source: 'aws-sdk-go-v2 config/shared_config.go; aws-sdk-ruby credential_provider_chain.rb',
    });
  }
  const dollar = FILE_VARIABLES.find((name) => env[name]?.includes('$'));
  if (dollar !== undefined) {
    found.push({
      id: 'dollar-in-variable',
      sdks: ['Go', 'JavaScript'],
      instead: `look for a file with a $ in its name: they use ${dollar} as is`,
      remedy: `set ${dollar} to the full path`,
      place: null,
      source: 'aws-sdk-go-v2 config/env_config.go; smithy-typescript shared-ini-file-loader',
    });
  }
  const tilde = FILE_VARIABLES.find((name) => env[name]?.startsWith('~'));
  if (tilde !== undefined) {
    found.push({
      id: 'tilde-in-variable',
      sdks: ['Go'],
      instead: `look for a folder named ~: they use ${tilde} as is`,
      remedy: `set ${tilde} to the full path`,
      place: null,
      source: 'aws-sdk-go-v2 config/env_config.go',
    });
  }
  if (env.AWS_CONFIG_FILE && plan !== undefined) {
    found.push({
      id: 'php-config-file',
      sdks: ['PHP'],
      instead: 'still read ~/.aws/config: their default chain ignores AWS_CONFIG_FILE',
      remedy: 'unset AWS_CONFIG_FILE, or name the file in the program',
      place: null,
      source: 'aws-sdk-php CredentialProvider::defaultProvider',
    });
  }
  return found;
}
