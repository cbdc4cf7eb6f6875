import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { removeLine, writeBelow, writeIn } from '../../base/formats/advice.ts';
import { nearest } from '../../base/formats/nearest.ts';
import { type ConfigValue, textValue } from '../../base/formats/profiles.ts';
import type { Plan, Scope } from './credential-plan.ts';
import { unusable } from './invalid.ts';
import { planStaticKeys } from './key-plans.ts';
import { oneHopFurther } from './trace.ts';

/** A role to assume with other credentials; not when the profile has a web identity token (botocore `_has_assume_role_config_vars`). */
export function wantsAssumeRole({ section }: Pick<Scope, 'section'>): boolean {
  return section?.values.has('role_arn') === true && !section.values.has('web_identity_token_file');
}

/** `role_arn` with `source_profile` or `credential_source` (botocore/credentials.py `AssumeRoleProvider`). */
export function planAssumeRole(scope: Scope, planSource: (scope: Scope) => Plan | undefined): Plan {
  const { section, name } = scope;
  const roleArn = textValue(section, 'role_arn');
  const at = section?.values.get('role_arn');
  if (at === undefined || roleArn === undefined)
    throw unusable(
      scope,
      'assume-role',
      `role_arn of profile ${name} is empty.`,
      at,
      at === undefined ? '' : removeLine(at),
    );
  const sourceProfile = section?.values.get('source_profile');
  const credentialSource = section?.values.get('credential_source');
  if (sourceProfile !== undefined && credentialSource !== undefined) {
    const sentence = `Profile ${name} has both source_profile and credential_source.`;
    throw unusable(scope, 'assume-role', sentence, credentialSource, removeLine(credentialSource));
  }
  if (sourceProfile === undefined && credentialSource === undefined) {
    const sentence = `Profile ${name} has a role_arn but neither source_profile nor credential_source.`;
    const own = section?.values.has('aws_access_key_id') === true ? name : 'NAME';
    throw unusable(scope, 'assume-role', sentence, at, writeBelow(at, `source_profile = ${own}`));
  }
  scope.trace?.({
    profile: name,
    source: 'assume-role',
    outcome: 'taken',
    reason: `Role ${roleArn}, assumed with the credentials of ${
      sourceProfile ? `profile ${sourceProfile.value}` : (credentialSource?.value ?? '')
    }.`,
    file: at.file,
    line: at.line,
  });
  const source = sourceProfile
    ? fromProfile(scope, sourceProfile, planSource)
    : fromNamedSource(scope, credentialSource);
  return {
    kind: 'assume-role',
    profile: name,
    request: {
      roleArn,
      externalId: textValue(section, 'external_id'),
      durationSeconds: integer(textValue(section, 'duration_seconds')),
      roleSessionName: textValue(section, 'role_session_name'),
      mfaSerial: textValue(section, 'mfa_serial'),
    },
    region: regionOf(scope),
    source,
  };
}

/** The region to ask STS in, as the AWS CLI v2 finds one: the environment's before the profile's. */
export function regionOf({ env, section, config, profile }: Scope): string | undefined {
  return (
    env.AWS_REGION ||
    env.AWS_DEFAULT_REGION ||
    textValue(config.profiles.get(profile), 'region') ||
    textValue(section, 'region')
  );
}

function fromProfile(scope: Scope, at: ConfigValue, planSource: (scope: Scope) => Plan | undefined): Plan {
  const { config, name, visited } = scope;
  const source = at.value;
  const section = config.profiles.get(source);
  if (section === undefined) {
    const sentence = `source_profile ${source} of profile ${name} does not exist.`;
    const meant = nearest(source, config.profiles.keys()) ?? 'NAME';
    throw unusable(scope, 'assume-role', sentence, at, writeIn(at, `source_profile = ${meant}`));
  }
  const hasKeys = section.values.has('aws_access_key_id') || section.values.has('aws_secret_access_key');
  // A profile may be its own source, which then means the keys beside the role.
  if (visited.includes(source) && !(source === name && hasKeys)) throw loop(scope, [...visited, source], at);
  const next: Scope = {
    ...scope,
    ...oneHopFurther(scope.trace),
    name: source,
    section,
    visited: [...visited, source],
    useEnv: false,
  };
  const planned = planSource(next);
  if (planned !== undefined) return planned;
  throw unusable(
    scope,
    'assume-role',
    `Profile ${source}, the source_profile of ${name}, has no credentials.`,
    at,
    `${writeIn(at, 'source_profile = NAME')}, the name of a profile that has some`,
  );
}

function fromNamedSource(scope: Scope, at: ConfigValue | undefined): Plan {
  const { trace: inner } = { trace: undefined, ...oneHopFurther(scope.trace) };
  const named = { profile: scope.name, outcome: 'taken' as const };
  switch (at?.value) {
    case 'Environment': {
      const keys = planStaticKeys.fromEnvironment(scope.env, inner, false);
      if (keys !== undefined) return keys;
      const sentence = 'credential_source is Environment, but AWS_ACCESS_KEY_ID is not set.';
      throw unusable(
        scope,
        'env',
        sentence,
        at,
        'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY before the command',
      );
    }
    case 'Ec2InstanceMetadata':
      inner?.({ ...named, source: 'iam-role', reason: "The EC2 instance's own role." });
      return { kind: 'instance' };
    case 'EcsContainer':
      inner?.({ ...named, source: 'container-role', reason: "The container's own role." });
      return { kind: 'container' };
    default: {
      const sentence = `credential_source of profile ${scope.name} must be Environment, Ec2InstanceMetadata or EcsContainer.`;
      throw unusable(
        scope,
        'assume-role',
        sentence,
        at,
        at === undefined ? '' : writeIn(at, 'credential_source = Environment'),
      );
    }
  }
}

function loop(scope: Scope, way: readonly string[], at: ConfigValue): AwsherError {
  const path = way.join(' → ');
  const reason = `The chain of source profiles is a loop: ${path}.`;
  scope.trace?.({
    profile: scope.name,
    source: 'assume-role',
    outcome: 'invalid',
    reason,
    file: at.file,
    line: at.line,
  });
  return new AwsherError('PROFILE_LOOP', reason, {
    hint: `${writeIn(at, 'source_profile = NAME')}, the name of another profile`,
  });
}

/** Python's `int`; what is no integer does not count (botocore `_get_role_config`). */
function integer(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : undefined;
}
