import { writeBelow } from '../../base/formats/advice.ts';
import { textValue } from '../../base/formats/profiles.ts';
import { regionOf } from './assume-role-plan.ts';
import type { Plan, Scope } from './credential-plan.ts';
import { unusable } from './invalid.ts';

/**
 * A token in a file that STS takes for a role, from the environment or the profile (botocore/credentials.py
 * `AssumeRoleWithWebIdentityProvider`; the environment counts only when the profile was not named).
 */
export function planWebIdentity(scope: Scope): Plan | undefined {
  const { section, name, env } = scope;
  const setting = (variable: string, key: string) =>
    (scope.useEnv ? env[variable] : undefined) ?? textValue(section, key);
  const tokenFile = setting('AWS_WEB_IDENTITY_TOKEN_FILE', 'web_identity_token_file');
  if (!tokenFile) return undefined;
  const at = section?.values.get('web_identity_token_file');
  const roleArn = setting('AWS_ROLE_ARN', 'role_arn');
  if (!roleArn) {
    throw unusable(
      scope,
      'assume-role-with-web-identity',
      `Profile ${name} has a web identity but no role_arn.`,
      at,
      at === undefined ? 'set AWS_ROLE_ARN' : writeBelow(at, 'role_arn = ARN'),
    );
  }
  scope.trace?.({
    profile: name,
    source: 'assume-role-with-web-identity',
    outcome: 'taken',
    reason: `Role ${roleArn} with the token in ${tokenFile}.`,
    ...(at === undefined ? {} : { file: at.file, line: at.line }),
  });
  return {
    kind: 'web-identity',
    profile: name,
    tokenFile,
    request: { roleArn, roleSessionName: setting('AWS_ROLE_SESSION_NAME', 'role_session_name') },
    region: regionOf(scope),
  };
}
