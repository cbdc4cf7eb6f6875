import type { Catalogue, CatalogueAccount } from '../../../shared/catalogue/catalogue.ts';
import { matchesAny } from '../../base/formats/glob.ts';
import { type IniEdit, setKeys } from '../../base/formats/ini-edit.ts';
import { byName } from '../../base/formats/natural-order.ts';
import { type SourceFile, textValue } from '../../base/formats/profiles.ts';
import { expandTemplate, type NameFields, type Template } from '../settings/profile-template.ts';
import { type Existing, existingProfiles, pairKey } from './existing.ts';
import { nameProfiles } from './naming.ts';

/** What a person wants of `profiles sync`. Lists of patterns; an empty one leaves nothing out. */
export interface SyncWishes {
  readonly template: Template;
  /** On names and numbers of accounts. */
  readonly accounts: readonly string[];
  readonly roles: readonly string[];
  /** On names of profiles, as they are or as the template makes them. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Written into every profile that awsher keeps; left as it is when undefined. */
  readonly region?: string | undefined;
  readonly output?: string | undefined;
  /** Also remove profiles of roles that are gone. */
  readonly prune: boolean;
}

/**
 * What becomes of one profile. `added`; `changed`: another region or output; `kept`; `adopted`: the person has one of their own
 * for that role; `gone`: its role is, and it stays; `removed`.
 */
export type Fate = 'added' | 'changed' | 'kept' | 'adopted' | 'gone' | 'removed';

export interface PlannedProfile {
  readonly name: string;
  readonly accountId: string;
  /** As AWS gave it; empty when the account is gone. */
  readonly accountName: string;
  readonly role: string;
  readonly fate: Fate;
  /** Why a new name is not what the template alone gives. */
  readonly instead: { readonly of: string; readonly because: 'taken' | 'ambiguous' | 'keys' } | null;
}

export interface SyncPlan {
  readonly edits: readonly IniEdit[];
  readonly profiles: readonly PlannedProfile[];
  /** Profiles that awsher keeps and that this run's patterns leave out: they stay. */
  readonly outside: number;
  /** Roles whose names no SDK takes, so that they get no profile. */
  readonly oddRoles: readonly { readonly accountId: string; readonly role: string }[];
}

/** IAM's own rule for the names of roles; anything else in a listing is not AWS's. */
const ROLE = /^[\w+=,.@-]{1,64}$/;
const ACCOUNT = /^\d{12}$/;

/**
 * What `profiles sync` does to a config: the edits, and what is to be said about them. A profile is awsher's when it
 * stands in awsher's block and names account, role and session; no other is ever edited. Throws CONFIG_INVALID for a
 * block that is not whole.
 */
export function planSync(
  catalogue: Catalogue,
  wishes: SyncWishes,
  files: { readonly config: SourceFile; readonly credentials: SourceFile },
): SyncPlan {
  const { pairs, odd: oddRoles } = pairsOf(catalogue);
  const existing = existingProfiles(catalogue, files);
  const profiles: PlannedProfile[] = [];
  const edits: IniEdit[] = [];
  const fresh: Pair[] = [];
  let outside = 0;
  for (const pair of pairs) {
    const owned = existing.owned.get(pair.key) ?? [];
    const adopted = existing.adopted.get(pair.key);
    const names =
      owned.length > 0
        ? owned.map(({ name }) => name)
        : [adopted ?? expandTemplate(wishes.template, pair.fields)];
    if (!isWanted(pair, names, wishes)) {
      outside += owned.length;
      continue;
    }
    for (const section of owned) {
      const changes = settingsOf(wishes).filter(([key, value]) => textValue(section, key) !== value);
      edits.push(...setKeys({ type: 'profile', name: section.name }, Object.fromEntries(changes)));
      profiles.push(planned(pair, section.name, changes.length > 0 ? 'changed' : 'kept'));
    }
    if (owned.length > 0) continue;
    if (adopted !== undefined) profiles.push(planned(pair, adopted, 'adopted'));
    else fresh.push(pair);
  }
  const alike = pairs.filter((pair) => isWantedRole(pair, wishes));
  const added = nameFresh(fresh, alike, wishes, existing.taken);
  for (const { pair, profile } of added) {
    profiles.push(profile);
    const { session, account_id: sso_account_id, role: sso_role_name } = pair.fields;
    const values = { sso_session: session, sso_account_id, sso_role_name };
    const all = { ...values, ...Object.fromEntries(settingsOf(wishes)) };
    edits.push(...setKeys({ type: 'profile', name: profile.name }, all));
  }
  for (const profile of goneProfiles(catalogue, existing.owned, wishes.prune)) {
    profiles.push(profile);
    if (wishes.prune)
      edits.push({ kind: 'remove-section', section: { type: 'profile', name: profile.name } });
  }
  return { edits, profiles, outside, oddRoles };
}

