import { describe, expect, it } from 'vitest';
import { createProgress } from '../../../../../native-host/programs/cli/login/progress.ts';
import { createOutput } from '../../../../../native-host/programs/cli/output.ts';
import { width } from '../../../../../native-host/programs/cli/width.ts';
import { STEPS, type Step } from '../../../../../shared/login/progress.ts';
import { testContext } from '../../../../support/credentials/context.ts';

/** The line that a terminal of so many columns shows two minutes into a sign-in. */
function shown(columns: number, draw: (progress: ReturnType<typeof createProgress>) => void): string {
  let [line, clock] = ['', 0];
  const write = (piece: string) => {
    line = piece;
  };
  const stderr = { isTTY: true, columns, write };
  const { context } = testContext({ HOME: '/home/ana' }, { stderr, now: () => clock });
  const progress = createProgress(context, createOutput(context, { options: {} }));
  clock = 125_000;
  draw(progress);
  const last = line;
  progress.stop();
  return last.replaceAll(/\x1b\[[\d;?]*[A-Za-z]|\r/g, '');
}

describe.each([118, 80, 60, 40])('a sign-in under way, in %i columns', (columns) => {
  it.each(STEPS)('%s is one line', (step) => {
    const lines = ['', 'p: another way'].flatMap((key) => [
      shown(columns, (progress) => progress.step({ step }, key)),
      shown(columns, (progress) => progress.step({ step, userCode: 'ABCD-EFGH' }, key)),
    ]);
    expect(lines.filter((line) => width(line) >= columns)).toEqual([]);
  });

  it.each<[Step, RegExp]>([
    ['permission-needed', /Press Allow/],
    ['answer-needed', /Press Approve/],
    ['sign-in-needed', /Sign in on the page now in front/],
    ['click-needed', /code is ABCD-EFGH · Approve it/],
  ])('%s says what to do', (step, words) => {
    const code = step === 'click-needed' ? { userCode: 'ABCD-EFGH' } : {};
    expect(shown(columns, (progress) => progress.step({ step, ...code }))).toMatch(words);
  });

  it('a name in wide letters is cut with a mark', () => {
    const line = shown(columns, (progress) => progress.say(`Starting ${'ブラウザ 브라우저 🚀'.repeat(9)}`));
    expect(width(line)).toBeLessThan(columns);
    expect(line).toContain('…');
  });
});
