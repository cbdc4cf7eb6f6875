import type { ConfigSection, ConfigValue } from '../../base/formats/profiles.ts';
import type { Plan, PlanInput, Scope } from './credential-plan.ts';
import type { SourceName } from './trace.ts';

/** The keys that make a source, in the order in which the AWS CLI looks for them. */
const ORDER: readonly (readonly [
  source: SourceName,
  key: string,
  file: 'either' | 'credentials' | 'config',
])[] = [
  ['assume-role', 'role_arn', 'either'],
  ['assume-role-with-web-identity', 'web_identity_token_file', 'either'],
  ['sso', 'sso_account_id', 'either'],
  ['shared-credentials-file', 'aws_access_key_id', 'credentials'],
  ['login', 'login_session', 'either'],
  ['custom-process', 'credential_process', 'either'],
  ['config-file', 'aws_access_key_id', 'config'],
];

/** Tells the trace which other sources a profile has, and that the one which was taken goes first. */
export function tracePassedOver(scope: Scope, taken: Plan): void {
  const { section, trace, name } = scope;
  if (trace === undefined || section === undefined) return;
  const chosen = sourceOf(taken, section, scope);
  const rank = ORDER.findIndex(([source]) => source === chosen);
  for (const [source, key, file] of ORDER.slice(rank + 1)) {
    const value = section.values.get(key);
    if (value === undefined || !isIn(value, file, scope)) continue;
    // Keys beside a role are its source, when the profile names itself.
    if (taken.kind === 'assume-role' && taken.source.kind === 'keys' && taken.source.profile === name)
      continue;
    const reason = `${key} also exists, but ${chosen} comes first.`;
    trace({ profile: name, source, outcome: 'passed-over', reason, file: value.file, line: value.line });
  }
}

/** Tells the trace why a profile assumes no role. `keysCount`: it is the source of one, and has keys of its own. */
export function traceNoRole({ trace, section, name: profile }: Scope, keysCount = false): void {
  const at = section?.values.get('role_arn');
  const about = { profile, source: 'assume-role' as const };
  if (at === undefined) {
    trace?.({ ...about, outcome: 'not-there', reason: 'No role_arn.' });
    return;
  }
  const reason = keysCount
    ? 'Its own role_arn does not count: as a source_profile, it supplies its keys.'
    : 'The role_arn belongs to the web identity.';
  trace?.({ ...about, outcome: 'passed-over', reason, file: at.file, line: at.line });
}

/** Tells the trace of the end of the chain: what the machine itself may have. */
export function traceMachine({ trace, env }: PlanInput): void {
  const about = { profile: '', outcome: 'not-there' as const };
  trace?.({ ...about, source: 'container-role', reason: 'AWS_CONTAINER_CREDENTIALS_* is not set.' });
  const off = env.AWS_EC2_METADATA_DISABLED?.toLowerCase() === 'true';
  trace?.({
    ...about,
    outcome: 'passed-over',
    source: 'iam-role',
    reason: off
      ? 'AWS_EC2_METADATA_DISABLED forbids asking for the role of an EC2 instance.'
      : 'The AWS CLI would ask for the role of an EC2 instance; awsher does that only for `credential_source = Ec2InstanceMetadata`.',
  });
}

function sourceOf(plan: Plan, section: ConfigSection, scope: Scope): SourceName {
  switch (plan.kind) {
    case 'sso':
      return 'sso';
    case 'assume-role':
      return 'assume-role';
    case 'web-identity':
      return 'assume-role-with-web-identity';
    case 'process':
      return 'custom-process';
    default: {
      const key = section.values.get('aws_access_key_id');
      return key !== undefined && isIn(key, 'credentials', scope) ? 'shared-credentials-file' : 'config-file';
    }
  }
}

function isIn(value: ConfigValue, file: 'either' | 'credentials' | 'config', scope: Scope): boolean {
  return file === 'either' || (value.file === scope.credentialsFile) === (file === 'credentials');
}
