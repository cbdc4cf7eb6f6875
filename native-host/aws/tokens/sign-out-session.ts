import { legacyStartUrls, type SharedConfig } from '../../base/formats/profiles.ts';
import { belongsTo, profileRoles } from '../roles/session-roles.ts';
import { type SignOutDeps, signOut } from './sign-out.ts';

/** Which sign-in ends: its name, or the start URL of a portal that only profiles name. */
export interface SignedInSession {
  readonly session: string;
  readonly startUrl: string;
  /** Region of Identity Center. */
  readonly region: string;
}

/**
 * Signs a session of the config out, with its twin files and the role credentials of its profiles. Returns the removed
 * paths of AWS's own folders; none when there was no sign-in.
 */
export function signOutSession(
  deps: SignOutDeps,
  config: SharedConfig,
  { session, startUrl, region }: SignedInSession,
): Promise<string[]> {
  const roles = profileRoles(config).filter((role) => belongsTo(role, { name: session, startUrl }));
  return signOut(deps, {
    key: session,
    region,
    legacyUrls: legacyStartUrls(config, startUrl),
    cacheKeys: [...new Set(roles.map(({ cacheKey }) => cacheKey))],
  });
}
