import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { nearest } from '../../base/formats/nearest.ts';
import { shown } from '../../base/formats/shown.ts';
import { planAssumeRole, wantsAssumeRole } from './assume-role-plan.ts';
import type { Plan, PlanInput, Scope } from './credential-plan.ts';
import { planLogin, planProcess, planStaticKeys } from './key-plans.ts';
import { traceMachine, traceNoRole, tracePassedOver } from './passed-over.ts';
import { planSso } from './sso-plan.ts';
import type { SourceName, Trace } from './trace.ts';
import { planWebIdentity } from './web-identity-plan.ts';

/**
 * Decides where a profile's credentials come from, with the AWS CLI's precedence (botocore/credentials.py
 * `create_credential_resolver`, `ProfileProviderBuilder.providers`): keys in the environment unless the profile was
 * named, role, web identity, Identity Center, keys in the credentials file, `aws login`, credential_process, keys in the
 * config file, container. Pure.
 * Throws PROFILE_UNKNOWN, PROFILE_UNUSABLE, PROFILE_LOOP, CREDENTIALS_MISSING.
 */
export function planProfile(input: PlanInput): Plan {
  const { env, profile, explicit, trace } = input;
  const section = input.config.profiles.get(profile);
  // The AWS CLI stops at a profile that is not there before it looks at anything else, keys in the environment included.
  if (section === undefined && (explicit || env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE)) {
    trace?.({ profile, source: 'profile', outcome: 'invalid', reason: 'No section with that name.' });
    throw unknown(input);
  }
  const fromEnv = planStaticKeys.fromEnvironment(env, trace, explicit);
  if (fromEnv !== undefined) return fromEnv;
  trace?.({
    profile,
    source: 'profile',
    outcome: section === undefined ? 'not-there' : 'taken',
    reason: section === undefined ? 'No section with that name.' : 'The profile.',
    ...(section === undefined ? {} : { file: section.file, line: section.line }),
  });
  const scope: Scope = { ...input, name: profile, section, visited: [profile], useEnv: !explicit };
  const planned = planWithin(scope);
  if (planned !== undefined) {
    tracePassedOver(scope, planned);
    return planned;
  }
  if (env.AWS_CONTAINER_CREDENTIALS_FULL_URI || env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI) {
    trace?.({
      profile: '',
      source: 'container-role',
      outcome: 'taken',
      reason: 'The environment has AWS_CONTAINER_CREDENTIALS_*.',
    });
    return { kind: 'container' };
  }
  traceMachine(input);
  throw missing(input);
}

/** A profile by itself: the part of the precedence that holds for source profiles too. */
function planWithin(scope: Scope): Plan | undefined {
  if (wantsAssumeRole(scope)) return planAssumeRole(scope, planSource);
  traceNoRole(scope);
  return planProviders(scope);
}

/** botocore `AssumeRoleProvider._resolve_credentials_from_profile`: keys beside a role make the keys count. */
function planSource(scope: Scope): Plan | undefined {
  const keys = ['aws_access_key_id', 'aws_secret_access_key'].some((key) => scope.section?.values.has(key));
  if (!keys && wantsAssumeRole(scope)) return planAssumeRole(scope, planSource);
  traceNoRole(scope, keys);
  return planProviders(scope);
}

/** What a profile by itself may have, in order; each with what the trace says when it does not. */
const PROVIDERS: readonly (readonly [
  source: SourceName,
  plan: (scope: Scope) => Plan | undefined,
  absent: string,
])[] = [
  ['assume-role-with-web-identity', planWebIdentity, 'No web_identity_token_file.'],
  ['sso', planSso, 'No sso_account_id and no sso_role_name.'],
  ['shared-credentials-file', planStaticKeys.fromCredentialsFile, 'No aws_access_key_id there.'],
  ['login', planLogin, 'No login_session.'],
  ['custom-process', planProcess, 'No credential_process.'],
  ['config-file', planStaticKeys.fromConfigFile, 'No aws_access_key_id there.'],
];

function planProviders(scope: Scope): Plan | undefined {
  const { trace, name: profile } = scope;
  for (const [source, plan, reason] of PROVIDERS) {
    if (trace === undefined) {
      const planned = plan(scope);
      if (planned !== undefined) return planned;
      continue;
    }
    let told = false;
    const listening: Trace = (event) => {
      told = true;
      trace(event);
    };
    const planned = plan({ ...scope, trace: listening });
    if (planned !== undefined) return planned;
    if (!told) trace({ profile, source, outcome: 'not-there', reason });
  }
  return undefined;
}

function unknown({ profile, config }: PlanInput): AwsherError {
  const near = nearest(profile, config.profiles.keys());
  return new AwsherError('PROFILE_UNKNOWN', `There is no profile ${shown(profile)} in the AWS config.`, {
    hint:
      near === undefined
        ? 'run `awsher profiles sync`, or name another one with `--profile`'
        : `did you mean \`--profile ${near}\`?`,
  });
}

function missing({ profile, config }: PlanInput): AwsherError {
  const values = config.profiles.get(profile)?.values;
  if (values === undefined)
    return new AwsherError('CREDENTIALS_MISSING', 'No profile was named, and there is no default profile.', {
      hint: 'name one with `--profile`, or set AWS_PROFILE',
    });
  // An emulator's profile often has nothing but its address.
  const emulated = values.has('endpoint_url') || values.has('services');
  return new AwsherError('CREDENTIALS_MISSING', `The profile ${profile} names no source of credentials.`, {
    hint: emulated
      ? 'add aws_access_key_id and aws_secret_access_key to it; an emulator takes any value'
      : 'add sso_session, sso_account_id and sso_role_name to it',
  });
}
