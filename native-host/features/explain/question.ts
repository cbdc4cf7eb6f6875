import type { ServerClock } from '../../aws/calls/server-clock.ts';
import type { Plan } from '../../aws/resolver/credential-plan.ts';
import type { Paths } from '../../base/files/paths.ts';
import type { Problem } from '../../base/formats/check.ts';
import type { SharedConfig } from '../../base/formats/profiles.ts';
import type { NamedBy } from './story.ts';

/** What it takes to look at a profile; nothing here asks anybody. */
export interface ExplainDeps {
  readonly paths: Paths;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: ServerClock;
  readonly config: SharedConfig;
}

export interface Question {
  readonly deps: ExplainDeps;
  readonly plan: Plan | undefined;
  readonly profile: string;
  readonly namedBy: NamedBy;
  /** Whether a cached role is all that there is: without it a person would be needed. */
  readonly byCacheAlone: boolean;
  /** The first problem of each of the two files, if it has one. */
  readonly problems: readonly { readonly file: string; readonly problem: Problem }[];
  /** The lines of the two files as they are written, by file. */
  readonly lines: ReadonlyMap<string, readonly string[]>;
}

/** A plan and, below roles to assume, the plans of their sources. */
export function chainOf(plan: Plan | undefined): Plan[] {
  if (plan === undefined) return [];
  return plan.kind === 'assume-role' ? [plan, ...chainOf(plan.source)] : [plan];
}

export const innermost = (plan: Plan | undefined): Plan | undefined => chainOf(plan).at(-1);
