import { disagreement } from './disagreement.ts';
import type { Question } from './question.ts';
import type { Disagreement } from './story.ts';

const FILE_VARIABLES = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'];

/** Where the environment means one thing to the AWS CLI and another to an SDK. */
export function environmentDisagreements({ deps, plan, namedBy }: Question): Disagreement[] {
  const { env, config } = deps;
  const found: Disagreement[] = [];
  const { AWS_PROFILE: one, AWS_DEFAULT_PROFILE: other } = env;
  if (plan?.kind === 'keys' && plan.from === 'environment' && one)
    found.push(disagreement('env-keys-and-profile', { name: one }));
  if (namedBy === 'AWS_PROFILE' && one && other && one !== other)
    found.push(disagreement('two-profile-variables', { name: other }));
  if (namedBy === 'AWS_DEFAULT_PROFILE') found.push(disagreement('default-profile-variable'));
  const passedOver = one && env.AWS_ACCESS_KEY_ID && !config.profiles.has(one);
  if (plan === undefined && namedBy === 'AWS_PROFILE' && passedOver)
    found.push(disagreement('env-keys-and-no-such-profile', { name: one }));
  const dollar = FILE_VARIABLES.find((name) => env[name]?.includes('$'));
  if (dollar !== undefined) found.push(disagreement('dollar-in-variable', { name: dollar }));
  const tilde = FILE_VARIABLES.find((name) => env[name]?.startsWith('~'));
  if (tilde !== undefined) found.push(disagreement('tilde-in-variable', { name: tilde }));
  if (env.AWS_CONFIG_FILE && plan !== undefined) found.push(disagreement('php-config-file'));
  return found;
}
