import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { Secret } from '../../../shared/secret.ts';
import { removeLine, writeBelow } from '../../base/formats/advice.ts';
import type { ConfigValue } from '../../base/formats/profiles.ts';
import { parseTimestamp } from '../../base/formats/token-dates.ts';
import type { Plan, Scope } from './credential-plan.ts';
import { unusable } from './invalid.ts';
import type { Trace } from './trace.ts';

type Env = Readonly<Record<string, string | undefined>>;
type KeyPlan = Extract<Plan, { kind: 'keys' }>;

/** Long-lived or ready-made keys, by the three places where the AWS CLI looks for them. */
export const planStaticKeys = {
  /** botocore/credentials.py `EnvProvider`. Passed over when a profile was named. */
  fromEnvironment(env: Env, trace: Trace | undefined, explicit: boolean): KeyPlan | undefined {
    const about = { profile: '', source: 'env' as const };
    if (!env.AWS_ACCESS_KEY_ID) {
      const half = env.AWS_SECRET_ACCESS_KEY ? ', so AWS_SECRET_ACCESS_KEY alone does not count' : '';
      trace?.({ ...about, outcome: 'not-there', reason: `AWS_ACCESS_KEY_ID is not set${half}.` });
      return undefined;
    }
    if (explicit) {
      const reason = 'AWS_ACCESS_KEY_ID is set, but the profile was named on the command line.';
      trace?.({ ...about, outcome: 'passed-over', reason });
      return undefined;
    }
    if (!env.AWS_SECRET_ACCESS_KEY) {
      const reason = 'AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not.';
      trace?.({ ...about, outcome: 'invalid', reason });
      throw new AwsherError('PROFILE_UNUSABLE', reason, {
        hint: 'run `unset AWS_ACCESS_KEY_ID`, or name a profile with `--profile`',
      });
    }
    trace?.({
      ...about,
      outcome: 'taken',
      reason: 'AWS_ACCESS_KEY_ID is set, and no profile was named on the command line.',
    });
    const token = env.AWS_SECURITY_TOKEN || env.AWS_SESSION_TOKEN;
    const end = env.AWS_CREDENTIAL_EXPIRATION ? parseTimestamp(env.AWS_CREDENTIAL_EXPIRATION) : undefined;
    return {
      kind: 'keys',
      profile: '',
      from: 'environment',
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: new Secret(env.AWS_SECRET_ACCESS_KEY),
      ...(token ? { sessionToken: new Secret(token) } : {}),
      ...(end === undefined ? {} : { expiresAt: end }),
      ...(env.AWS_ACCOUNT_ID ? { accountId: env.AWS_ACCOUNT_ID } : {}),
    };
  },

  /** botocore/credentials.py `SharedCredentialProvider`. */
  fromCredentialsFile: (scope: Scope): KeyPlan | undefined => fromFile(scope, 'credentials'),

  /** botocore/credentials.py `ConfigProvider`: the last of a profile's own sources. */
  fromConfigFile: (scope: Scope): KeyPlan | undefined => fromFile(scope, 'config'),
};

function fromFile(scope: Scope, from: 'credentials' | 'config'): KeyPlan | undefined {
  const inThisFile = (key: string): ConfigValue | undefined => {
    const value = scope.section?.values.get(key);
    return value !== undefined && (value.file === scope.credentialsFile) === (from === 'credentials')
      ? value
      : undefined;
  };
  const source = from === 'credentials' ? 'shared-credentials-file' : 'config-file';
  const accessKey = inThisFile('aws_access_key_id');
  if (accessKey === undefined) return undefined;
  const secret = inThisFile('aws_secret_access_key');
  if (!accessKey.value || !secret?.value) {
    const sentence = `Profile ${scope.name} has an aws_access_key_id but no aws_secret_access_key beside it.`;
    const hint = `${writeBelow(accessKey, 'aws_secret_access_key = SECRET')}, or ${removeLine(accessKey)}`;
    throw unusable(scope, source, sentence, accessKey, hint);
  }
  const token = inThisFile('aws_security_token')?.value || inThisFile('aws_session_token')?.value;
  const accountId = inThisFile('aws_account_id')?.value;
  scope.trace?.({
    profile: scope.name,
    source,
    outcome: 'taken',
    reason: 'The keys in that file.',
    file: accessKey.file,
    line: accessKey.line,
  });
  return {
    kind: 'keys',
    profile: scope.name,
    from,
    accessKeyId: accessKey.value,
    secretAccessKey: new Secret(secret.value),
    ...(token ? { sessionToken: new Secret(token) } : {}),
    ...(accountId ? { accountId } : {}),
  };
}

/** `aws login` keeps its own cache with a key of its own; awsher does not take part in it. */
export function planLogin(scope: Scope): undefined {
  const at = scope.section?.values.get('login_session');
  if (at === undefined) return undefined;
  throw unusable(
    scope,
    'login',
    `Profile ${scope.name} belongs to \`aws login\`, which only the AWS CLI and SDKs can use.`,
    at,
    `run \`aws configure export-credentials --profile ${scope.profile} --format env\`, or make that command, without --format, the credential_process of another profile`,
  );
}

/** `credential_process` (botocore/credentials.py `ProcessProvider`). */
export function planProcess(scope: Scope): Plan | undefined {
  const at = scope.section?.values.get('credential_process');
  if (at === undefined) return undefined;
  if (at.value === '') {
    const sentence = `credential_process of profile ${scope.name} is empty.`;
    throw unusable(scope, 'custom-process', sentence, at, removeLine(at));
  }
  scope.trace?.({
    profile: scope.name,
    source: 'custom-process',
    outcome: 'taken',
    // The command line may hold secrets, so only its program is named.
    reason: `Runs ${at.value.trim().split(/\s+/)[0] ?? ''}.`,
    file: at.file,
    line: at.line,
  });
  const accountId = scope.section?.values.get('aws_account_id')?.value;
  return { kind: 'process', profile: scope.name, command: at.value, ...(accountId ? { accountId } : {}) };
}
