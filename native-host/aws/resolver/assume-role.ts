import type { AssumeRoleCommandOutput, AssumeRoleWithWebIdentityCommandOutput } from '@aws-sdk/client-sts';
import { toError } from '../../../shared/aws/fault-words.ts';
import { faultOf } from '../../../shared/aws/faults.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { Secret } from '../../../shared/secret.ts';
import { withLock } from '../../base/files/lock.ts';
import { readText } from '../../base/files/read-file.ts';
import { defaultStsRegion } from '../calls/endpoints.ts';
import { type Credentials, endOf, signingKeys } from '../roles/credentials.ts';
import {
  type AssumedRole,
  type AssumeRoleKey,
  assumeRoleCacheKey,
  readCachedRole,
  writeAssumeRoleEntry,
} from '../roles/role-cache.ts';
import type { ResolveDeps } from './resolver-deps.ts';
import { keep } from './sso-role.ts';

interface RolePlan {
  readonly profile: string;
  readonly request: AssumeRoleKey;
  readonly region: string | undefined;
}

type Answer = AssumeRoleCommandOutput | AssumeRoleWithWebIdentityCommandOutput;

/**
 * Credentials of an assumed role, from the cache that is shared with the AWS CLI or from STS. `source` gives the keys
 * to ask with; it is not called when the cache answers. Throws MFA_NEEDED, AWS_ERROR, NETWORK, or what `source` throws.
 */
export async function assumeRoleCredentials(
  deps: ResolveDeps,
  plan: RolePlan,
  source: () => Promise<Credentials>,
): Promise<Credentials> {
  return cachedRole(deps, plan, async () => {
    const { roleArn, externalId, durationSeconds, mfaSerial } = plan.request;
    const keys = await source();
    const code = mfaSerial === undefined ? undefined : await mfaCode(deps, plan, mfaSerial);
    const sts = await deps.clients.sts(regionFor(plan), signingKeys(keys));
    return sts.assumeRole(
      {
        RoleArn: roleArn,
        RoleSessionName: sessionName(deps, plan),
        ...(externalId === undefined ? {} : { ExternalId: externalId }),
        ...(durationSeconds === undefined ? {} : { DurationSeconds: durationSeconds }),
        ...(mfaSerial === undefined ? {} : { SerialNumber: mfaSerial, TokenCode: code }),
      },
      abortOptions(deps),
    );
  });
}

/** As `assumeRoleCredentials`, with a token from a file instead of keys; the call is not signed. */
export async function webIdentityCredentials(
  deps: ResolveDeps,
  plan: RolePlan & { readonly tokenFile: string },
): Promise<Credentials> {
  return cachedRole(deps, plan, async () => {
    const token = readTokenFile(plan.tokenFile);
    const sts = await deps.clients.sts(regionFor(plan), null);
    return sts.assumeRoleWithWebIdentity(
      {
        RoleArn: plan.request.roleArn,
        RoleSessionName: sessionName(deps, plan),
        WebIdentityToken: token,
      },
      abortOptions(deps),
    );
  });
}

async function cachedRole(
  deps: ResolveDeps,
  plan: RolePlan,
  ask: () => Promise<Answer>,
): Promise<Credentials> {
  const key = assumeRoleCacheKey(plan.request);
  const accountId = plan.request.roleArn.split(':')[4];
  const withAccount = (found: Credentials): Credentials => (accountId ? { accountId, ...found } : found);
  const found = readCachedRole(deps.paths, key, deps.clock.now());
  if (found !== undefined) return withAccount(found);
  return withLock(
    deps.paths,
    `role-${key}`,
    async () => {
      const again = readCachedRole(deps.paths, key, deps.clock.now());
      if (again !== undefined) return withAccount(again);
      const [fresh, assumed] = readAnswer(await askSts(deps, plan, ask), deps.clock.now());
      keep(deps, () => writeAssumeRoleEntry(deps.paths, key, withAccount(fresh), assumed));
      return withAccount(fresh);
    },
    { purpose: 'share', ...(deps.signal && { signal: deps.signal }) },
  );
}

async function askSts(deps: ResolveDeps, plan: RolePlan, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (thrown) {
    deps.signal?.throwIfAborted();
    if (thrown instanceof AwsherError) throw thrown;
    throw toError(faultOf(thrown), `STS (role ${plan.request.roleArn}, profile ${plan.profile})`, thrown);
  }
}

function readAnswer(
  { Credentials: given, AssumedRoleUser, $metadata }: Answer,
  nowMs: number,
): [Credentials, AssumedRole] {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken) {
    throw new AwsherError('AWS_ERROR', 'STS returned no credentials.', {
      hint: 'run the command again',
    });
  }
  const credentials: Credentials = {
    accessKeyId: AccessKeyId,
    secretAccessKey: new Secret(SecretAccessKey),
    sessionToken: new Secret(SessionToken),
    expiresAt: endOf(Expiration?.getTime(), nowMs, 'STS'),
  };
  return [
    credentials,
    { arn: AssumedRoleUser?.Arn, id: AssumedRoleUser?.AssumedRoleId, requestId: $metadata.requestId },
  ];
}

async function mfaCode(
  { askMfa }: ResolveDeps,
  { profile, request }: RolePlan,
  serial: string,
): Promise<string> {
  if (askMfa !== undefined) return askMfa(serial);
  throw new AwsherError(
    'MFA_NEEDED',
    `The role ${request.roleArn} of profile ${profile} needs an MFA code from ${serial}.`,
    {
      hint: `run \`awsher export --profile ${profile} --format json\` in a terminal; awsher then caches the role`,
    },
  );
}

/** As the AWS CLI names sessions that the config does not name. */
function sessionName({ clock }: ResolveDeps, { request }: RolePlan): string {
  return request.roleSessionName ?? `awsher-session-${Math.floor(clock.now() / 1000)}`;
}

function regionFor({ region, request }: RolePlan): string {
  return region ?? defaultStsRegion(request.roleArn);
}

function abortOptions({ signal }: ResolveDeps): { abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal };
}

function readTokenFile(file: string): string {
  try {
    return readText(file).trim();
  } catch (cause) {
    throw new AwsherError('FILE_READ', `The web identity token ${file} could not be read.`, {
      hint: `look at \`ls -l "${file}"\``,
      cause,
    });
  }
}
