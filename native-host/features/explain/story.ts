import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { SourceName, TraceEvent } from '../../aws/resolver/trace.ts';

/**
 * Where a profile's credentials come from, as data: what `awsher explain --json` prints. Holds no secret: keys are
 * masked (`AKIA…MPLE`), tokens appear as dates only. Paths are absolute, lines counted from 1, times ISO 8601 in UTC.
 */
export interface Story {
  readonly version: 1;
  readonly profile: string;
  /** What named the profile; `nothing` for `default`. */
  readonly namedBy: NamedBy;
  readonly verdict: Verdict;
  /** Variables that are set and have to do with credentials, the decisive ones first. */
  readonly environment: readonly Variable[];
  readonly files: readonly ReadFile[];
  /** The chain in the order in which it was walked, source profiles included (`hop` 1 and more). */
  readonly steps: readonly Step[];
  /** What was taken, the asked-for profile first, and then what each of them builds on. */
  readonly hops: readonly Hop[];
  readonly disagreements: readonly Otherwise[];
  /** Sentences that belong to none of the above. */
  readonly notes: readonly string[];
}

export type NamedBy = 'argument' | 'AWS_PROFILE' | 'AWS_DEFAULT_PROFILE' | 'nothing';

/**
 * `ready`: credentials can be had without a person. `sign-in`, `mfa`: a person is needed. `expired`: keys that have ended.
 * `unknown`: only running it would tell (a program, a machine's role). `broken`: the error says why there are none.
 */
export type VerdictState = 'ready' | 'sign-in' | 'mfa' | 'expired' | 'unknown' | 'broken';

export interface Verdict {
  readonly state: VerdictState;
  /** Where the chain ended, by the AWS CLI's names; null when it found nothing. */
  readonly source: SourceName | null;
  /** One sentence. */
  readonly sentence: string;
  /** What to do next, as one clause: ``run `awsher login corp` ``. */
  readonly next: string | null;
  readonly error: {
    readonly code: ErrorCode;
    readonly file: string | null;
    readonly line: number | null;
  } | null;
}

export interface Variable {
  readonly name: string;
  /** Masked or left out (null) where it may be secret. */
  readonly value: string | null;
  /** `wins`: it decides. `used`: it plays a part. `passed-over`: it would, but something goes before it. */
  readonly effect: 'wins' | 'used' | 'passed-over' | 'no-effect';
  readonly sentence: string;
}

export interface ReadFile {
  readonly file: string;
  readonly kind: 'config' | 'credentials';
  readonly exists: boolean;
  /** What the AWS CLI and boto3 refuse the whole file for, or why it could not be read (line 0). */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

export type Step = Required<Omit<TraceEvent, 'file' | 'line'>> & {
  readonly file: string | null;
  readonly line: number | null;
};

export interface Place {
  readonly file: string;
  readonly line: number;
}

export interface Hop {
  readonly kind: 'sso' | 'assume-role' | 'web-identity' | 'process' | 'keys' | 'container' | 'instance';
  /** Empty for the environment and the machine. */
  readonly profile: string;
  readonly place: Place | null;
  /** What it is in a few words: `role Admin in account 111122223333`. */
  readonly title: string;
  readonly facts: readonly Fact[];
  /** Identity Center only. */
  readonly token: TokenFact | null;
  readonly caches: readonly CacheFact[];
}

export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly place: Place | null;
}

export interface TokenFact {
  readonly file: string;
  /** The session's name or the start URL, whose SHA-1 is the file's name. */
  readonly key: string;
  /** What awsher would do with it now. */
  readonly decision: 'use' | 'refresh' | 'sign-in';
  readonly sentence: string;
  readonly expiresAt: string | null;
  readonly hasRefreshToken: boolean;
  readonly registrationExpiresAt: string | null;
  /** The command that signs in. */
  readonly login: string;
}

export interface CacheFact {
  readonly file: string;
  readonly kind: 'token' | 'token-twin' | 'role' | 'registration';
  readonly exists: boolean;
  readonly sentence: string;
  readonly expiresAt: string | null;
  /** Whether it answers now, so that nobody is asked. */
  readonly usable: boolean;
}

/** An SDK that would decide otherwise for this very profile. */
export interface Disagreement {
  /** Stable, for programs. */
  readonly id: string;
  readonly sdks: readonly string[];
  /** What they do instead. */
  readonly instead: string;
  /** How to make all agree. */
  readonly remedy: string;
  readonly place: Place | null;
  /** Where this was read. */
  readonly source: string;
}

export interface Otherwise extends Disagreement {
  /** Those of `sdks` that were run against such a home; of the others the source was read. */
  readonly run: readonly string[];
}
