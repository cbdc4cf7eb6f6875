import type { GetRoleCredentialsCommandOutput } from '@aws-sdk/client-sso';
import { toError } from '../../../shared/aws/fault-words.ts';
import { blamesQuestion, faultOf } from '../../../shared/aws/faults.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { Secret } from '../../../shared/secret.ts';
import { withLock } from '../../base/files/lock.ts';
import { type Credentials, endOf } from '../roles/credentials.ts';
import { readCachedRole, type SsoRole, ssoCacheKey, writeSsoEntry } from '../roles/role-cache.ts';
import { placeOf } from '../tokens/session-place.ts';
import { legacySubject, sessionSubject, type TokenSubject } from '../tokens/token-subject.ts';
import { withValidToken } from '../tokens/valid-token.ts';
import type { ResolveDeps } from './resolver-deps.ts';

export interface SsoRolePlan {
  /** Empty when the role was chosen from a list. */
  readonly profile: string;
  readonly role: SsoRole;
  /** Region of Identity Center. */
  readonly region: string;
}

/**
 * Credentials for a role of Identity Center: from the cache that is shared with the AWS CLI, else from the portal.
 * Throws SIGN_IN_NEEDED, TOKEN_REJECTED, ROLE_FORBIDDEN, ROLE_UNKNOWN, THROTTLED, NETWORK...
 */
export async function ssoRoleCredentials(deps: ResolveDeps, plan: SsoRolePlan): Promise<Credentials> {
  const key = ssoCacheKey(plan.role);
  const cached = () => readCachedRole(deps.paths, key, deps.clock.now());
  const found = cached();
  if (found !== undefined) return { accountId: plan.role.accountId, ...found };
  return withLock(
    deps.paths,
    `role-${key}`,
    async () => {
      const again = cached();
      if (again !== undefined) return { accountId: plan.role.accountId, ...again };
      const fresh = await fetchRole(deps, plan);
      keep(deps, () => writeSsoEntry(deps.paths, key, fresh));
      return fresh;
    },
    { purpose: 'share', ...(deps.signal && { signal: deps.signal }) },
  );
}

/** Writes to the cache if it can: credentials in the hand are worth more than those on the disk. */
export function keep({ warn }: Pick<ResolveDeps, 'warn'>, write: () => void): void {
  try {
    write();
  } catch (thrown) {
    if (!(thrown instanceof AwsherError)) throw thrown;
    warn?.(`the credentials are not cached: ${thrown.message}`);
  }
}

/** Whose token buys a role. */
export function roleSubject(
  deps: Pick<ResolveDeps, 'paths' | 'config' | 'clock'>,
  { role, region, profile }: SsoRolePlan,
): TokenSubject {
  const { session, startUrl } = role;
  if (session === null) {
    return legacySubject(deps.paths, deps.config, { startUrl, region, profile }, deps.clock.local());
  }
  const section = deps.config.ssoSessions.get(session);
  const subject = section === undefined ? undefined : sessionSubject(deps.config, section);
  return subject ?? { key: session, login: `awsher login ${session}`, startUrl, region, legacyUrls: [] };
}

async function fetchRole(deps: ResolveDeps, plan: SsoRolePlan): Promise<Credentials> {
  const { accountId, roleName } = plan.role;
  try {
    const subject = roleSubject(deps, plan);
    const portal = await deps.clients.portal(placeOf(deps.paths, { ...subject, region: plan.region }));
    const answer = await withValidToken(deps, subject, (token) =>
      portal.getRoleCredentials(
        { accountId, roleName, accessToken: token.accessToken.expose() },
        deps.signal === undefined ? {} : { abortSignal: deps.signal },
      ),
    );
    return readAnswer(answer, plan, deps.clock.now());
  } catch (thrown) {
    deps.signal?.throwIfAborted();
    if (thrown instanceof AwsherError) throw thrown;
    throw roleError(thrown, plan);
  }
}

function readAnswer(
  { roleCredentials }: GetRoleCredentialsCommandOutput,
  { role: { accountId }, region }: SsoRolePlan,
  nowMs: number,
): Credentials {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = roleCredentials ?? {};
  if (!accessKeyId || !secretAccessKey || !sessionToken) {
    throw new AwsherError('AWS_ERROR', 'The portal returned no credentials.', {
      hint: 'run the command again',
    });
  }
  return {
    accessKeyId,
    secretAccessKey: new Secret(secretAccessKey),
    sessionToken: new Secret(sessionToken),
    expiresAt: endOf(expiration, nowMs, `The portal in ${region}`),
    accountId,
  };
}

/** What the portal's refusals mean for a role. A 403 is not in its model: "No access", also for stale assignments. */
function roleError(thrown: unknown, { role, region, profile }: SsoRolePlan): AwsherError {
  const { accountId, roleName } = role;
  // Only commands are about a profile.
  const named = profile === '' ? '' : ` (profile ${profile})`;
  const hint = 'compare sso_account_id and sso_role_name with what your access portal shows';
  const fault = faultOf(thrown);
  const of = `role ${roleName} in account ${accountId}${named}.`;
  const more = { hint, cause: thrown };
  if (fault.kind === 'forbidden' || fault.kind === 'access-denied')
    return new AwsherError('ROLE_FORBIDDEN', `You do not have the ${of}`, more);
  if (fault.kind === 'not-found' || blamesQuestion(fault))
    return new AwsherError('ROLE_UNKNOWN', `There is no ${of}`, more);
  return toError(fault, `The portal in ${region}`, thrown);
}
