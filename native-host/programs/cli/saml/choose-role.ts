import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import type { Context } from '../../../base/platform/context.ts';
import { terminalStreams } from '../../../base/platform/terminal.ts';
import { isIdentityCenterRole, type SamlRole } from '../../../features/saml/roles.ts';

/**
 * The role to take: the one that was named (whole ARN, or its name if only one has it), the only one, or the person's
 * choice on a terminal. Throws ROLE_UNKNOWN, USAGE where nobody can be asked, INTERRUPTED.
 */
export async function chooseRole(
  context: Context,
  roles: readonly SamlRole[],
  wanted: string | undefined,
): Promise<SamlRole> {
  const usable = roles.filter((role) => !isIdentityCenterRole(role));
  if (wanted !== undefined) return named(roles, wanted);
  const [first, second] = usable;
  if (first === undefined) throw ofIdentityCenter(roles[0]?.roleArn ?? '');
  if (second === undefined) return first;
  if (!context.stdin.isTTY || !context.stderr.isTTY) {
    throw new AwsherError('USAGE', `You can use ${usable.length} roles: ${listed(usable)}.`, {
      hint: `name one: \`--role ${first.roleArn}\``,
    });
  }
  const { select, isCancel } = await import('@clack/prompts');
  const arn = await select({
    message: 'Which role?',
    options: usable.map(({ roleArn, roleName, accountId }) => ({
      value: roleArn,
      label: `${roleName}  ${accountId}`,
    })),
    maxItems: 12,
    ...terminalStreams(),
  });
  const chosen = usable.find(({ roleArn }) => roleArn === arn);
  if (isCancel(arn) || chosen === undefined)
    throw new AwsherError('SIGN_IN_CANCELLED', 'No role was chosen.', { hint: 'run the command again' });
  return chosen;
}

function named(roles: readonly SamlRole[], wanted: string): SamlRole {
  const found = roles.filter(({ roleArn, roleName }) => roleArn === wanted || roleName === wanted);
  const [role, another] = found;
  if (role === undefined)
    throw new AwsherError('ROLE_UNKNOWN', `Your identity provider does not offer the role ${wanted}.`, {
      hint: `it offers ${listed(roles)}`,
    });
  if (another !== undefined)
    throw new AwsherError('USAGE', `${found.length} accounts have the role ${wanted}.`, {
      hint: `give its full ARN: \`--role ${role.roleArn}\``,
    });
  if (isIdentityCenterRole(role)) throw ofIdentityCenter(role.roleArn);
  return role;
}

function ofIdentityCenter(roleArn: string): AwsherError {
  return new AwsherError(
    'ROLE_FORBIDDEN',
    `${roleArn} belongs to IAM Identity Center and cannot be used through SAML.`,
    { hint: 'run `awsher login` with the start URL of your access portal' },
  );
}

function listed(roles: readonly SamlRole[]): string {
  const shown = roles.slice(0, 8).map(({ roleArn }) => roleArn);
  return roles.length > 8 ? `${shown.join(', ')} and ${roles.length - 8} more` : shown.join(', ');
}
