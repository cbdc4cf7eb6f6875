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
