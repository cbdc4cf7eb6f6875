import type { Paths } from '../../base/files/paths.ts';
import type { SharedConfig } from '../../base/formats/profiles.ts';

/** From worst to mildest. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something that a stranger or a mishap could make use of. Never holds a secret: a key id is masked. */
export interface AuditFinding {
  /** The check that found it; stable, for programs. */
  readonly check: string;
  readonly severity: Severity;
  /** What is wrong, in one clause. */
  readonly title: string;
  readonly file: string | null;
  /** Counted from 1. */
  readonly line: number | null;
  /** What to do about it, in one clause. */
  readonly fix: string;
}

/** The person's machine as the checks see it. */
export interface AuditContext {
  readonly paths: Paths;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly cwd: string;
  /** The person's user id; undefined on Windows. */
  readonly uid: number | undefined;
  /** Both files as far as they can be read. */
  readonly config: SharedConfig;
}

/** One look. Checks do not know each other; one that throws does not stop the others. */
export interface AuditCheck {
  readonly id: string;
  /** What is looked at, for people: `keys in the environment`. */
  readonly about: string;
  run(context: AuditContext): readonly Omit<AuditFinding, 'check'>[];
}

export type Finding = Omit<AuditFinding, 'check'>;
