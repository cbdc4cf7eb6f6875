import { resolve } from 'node:path';
import type { Result } from '../../../features/doctor/check.ts';
import type { Checked } from '../../../features/doctor/run-checks.ts';
import { type Command, type Declaration, flag, type Run, text } from '../command.ts';
import { EXIT } from '../exit.ts';
import { type Output, plain, type Style } from '../output.ts';
import { hang } from '../width.ts';

export const declaration: Declaration = {
  name: 'doctor',
  summary: 'Check every part of awsher, and fix what it can',
  description:
    'Checks browsers, files, network and clock, and gives the next step for each problem. Exits with 1 if a check fails.',
  options: [
    { flag: '--fix', description: 'Fix what can be fixed' },
    {
      flag: '--report',
      value: 'FILE',
      description: 'Write the results, without secrets, to a file for a bug report',
      completes: 'file',
    },
  ],
  examples: ['awsher doctor', 'awsher doctor --fix', 'awsher doctor --report awsher-report.txt'],
};

const run: Run = async (context, invocation, output) => {
  const [{ CHECKS }, { runChecks }, { thisComputer }] = await Promise.all([
    import('../../../features/doctor/checks.ts'),
    import('../../../features/doctor/run-checks.ts'),
    import('../../../features/doctor/this-computer.ts'),
  ]);
  const computer = () => thisComputer(context);
  const outcomes = await runChecks(computer, { checks: CHECKS, fix: flag(invocation, 'fix') });
  const failed = outcomes.some(({ result }) => result === 'fail');
  if (output.json) output.data({ ok: !failed, checks: outcomes.map(toJson) });
  else show(outcomes, flag(invocation, 'fix'), output);
  const file = text(invocation, 'report');
  if (file !== undefined) {
    const [{ reportText }, { writeFileAtomic }] = await Promise.all([
      import('../../../features/doctor/report.ts'),
      import('../../../base/files/atomic-write.ts'),
    ]);
    const target = resolve(context.cwd, file);
    writeFileAtomic(target, reportText(outcomes, computer()));
    output.tell(`Wrote ${target}; it holds no secrets.`);
  }
  return failed ? EXIT.failed : EXIT.done;
};

export const command: Command = { declaration, run };

function show(outcomes: readonly Checked[], fix: boolean, output: Output): void {
  for (const outcome of outcomes) {
    if (output.quiet && outcome.result !== 'fail') continue;
    output.answer(lines(outcome, output.answerStyle, output.room));
  }
  const failures = outcomes.filter(({ result }) => result === 'fail');
  if (failures.length === 0) {
    output.tell('No problems found.');
    return;
  }
  const mendable = failures.some(({ fixable }) => fixable) && !fix;
  const hint = mendable ? ' `awsher doctor --fix` fixes what it can.' : '';
  output.tell(`${failures.length} of ${outcomes.length} checks failed.${hint}`);
}

const INDENT = ' '.repeat(7);

/** One outcome, wrapped to the width of the terminal; what goes on stands below the words. */
function lines(
  { title, result, detail, next, fixed, fixFailed }: Checked,
  style: Style,
  width: number,
): string {
  const signed = (sign: string, words: string | undefined): string[] =>
    words === undefined
      ? []
      : plain(words)
          .split('\n')
          .flatMap((line) => hang(`${INDENT}${sign} `, line, width));
  const [first = '', ...rest] = plain(detail).split('\n');
  const [head = '', ...below] = hang(INDENT, `${title}: ${first}`, width);
  const named = head.slice(INDENT.length).replace(title, style.bold(title));
  return [
    `${mark(result, style)} ${named}`,
    ...below,
    ...rest.flatMap((line) => hang(INDENT, line, width)),
    ...signed('→', next),
    ...signed('✓', fixed),
    ...signed('✗', fixFailed),
  ].join('\n');
}

function mark(result: Result, style: Style): string {
  switch (result) {
    case 'ok':
      return style.green('[ OK ]');
    case 'fail':
      return style.red('[FAIL]');
    case 'skip':
      return style.dim('[SKIP]');
  }
}

function toJson({ id, title, result, detail, next, fixed, fixFailed, fixable }: Checked) {
  return {
    id,
    title,
    result,
    detail,
    next: next ?? null,
    fixable: fixable === true,
    fixed: fixed ?? null,
    fixFailed: fixFailed ?? null,
  };
}
