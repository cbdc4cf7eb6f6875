import type { Plan } from '../../aws/resolver/credential-plan.ts';
import type { Problem } from '../../base/formats/check.ts';
import type { ExplainDeps } from './explain-deps.ts';
import type { NamedBy } from './story.ts';

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
