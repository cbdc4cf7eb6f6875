import type { Catalogue, CatalogueAccount } from '../../../../shared/catalogue/catalogue.ts';
import { byName } from '../../../base/formats/natural-order.ts';
import { type ConfigSection, type SharedConfig, textValue } from '../../../base/formats/profiles.ts';
import { frecency, type Use } from '../../../features/catalogue/frecency.ts';
import { roleWords, shown, usableRoles } from '../accounts/account-words.ts';
import type { Entry } from './fuzzy.ts';

/** What is picked: a profile of the config, or a role that has none yet. */
export type ProfileChoice =
  | { readonly kind: 'profile'; readonly name: string }
  | {
      readonly kind: 'role';
      readonly catalogue: Catalogue;
      readonly accountId: string;
      readonly roleName: string;
    };

/**
 * Everything that a person may mean by "a profile": those of the config, with the account's name where it is known, then
 * roles of known sessions that no profile names. What was used often and lately comes first. Pure.
 */
export function profileEntries(
  config: SharedConfig,
  catalogues: readonly Catalogue[],
  uses: readonly Use[],
  now: number,
): Entry<ProfileChoice>[] {
  const accounts = new Map(
    catalogues.flatMap((one) => one.accounts.map((account) => [account.accountId, account] as const)),
  );
  const weights = new Map(uses.map((use) => [use.profile, frecency(use, now)]));
  const taken = new Set<string>();
  const entries: Entry<ProfileChoice>[] = [];
  for (const section of config.profiles.values()) {
    const role = roleOf(section);
    if (role !== null) taken.add(`${role.accountId} ${role.roleName}`);
    entries.push({
      value: { kind: 'profile', name: section.name },
      label: shown(section.name),
      detail: role === null ? '' : detailOf(accounts.get(role.accountId), role),
      weight: PROFILE_WEIGHT + (weights.get(section.name) ?? 0),
    });
  }
  for (const catalogue of catalogues) {
    for (const account of catalogue.accounts) {
      const { accountId } = account;
      for (const roleName of usableRoles(account)) {
        if (taken.has(`${accountId} ${roleName}`)) continue;
        entries.push({
          value: { kind: 'role', catalogue, accountId, roleName },
          ...roleWords(account, roleName, catalogue.session),
          weight: 0,
        });
      }
    }
  }
  return entries.sort((one, other) => other.weight - one.weight || byName(one.label, other.label));
}

/** A profile that exists before a role that would get one. */
const PROFILE_WEIGHT = 3;

interface Role {
  readonly accountId: string;
  readonly roleName: string;
}

/** The role of Identity Center that a profile names. */
export function roleOf(section: ConfigSection | undefined): Role | null {
  const accountId = textValue(section, 'sso_account_id');
  const roleName = textValue(section, 'sso_role_name');
  return accountId === undefined || roleName === undefined ? null : { accountId, roleName };
}

function detailOf(account: CatalogueAccount | undefined, { accountId, roleName }: Role): string {
  const known = account === undefined ? [] : [shown(account.accountName), shown(account.emailAddress)];
  return [known[0], accountId, shown(roleName), known[1]].filter(Boolean).join(' · ');
}