/** One role in one account. */
interface Pair {
  readonly key: string;
  readonly fields: NameFields;
}

function pairsOf({ session, accounts }: Catalogue): {
  pairs: Pair[];
  odd: { accountId: string; role: string }[];
} {
  const pairs = new Map<string, Pair>();
  const odd: { accountId: string; role: string }[] = [];
  for (const { accountId, accountName, roles } of accounts) {
    if (!ACCOUNT.test(accountId)) continue;
    for (const role of roles ?? []) {
      const key = pairKey(accountId, role);
      if (!ROLE.test(role)) odd.push({ accountId, role });
      else
        pairs.set(key, { key, fields: { account_name: accountName, account_id: accountId, role, session } });
    }
  }
  return { pairs: [...pairs.values()], odd };
}

function isWanted(pair: Pair, names: readonly string[], wishes: SyncWishes): boolean {
  const { fields } = pair;
  const { accounts, include, exclude } = wishes;
  if (!isWantedRole(pair, wishes)) return false;
  if (accounts.length > 0 && !matchesAny(accounts, fields.account_name, fields.account_id)) return false;
  if (include.length > 0 && !matchesAny(include, ...names)) return false;
  return !matchesAny(exclude, ...names);
}

function isWantedRole({ fields }: Pair, { roles }: SyncWishes): boolean {
  return roles.length === 0 || matchesAny(roles, fields.role);
}

function settingsOf({ region, output }: SyncWishes): [key: string, value: string][] {
  const settings: [string, string][] = [];
  if (region !== undefined) settings.push(['region', region]);
  if (output !== undefined) settings.push(['output', output]);
  return settings;
}

/**
 * Named are the wanted roles of all accounts, also those that have a profile or whose account is not wanted now: what they
 * are called alike must not fall to the one that happens to come alone.
 */
function nameFresh(
  fresh: readonly Pair[],
  pairs: readonly Pair[],
  { template }: SyncWishes,
  taken: Existing['taken'],
): { pair: Pair; profile: PlannedProfile }[] {
  if (fresh.length === 0) return [];
  const wanted = new Set(fresh);
  const fields = pairs.map((pair) => pair.fields);
  const named = nameProfiles(template, fields, (name) => taken(name) !== undefined);
  const added = named.flatMap(({ name, instead }, at) => {
    const pair = pairs[at];
    if (pair === undefined || !wanted.has(pair)) return [];
    const because = instead?.because === 'taken' && taken(instead.of) === 'keys' ? 'keys' : instead?.because;
    const reason: PlannedProfile['instead'] =
      instead === null || because === undefined ? null : { of: instead.of, because };
    return [{ pair, profile: { ...planned(pair, name, 'added'), instead: reason } }];
  });
  return added.sort((one, other) => byName(one.profile.name, other.profile.name));
}

function goneProfiles(catalogue: Catalogue, owned: Existing['owned'], prune: boolean): PlannedProfile[] {
  // Without a whole list of accounts nothing is known to be gone.
  if (catalogue.accountsAsOf === null) return [];
  const accounts = new Map(catalogue.accounts.map((account) => [account.accountId, account]));
  const gone: PlannedProfile[] = [];
  for (const section of [...owned.values()].flat()) {
    const accountId = textValue(section, 'sso_account_id') ?? '';
    const role = textValue(section, 'sso_role_name') ?? '';
    const account = accounts.get(accountId);
    if (account !== undefined && mayStillHave(account, role)) continue;
    const accountName = account?.accountName ?? '';
    gone.push({
      name: section.name,
      accountId,
      accountName,
      role,
      fate: prune ? 'removed' : 'gone',
      instead: null,
    });
  }
  return gone;
}

/** Also when the last look at the account failed: a suspended one may come back. */
function mayStillHave({ roles, problem }: CatalogueAccount, role: string): boolean {
  return roles === null || problem !== null || roles.includes(role);
}

function planned(pair: Pair, name: string, fate: Fate): PlannedProfile {
  const { account_id: accountId, account_name: accountName, role } = pair.fields;
  return { name, accountId, accountName, role, fate, instead: null };
}
