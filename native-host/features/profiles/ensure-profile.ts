import type { Catalogue } from '../../../shared/catalogue/catalogue.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { applyEdit, type ConfigPaths } from '../../base/files/config-edit.ts';
import { type ConfigFile, inspectConfigFile, loadConfigFile } from '../../base/files/config-file.ts';
import type { Paths } from '../../base/files/paths.ts';
import type { IniEdit } from '../../base/formats/ini-edit.ts';
import { PROFILES_BLOCK } from '../../base/formats/owned-block.ts';
import { readSharedConfig } from '../../base/formats/profiles.ts';
import { DEFAULT_TEMPLATE, parseTemplate } from '../settings/profile-template.ts';
import type { Settings } from '../settings/settings.ts';
import { type PlannedProfile, planSync } from './sync-plan.ts';

type Role = { readonly accountId: string; readonly roleName: string };

/**
 * The name of a profile for one role of a session: the one that the config has, awsher's or the person's own; else a new
 * one in awsher's block, as `profiles sync` would write it. Undone by `profiles undo`. Throws ROLE_UNKNOWN, CONFIG_INVALID,
 * and as `applyEdit`.
 */
export async function ensureProfile(
  paths: ConfigPaths & Pick<Paths, 'credentialsFile'>,
  catalogue: Catalogue,
  role: Role,
  defaults: Settings['profiles'] = {},
): Promise<{ profile: string; created: boolean }> {
  let profile: PlannedProfile | undefined;
  await applyEdit(
    paths,
    (config) => {
      const plan = planFor(role, catalogue, { config, paths, defaults });
      profile = plan.profile;
      if (profile?.fate === 'added') assertSession(config, catalogue);
      return plan.edits;
    },
    { block: PROFILES_BLOCK },
  );
  if (profile === undefined) throw roleUnknown(role.accountId, role.roleName);
  return { profile: profile.name, created: profile.fate === 'added' };
}

/** The profile that the config has for a role; undefined when it has none. Throws ROLE_UNKNOWN and CONFIG_INVALID. */
export function findProfile(
  paths: Pick<Paths, 'configFile' | 'credentialsFile'>,
  catalogue: Catalogue,
  role: Role,
): string | undefined {
  const config = loadConfigFile(paths.configFile);
  const { profile } = planFor(role, catalogue, { config, paths, defaults: {} });
  if (profile === undefined) throw roleUnknown(role.accountId, role.roleName);
  return profile.fate === 'added' ? undefined : profile.name;
}

/**
 * What a sync of the whole list does for one role, so that it gets the name that a sync gives it; the list is not called
 * whole, so that nothing is gone.
 */
function planFor(
  { accountId, roleName }: Role,
  catalogue: Catalogue,
  at: {
    readonly config: ConfigFile;
    readonly paths: Pick<Paths, 'credentialsFile'>;
    readonly defaults: NonNullable<Settings['profiles']>;
  },
): { profile: PlannedProfile | undefined; edits: readonly IniEdit[] } {
  const { roles = [] } = at.defaults;
  const wishes = {
    template: parseTemplate(at.defaults.template ?? DEFAULT_TEMPLATE),
    region: at.defaults.region,
    output: at.defaults.output,
    accounts: [],
    // What the settings leave out gets its profile when somebody asks for it, and takes no name from what they want.
    roles: roles.length === 0 ? [] : [...roles, roleName],
    include: [],
    exclude: [],
    prune: false,
  };
  const credentials = inspectConfigFile(at.paths.credentialsFile);
  const plan = planSync({ ...catalogue, accountsAsOf: null }, wishes, { config: at.config, credentials });
  const profile = plan.profiles.find((one) => one.accountId === accountId && one.role === roleName);
  const edits = plan.edits.filter(({ section }) => section.name === profile?.name);
  return { profile, edits };
}

/** A portal that only profiles name has no session that a new profile could name. */
function assertSession(config: ConfigFile, { session, startUrl, region }: Catalogue): void {
  if (!readSharedConfig(config).ssoSessions.has(session)) throw portalWithoutSession({ startUrl, region });
}

/** What is said where a profile would need the name of a session, and only profiles name the portal. */
export function portalWithoutSession({
  startUrl,
  region,
}: Pick<Catalogue, 'startUrl' | 'region'>): AwsherError {
  return new AwsherError('SESSION_UNKNOWN', `The portal ${startUrl} has no session in the config.`, {
    hint: `run \`awsher login NAME --start-url ${startUrl} --region ${region}\``,
  });
}

/** What is said of a role that the list does not have. */
export function roleUnknown(accountId: string, roleName: string): AwsherError {
  return new AwsherError('ROLE_UNKNOWN', `There is no role ${roleName} in account ${accountId}.`, {
    hint: 'open the popup again; the list may have changed',
  });
}
