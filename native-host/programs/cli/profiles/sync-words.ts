import type { SharedConfig } from '../../../base/formats/profiles.ts';
import type { CatalogueUpdate } from '../../../features/catalogue/update.ts';
import { findConflicts } from '../../../features/explain/conflicts.ts';
import type { Fate, PlannedProfile, SyncPlan, SyncWishes } from '../../../features/profiles/sync-plan.ts';
import { shown } from '../accounts/account-words.ts';

/** What a person should know before they say yes: one line each, none for what is as they would expect. */
export function remarks(
  plan: SyncPlan,
  { catalogue, left }: Pick<CatalogueUpdate, 'catalogue' | 'left'>,
  config: SharedConfig,
  wishes: SyncWishes,
): string[] {
  const lines: string[] = [];
  const having = (fate: Fate): PlannedProfile[] => plan.profiles.filter((one) => one.fate === fate);
  for (const { accountId, role } of plan.oddRoles.slice(0, 5))
    lines.push(
      `Left out: the role ${JSON.stringify(shown(role))} of ${accountId}, because no SDK accepts its name.`,
    );
  const forbidden = catalogue.accounts.filter(({ problem }) => problem === 'forbidden');
  if (forbidden.length > 0) {
    const names = listed(forbidden.map((one) => `${shown(one.accountName)} (${one.accountId})`));
    lines.push(
      `AWS does not list the roles of ${names}: account suspended, or access removed. Their profiles stay.`,
    );
  }
  for (const { name, instead } of plan.profiles) {
    if (instead?.because === 'keys')
      lines.push(`${name} is not called ${instead.of}, because that profile has keys of its own.`);
  }
  const taken = plan.profiles.filter(({ instead }) => instead?.because === 'taken');
  if (taken.length > 0)
    lines.push(
      `${count(taken.length, 'name')} ${taken.length === 1 ? 'is' : 'are'} longer, because your own profiles use the short form: ${listed(taken.map(({ name }) => name))}.`,
    );
  const gone = having('gone');
  if (gone.length > 0)
    lines.push(
      `${count(gone.length, 'profile')} for roles that no longer exist: ${listed(gone.map(({ name }) => name))}. \`--prune\` removes them.`,
    );
  const ours = plan.profiles.filter(({ fate }) => fate === 'kept' || fate === 'changed');
  const kept = ours.map(({ name }) => name);
  lines.push(...findConflicts(config, kept));
  if (left > 0)
    lines.push(
      `The roles of ${count(left, 'account')} are more than a day old; \`--refresh\` lists them all again.`,
    );
  if (having('added').length > 0 && wishes.region === undefined)
    lines.push('The new profiles have no region; set one with `--region`.');
  return lines;
}

/** What is done to the config: `3 profiles added, 1 removed`; empty when nothing is. */
export function changesIn({ profiles }: SyncPlan): string {
  const parts = (['added', 'changed', 'removed'] as const).flatMap((fate) => {
    const many = numberOf(profiles, fate);
    return many === 0 ? [] : [[many, fate] as const];
  });
  return parts
    .map(([many, fate], at) => `${at === 0 ? count(many, 'profile') : many.toLocaleString('en')} ${fate}`)
    .join(', ');
}

/** What was done, or that nothing had to be. */
export function doneLine(plan: SyncPlan): string {
  const kept = numberOf(plan.profiles, 'kept', 'gone') + plan.outside;
  const own = numberOf(plan.profiles, 'adopted');
  const rest = [
    ...(kept > 0 ? [`${kept.toLocaleString('en')} as they were`] : []),
    ...(own > 0 ? [`${own.toLocaleString('en')} of your own`] : []),
  ];
  const done = changesIn(plan);
  if (done !== '') return [done, ...rest].join(', ');
  return `Up to date${rest.length === 0 ? '' : `: ${rest.join(', ')}`}`;
}

function numberOf(profiles: readonly PlannedProfile[], ...fates: readonly Fate[]): number {
  return profiles.filter(({ fate }) => fates.includes(fate)).length;
}

function count(many: number, what: string): string {
  return `${many.toLocaleString('en')} ${what}${many === 1 ? '' : 's'}`;
}

function listed(names: readonly string[]): string {
  return names.length <= 5
    ? names.join(', ')
    : `${names.slice(0, 5).join(', ')} and ${(names.length - 5).toLocaleString('en')} more`;
}
