import { toError } from '../../../shared/aws/fault-words.ts';
import { faultOf } from '../../../shared/aws/faults.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { AwsClients } from '../calls/clients.ts';
import { type Credentials, signingKeys } from './credentials.ts';

/** Whose credentials they are, as AWS says it. */
export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
  /** The role's name; for one of Identity Center that of its permission set. Null for keys of a user. */
  readonly role: string | null;
  /** The person's user name in Identity Center; null for any other kind of credentials. */
  readonly who: string | null;
}

/**
 * STS GetCallerIdentity, which needs no permission. Throws AWS_ERROR, NETWORK, THROTTLED, and the signal's reason when it
 * is aborted.
 */
export async function callerIdentity(
  clients: AwsClients,
  { region, credentials, signal }: { region: string; credentials: Credentials; signal: AbortSignal },
): Promise<CallerIdentity> {
  const service = `STS in ${region}`;
  try {
    const sts = await clients.sts(region, signingKeys(credentials));
    const { Arn } = await sts.getCallerIdentity({}, { abortSignal: signal });
    const identity = Arn === undefined ? undefined : readCallerArn(Arn);
    if (identity !== undefined) return identity;
  } catch (thrown) {
    signal.throwIfAborted();
    throw toError(faultOf(thrown), service, thrown);
  }
  throw new AwsherError('AWS_ERROR', `${service} did not say whose credentials these are.`, {
    hint: 'run the command again',
  });
}

/**
 * Reads the ARN of a caller. Identity Center names its roles `AWSReservedSSO_<permission set>_<16 hex digits>` and its
 * role sessions after the user (IAM Identity Center User Guide, "Referencing permission sets in resource policies").
 * Undefined when it is none.
 */
export function readCallerArn(arn: string): CallerIdentity | undefined {
  const [, accountId, resource] = /^arn:aws[a-z-]*:(?:sts|iam)::(\d{12}):([\w+=,.@/-]+)$/.exec(arn) ?? [];
  if (accountId === undefined || resource === undefined) return undefined;
  const [, roleName, session] = /^assumed-role\/([\w+=,.@-]{1,64})\/([\w+=,.@-]{2,64})$/.exec(resource) ?? [];
  if (roleName === undefined || session === undefined) return { accountId, arn, role: null, who: null };
  const permissionSet = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(roleName)?.[1];
  if (permissionSet === undefined) return { accountId, arn, role: roleName, who: null };
  return { accountId, arn, role: permissionSet, who: session };
}
