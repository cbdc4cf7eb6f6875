import { defaultStsRegion } from '../../aws/calls/endpoints.ts';
import type { Plan } from '../../aws/resolver/credential-plan.ts';
import { credentialsOf } from '../../aws/resolver/resolve.ts';
import type { ResolveDeps } from '../../aws/resolver/resolver-deps.ts';
import { roleSubject } from '../../aws/resolver/sso-role.ts';
import { type CallerIdentity, callerIdentity } from '../../aws/roles/caller-identity.ts';
import { addNotes } from '../../aws/tokens/session-notes.ts';
import { textValue } from '../../base/formats/profiles.ts';

/** Asks AWS whose credentials a plan gives, and remembers the person's name with the session that they come from. */
export async function askWho(
  deps: ResolveDeps & { signal: AbortSignal },
  profile: string,
  plan: Plan,
): Promise<CallerIdentity> {
  const credentials = await credentialsOf(deps, plan);
  const { clients, signal } = deps;
  const region = stsRegion(deps, profile, plan);
  const identity = await callerIdentity(clients, { region, credentials, signal });
  if (plan.kind === 'sso' && identity.who !== null)
    addNotes(deps.paths, roleSubject(deps, plan).key, { who: identity.who });
  return identity;
}

/** As the AWS CLI chooses it: the environment's, the profile's; without either one of the right partition. */
function stsRegion({ env, config }: ResolveDeps, profile: string, plan: Plan): string {
  return (
    env.AWS_REGION ||
    env.AWS_DEFAULT_REGION ||
    textValue(config.profiles.get(profile), 'region') ||
    (plan.kind === 'sso' ? plan.region : defaultStsRegion(undefined))
  );
}
