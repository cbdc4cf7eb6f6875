/** One thing that the resolver looked at, and what it concluded. Never carries a key, a token or a command's output. */
export interface TraceEvent {
  /** The profile that was looked at; empty for the environment. */
  readonly profile: string;
  /** Which kind of source, by the AWS CLI's names: `sso`, `assume-role`, `custom-process`... */
  readonly source: SourceName;
  readonly outcome: 'taken' | 'passed-over' | 'not-there' | 'invalid';
  /** One sentence for a person. */
  readonly reason: string;
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
  /** How many roles lie between the profile that was asked for and this look: 0 for the profile itself. */
  readonly hop?: number;
}

export type SourceName =
  | 'profile'
  | 'env'
  | 'assume-role'
  | 'assume-role-with-web-identity'
  | 'sso'
  | 'shared-credentials-file'
  | 'login'
  | 'custom-process'
  | 'config-file'
  | 'container-role'
  | 'iam-role'
  | 'cache';

export type Trace = (event: TraceEvent) => void;

/** The same trace, one role further in. */
export function oneHopFurther(trace: Trace | undefined): { trace: Trace } | Record<never, never> {
  if (trace === undefined) return {};
  return { trace: (event: TraceEvent) => trace({ ...event, hop: (event.hop ?? 0) + 1 }) };
}
