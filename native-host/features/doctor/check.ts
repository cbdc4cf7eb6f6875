import { printable } from '../../../shared/printable.ts';
import type { DoctorContext } from './context.ts';

export type Result = 'ok' | 'fail' | 'skip';

/** What a check found. `detail` and `next` may have several lines, one for each subject. */
export interface Finding {
  readonly result: Result;
  readonly detail: string;
  /** The next thing to do; every failure has one. */
  readonly next?: string;
  /** Mends it and says what was done. Throws AwsherError when it could not. */
  readonly fix?: () => Promise<string> | string;
}

/** One look at one part of awsher. Checks do not know each other, and do not lean on what they test. */
export interface Check {
  /** Stable, for programs. */
  readonly id: string;
  readonly title: string;
  /** It looks at the shell that the command was typed in: nothing that a browser could ask about. */
  readonly aboutShell?: true;
  run(context: DoctorContext): Promise<Finding> | Finding;
}

export const ok = (detail: string): Finding => ({ result: 'ok', detail });
export const skip = (detail: string, next?: string): Finding =>
  next === undefined ? { result: 'skip', detail } : { result: 'skip', detail, next };
export const fail = (detail: string, next: string, fix?: Finding['fix']): Finding =>
  fix === undefined ? { result: 'fail', detail, next } : { result: 'fail', detail, next, fix };

/** Several findings as one: only the failures if there are any. A fix mends all that can be mended. */
export function together(findings: readonly Finding[]): Finding {
  const failures = findings.filter(({ result }) => result === 'fail');
  if (failures.length === 0) {
    const good = findings.filter(({ result }) => result === 'ok');
    const shown = good.length > 0 ? good : findings;
    return { result: good.length > 0 ? 'ok' : 'skip', detail: lines(shown.map(({ detail }) => detail)) };
  }
  const fixes = failures.flatMap(({ fix }) => fix ?? []);
  const finding = fail(
    lines(failures.map(({ detail }) => detail)),
    lines(failures.flatMap(({ next }) => next ?? [])),
  );
  if (fixes.length === 0) return finding;
  const fix = async () => {
    const done: string[] = [];
    const errors: unknown[] = [];
    for (const one of fixes) {
      try {
        done.push(await one());
      } catch (thrown) {
        errors.push(thrown);
      }
    }
    // What could be mended is; the error is about the first that could not.
    if (errors.length > 0) throw errors[0];
    return lines(done);
  };
  return { ...finding, fix };
}

function lines(texts: readonly string[]): string {
  return [...new Set(texts)].join('\n');
}

/** Text of foreign origin as a part of one line, not too long. */
export function inline(text: string): string {
  return printable(text.slice(0, 300), { instead: '?' });
}

/** A path as a person writes it: the home directory is `~`. */
export function shortPath(path: string, home: string): string {
  const inHome = path === home || ['/', '\\'].some((slash) => path.startsWith(`${home}${slash}`));
  return inline(inHome ? `~${path.slice(home.length)}` : path);
}
