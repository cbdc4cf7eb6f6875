import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { errnoOf } from '../../base/files/file-errors.ts';
import { startTimer } from '../../base/platform/timers.ts';
import { type Check, type Finding, type Result, skip } from './check.ts';
import type { DoctorContext } from './context.ts';

/** A check with what it found and, after `--fix`, what was done about it. */
export interface Checked {
  readonly id: string;
  readonly title: string;
  readonly result: Result;
  readonly detail: string;
  readonly next?: string;
  /** What was mended. */
  readonly fixed?: string;
  /** Why it could not be mended. */
  readonly fixFailed?: string;
  /** `--fix` can mend it. */
  readonly fixable?: true;
}

export interface RunOptions {
  readonly checks: readonly Check[];
  readonly fix: boolean;
  /** No check may keep the others from being told. */
  readonly deadlineMs?: number;
}

const DEADLINE_MS = 30_000;

/**
 * Runs every check, whatever becomes of the others, and gives the outcomes in the order of the list. With `fix`, what
 * failed is mended one after the other, and then looked at again. Never throws.
 */
export async function runChecks(context: () => DoctorContext, options: RunOptions): Promise<Checked[]> {
  const { checks, fix, deadlineMs = DEADLINE_MS } = options;
  const first = context();
  const findings = await lookAtAll(checks, first, deadlineMs);
  if (!fix) return checks.map((check, at) => outcome(check, findings[at]));
  const done: { fixed?: string; fixFailed?: string }[] = [];
  for (const finding of findings) done.push(await mend(finding));
  // One repair may mend another's subject too, so everything that failed is looked at again; nothing is remembered.
  const again = context();
  return Promise.all(
    checks.map(async (check, at) => {
      const found = findings[at];
      if (found?.result !== 'fail') return outcome(check, found);
      return { ...outcome(check, await findingOf(check, again, deadlineMs)), ...done[at] };
    }),
  );
}

/**
 * Where files are another user's, much fails for that one reason: the person is told that one, with its one command, and
 * the rest is judged when they are theirs again.
 */
async function lookAtAll(
  checks: readonly Check[],
  context: DoctorContext,
  deadlineMs: number,
): Promise<Finding[]> {
  const findings = await Promise.all(checks.map((check) => findingOf(check, context, deadlineMs)));
  const owners = checks.findIndex(({ id }) => id === 'ownership');
  if (findings[owners]?.result !== 'fail') return findings;
  return findings.map((finding, at) =>
    at === owners || finding.result !== 'fail'
      ? finding
      : skip('Cannot be checked until the files belong to you.'),
  );
}

/** One check, with a deadline. A check that throws has failed, and says nothing of why: that may hold anything. */
async function findingOf(check: Check, context: DoctorContext, deadlineMs: number): Promise<Finding> {
  let stop = () => {};
  const late = new Promise<Finding>((resolve) => {
    stop = startTimer(deadlineMs, () =>
      resolve(unfinished(`It did not finish within ${Math.round(deadlineMs / 1000)} s.`)),
    );
  });
  try {
    return await Promise.race([Promise.resolve().then(() => check.run(context)), late]);
  } catch (thrown) {
    if (!(thrown instanceof AwsherError)) return unfinished('The check itself failed; that is a bug.');
    return { result: 'fail', detail: thrown.message, next: thrown.hint ?? 'report it' };
  } finally {
    stop();
  }
}

function unfinished(detail: string): Finding {
  return {
    result: 'fail',
    detail,
    next: 'report it, with the file from `awsher doctor --report FILE`',
  };
}

async function mend(finding: Finding): Promise<{ fixed?: string; fixFailed?: string }> {
  if (finding.result !== 'fail' || !finding.fix) return {};
  try {
    return { fixed: await finding.fix() };
  } catch (thrown) {
    const why = errnoOf(thrown);
    const failed = `It could not be fixed${why === undefined ? '' : ` (${why})`}.`;
    return { fixFailed: thrown instanceof AwsherError ? thrown.message : failed };
  }
}

function outcome({ id, title }: Check, finding: Finding | undefined): Checked {
  const { result, detail, next, fix } = finding ?? unfinished('It gave no answer.');
  return {
    id,
    title,
    result,
    detail,
    ...(next === undefined ? {} : { next }),
    ...(fix === undefined ? {} : { fixable: true }),
  };
}
