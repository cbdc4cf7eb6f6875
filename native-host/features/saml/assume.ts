import type { AssumeRoleWithSAMLCommandOutput } from '@aws-sdk/client-sts';
import { toError } from '../../../shared/aws/fault-words.ts';
import { faultOf } from '../../../shared/aws/faults.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { Secret } from '../../../shared/secret.ts';
import type { AwsClients } from '../../aws/calls/clients.ts';
import { defaultStsRegion } from '../../aws/calls/endpoints.ts';
import type { Credentials } from '../../aws/roles/credentials.ts';
import type { SamlRole } from './roles.ts';

/** Every role allows an hour. */
const ALWAYS_ALLOWED_SECONDS = 3600;

export interface AssumeRequest {
  readonly role: SamlRole;
  readonly response: Secret;
  /** 900 to 43,200. */
  readonly seconds: number;
  /** To ask STS in; the main one of the role's partition otherwise. */
  readonly region: string | undefined;
  readonly signal: AbortSignal;
}

export interface Assumed {
  readonly credentials: Credentials;
  /** As whom: the session's name. */
  readonly who: string | undefined;
  /** The role allows less than was wanted. */
  readonly shortened: boolean;
}

/**
 * AssumeRoleWithSAML; the call is not signed, the response is all that it needs. A duration that the role does not allow
 * becomes an hour. Throws SAML_EXPIRED, ROLE_FORBIDDEN, AWS_ERROR, NETWORK.
 */
export async function assumeRoleWithSaml(clients: AwsClients, request: AssumeRequest): Promise<Assumed> {
  const { role, response, seconds, region, signal } = request;
  const sts = await clients.sts(region ?? defaultStsRegion(role.roleArn), null);
  const ask = (DurationSeconds: number) =>
    sts.assumeRoleWithSAML(
      {
        RoleArn: role.roleArn,
        PrincipalArn: role.providerArn,
        SAMLAssertion: response.expose(),
        DurationSeconds,
      },
      { abortSignal: signal },
    );
  try {
    try {
      return read(await ask(seconds), role, false);
    } catch (thrown) {
      if (seconds <= ALWAYS_ALLOWED_SECONDS || !isTooLong(thrown)) throw thrown;
      return read(await ask(ALWAYS_ALLOWED_SECONDS), role, true);
    }
  } catch (thrown) {
    signal.throwIfAborted();
    throw thrown instanceof AwsherError ? thrown : describe(thrown, role);
  }
}

/** "The requested DurationSeconds exceeds the MaxSessionDuration set for this role." */
function isTooLong(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    thrown.name.startsWith('ValidationError') &&
    /DurationSeconds/.test(thrown.message)
  );
}

function read(answer: AssumeRoleWithSAMLCommandOutput, { accountId }: SamlRole, shortened: boolean): Assumed {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || Expiration === undefined) {
    throw new AwsherError('AWS_ERROR', 'STS returned no credentials.', {
      hint: 'run the command again',
    });
  }
  return {
    credentials: {
      accessKeyId: AccessKeyId,
      secretAccessKey: new Secret(SecretAccessKey),
      sessionToken: new Secret(SessionToken),
      expiresAt: Expiration.getTime(),
      accountId,
    },
    who: answer.AssumedRoleUser?.Arn?.split('/').at(-1),
    shortened,
  };
}

function describe(cause: unknown, role: SamlRole): AwsherError {
  const fault = faultOf(cause);
  if (fault.kind === 'expired-token')
    return new AwsherError('SAML_EXPIRED', 'AWS says the SAML response has expired.', {
      hint: 'run the command again; a response is valid for five minutes',
      cause,
    });
  if (fault.kind === 'access-denied')
    return new AwsherError('ROLE_FORBIDDEN', `AWS does not give you the role ${role.roleArn}.`, {
      hint: 'ask your administrator whether the role trusts your identity provider',
      cause,
    });
  return toError(fault, `STS (role ${role.roleArn})`, cause);
}
