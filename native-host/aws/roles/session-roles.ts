import { comparableStartUrl } from '../../../shared/aws/start-url.ts';
import type { Paths } from '../../base/files/paths.ts';
import { namesIn } from '../../base/files/read-file.ts';
import { type SharedConfig, textValue } from '../../base/formats/profiles.ts';
import { readRoleEntry, type SsoRole, ssoCacheKey } from './role-cache.ts';

/** A profile's role of Identity Center, with the name of its entry in `~/.aws/cli/cache`. */
export interface ProfileRole {
  readonly profile: string;
  readonly role: SsoRole;
  readonly cacheKey: string;
}

/** Every profile that names a role of Identity Center, as far as its settings are complete. */
export function profileRoles(config: SharedConfig): ProfileRole[] {
  const roles: ProfileRole[] = [];
  for (const section of config.profiles.values()) {
    const accountId = textValue(section, 'sso_account_id');
    const roleName = textValue(section, 'sso_role_name');
    const session = textValue(section, 'sso_session') ?? null;
    const home = session === null ? section : config.ssoSessions.get(session);
    const startUrl = textValue(home, 'sso_start_url');
    if (accountId === undefined || roleName === undefined || startUrl === undefined) continue;
    const role: SsoRole = { accountId, roleName, session, startUrl };
    roles.push({ profile: section.name, role, cacheKey: ssoCacheKey(role) });
  }
  return roles;
}

/** Whether a role belongs to a session: by its name, or as a profile that names the same portal directly. */
export function belongsTo({ role }: ProfileRole, session: { name: string; startUrl: string }): boolean {
  if (role.session !== null) return role.session === session.name;
  return comparableStartUrl(role.startUrl) === comparableStartUrl(session.startUrl);
}

export interface CachedRole extends ProfileRole {
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Those of the roles that have credentials in the cache, whatever their age. One listing, then only files that exist. */
export function cachedRoles(paths: Pick<Paths, 'cliCacheDir'>, roles: readonly ProfileRole[]): CachedRole[] {
  const present = new Set(cacheEntries(paths));
  const seen = new Set<string>();
  return roles.flatMap((one) => {
    if (!present.has(one.cacheKey) || seen.has(one.cacheKey)) return [];
    seen.add(one.cacheKey);
    const expiresAt = readRoleEntry(paths, one.cacheKey)?.credentials.expiresAt;
    return expiresAt === undefined ? [] : [{ ...one, expiresAt }];
  });
}

/** The keys of all entries in `~/.aws/cli/cache`; none when there is no such folder. */
export function cacheEntries({ cliCacheDir }: Pick<Paths, 'cliCacheDir'>): string[] {
  return namesIn(cliCacheDir).flatMap((name) =>
    /^[0-9a-f]{40}\.json$/.test(name) ? [name.slice(0, 40)] : [],
  );
}
