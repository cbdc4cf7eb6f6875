import type { Catalogue } from '../../shared/catalogue/catalogue.ts';
import { AwsherError } from '../../shared/errors/awsher-error.ts';
import { applyEdit, type ConfigPaths } from '../files/config-edit.ts';
import { inspectConfigFile } from '../files/config-file.ts';
import type { Paths } from '../files/paths.ts';
import { PROFILES_BLOCK } from '../formats/owned-block.ts';
import type { Settings } from '../settings/settings.ts';
import { type PlannedProfile, planSync } from './plan.ts';
import { DEFAULT_TEMPLATE, parseTemplate } from './template.ts';

/**
 * The name of a profile for one role of a session: the one that the config has, awsher's or the person's own; else a new
 * one in awsher's block, as `profiles sync` would write it. Undone by `profiles undo`. Throws ROLE_UNKNOWN, CONFIG_INVALID,
 * and as `applyEdit`.
 */
export async function ensureProfile(
  paths: ConfigPaths & Pick<Paths, 'credentialsFile'>,
  catalogue: Catalogue,
  { accountId, roleName }: { readonly accountId: string; readonly roleName: string },
  defaults: Settings['profiles'] = {},
): Promise<{ profile: string; created: boolean }> {
  const account = catalogue.accounts.find((one) => one.accountId === accountId);
  const wishes = {
    template: parseTemplate(defaults.template ?? DEFAULT_TEMPLATE),
    region: defaults.region,
    output: defaults.output,
    accounts: [],
    roles: [],
    include: [],
    exclude: [],
    prune: false,
  };
  // Of one role alone, and of a list that is not called whole: nothing else is looked at, and nothing is gone.
  const alone: Catalogue = {
    ...catalogue,
    accountsAsOf: null,
    accounts: account?.roles?.includes(roleName) ? [{ ...account, roles: [roleName] }] : [],
  };
  let profile: PlannedProfile | undefined;
  await applyEdit(
    paths,
    (config) => {
      const plan = planSync(alone, wishes, { config, credentials: inspectConfigFile(paths.credentialsFile) });
      [profile] = plan.profiles;
      return plan.edits;
    },
    { block: PROFILES_BLOCK },
  );
  if (profile === undefined) throw roleUnknown(accountId, roleName);
  return { profile: profile.name, created: profile.fate === 'added' };
}

/** What is said of a role that the list does not have. */
export function roleUnknown(accountId: string, roleName: string): AwsherError {
  return new AwsherError('ROLE_UNKNOWN', `There is no role ${roleName} in account ${accountId}.`, {
    hint: 'open the popup again: the list may have changed',
  });
}
