import type { Changes, Patient } from './patient.ts';

/** One thing that is wrong in an otherwise healthy home. */
export interface Break {
  readonly what: string;
  /** Checks that fail then, and no others. */
  readonly fails: readonly string[];
  readonly says: RegExp;
  readonly next: RegExp;
  readonly breaks: (patient: Patient) => Changes | Promise<Changes>;
  /** `--fix` mends it. */
  readonly mends?: true;
}
