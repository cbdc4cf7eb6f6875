import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { ConfigValue } from '../../base/formats/profiles.ts';
import type { Scope } from './credential-plan.ts';
import type { SourceName } from './trace.ts';

/** PROFILE_UNUSABLE for a profile, told to the trace first. `at` is the value that is to blame, `hint` what mends it, to the letter. */
export function unusable(
  scope: Scope,
  source: SourceName,
  sentence: string,
  at: ConfigValue | undefined,
  hint: string,
): AwsherError {
  const place = at ?? scope.section;
  scope.trace?.({
    profile: scope.name,
    source,
    outcome: 'invalid',
    reason: sentence,
    ...(place === undefined ? {} : { file: place.file, line: place.line }),
  });
  const where = place === undefined ? '' : ` (${place.file}, line ${place.line})`;
  return new AwsherError('PROFILE_UNUSABLE', `${sentence.replace(/\.$/, '')}${where}.`, {
    hint,
  });
}
