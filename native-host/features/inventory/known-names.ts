import type { Plan } from '../../aws/resolver/credential-plan.ts';
import { planProfile } from '../../aws/resolver/plan-profile.ts';
import { assumeRoleCacheKey } from '../../aws/roles/role-cache.ts';
import { profileRoles } from '../../aws/roles/session-roles.ts';
import { cliRegistrationFile, scopesOf } from '../../base/files/cli-registration.ts';
import type { Paths } from '../../base/files/paths.ts';
import { tokenFileName } from '../../base/files/token-cache.ts';
import { type SharedConfig, textValue } from '../../base/formats/profiles.ts';

/** Which names in the caches belong to whom: a file's name is a hash, so it is found by hashing what the config has. */
export interface KnownNames {
  /** By file name: the session or start URL whose token it is. */
  readonly tokens: ReadonlyMap<string, { readonly key: string; readonly session: boolean }>;
  /** By whole path: the portal of the AWS CLI's registration. */
  readonly registrations: ReadonlyMap<string, string>;
  /** By cache key: the first profile that has the role. */
  readonly roles: ReadonlyMap<string, string>;
}

export function knownNames(paths: Paths, config: SharedConfig): KnownNames {
  const tokens = new Map<string, { key: string; session: boolean }>();
  const registrations = new Map<string, string>();
  const register = (session: string | null, section: Parameters<typeof textValue>[0]) => {
    const startUrl = textValue(section, 'sso_start_url');
    const region = textValue(section, 'sso_region');
    if (startUrl === undefined || region === undefined) return;
    const scopes = scopesOf(textValue(section, 'sso_registration_scopes'));
    registrations.set(cliRegistrationFile(paths, { region, startUrl, session, scopes }), session ?? startUrl);
  };
  for (const section of config.ssoSessions.values()) {
    tokens.set(tokenFileName(section.name), { key: section.name, session: true });
    register(section.name, section);
  }
  for (const section of config.profiles.values()) {
    const startUrl = textValue(section, 'sso_start_url');
    if (startUrl === undefined) continue;
    tokens.set(tokenFileName(startUrl), { key: startUrl, session: false });
    register(null, section);
  }
  const roles = new Map<string, string>();
  for (const { cacheKey, profile } of profileRoles(config))
    if (!roles.has(cacheKey)) roles.set(cacheKey, profile);
  for (const { key, profile } of assumedRoles(paths, config)) if (!roles.has(key)) roles.set(key, profile);
  return { tokens, registrations, roles };
}

function assumedRoles(paths: Paths, config: SharedConfig): { key: string; profile: string }[] {
  return [...config.profiles.values()].flatMap(({ name, values }) => {
    if (!values.has('role_arn')) return [];
    return rolesOf(planOf(paths, config, name));
  });
}

function rolesOf(plan: Plan | undefined): { key: string; profile: string }[] {
  if (plan?.kind !== 'assume-role' && plan?.kind !== 'web-identity') return [];
  const own = { key: assumeRoleCacheKey(plan.request), profile: plan.profile };
  return plan.kind === 'assume-role' ? [own, ...rolesOf(plan.source)] : [own];
}

function planOf({ credentialsFile }: Paths, config: SharedConfig, profile: string): Plan | undefined {
  try {
    return planProfile({ config, credentialsFile, env: {}, profile, explicit: true });
  } catch {
    return undefined;
  }
}
