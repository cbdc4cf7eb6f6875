import { readableConfig } from '../../../base/files/readable-config.ts';
import { findConflicts } from '../../explain/conflicts.ts';
import { type Check, type Finding, fail, inline, ok, together } from '../check.ts';
import type { DoctorContext } from '../context.ts';

/** What wins over the sign-in without anybody noticing: keys in the environment, a second source in a profile. */
export const conflicts: Check = {
  id: 'conflicts',
  title: 'Competing credentials',
  run(context) {
    const found = [...inEnvironment(context), ...inProfiles(context)];
    return found.length > 0 ? together(found) : ok('nothing competes with the sign-in');
  },
};

const VARIABLES = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

function inEnvironment({ env, platform }: DoctorContext): Finding[] {
  const set = VARIABLES.filter((name) => env[name]);
  if (!set.includes('AWS_ACCESS_KEY_ID')) return [];
  const unset =
    platform === 'win32' ? set.map((name) => `set ${name}=`).join(' & ') : `unset ${set.join(' ')}`;
  return [
    fail(
      `The environment has keys (${set.join(', ')}); they win over AWS_PROFILE in every tool.`,
      `run \`${unset}\`, and look in your shell's start files`,
    ),
  ];
}

function inProfiles(context: DoctorContext): Finding[] {
  return findConflicts(readableConfig(context.paths)).map(({ warning, file, line }) =>
    fail(inline(warning), `take one of the two out of ${file}, line ${line}`),
  );
}
