import { afterAll, describe, expect, it } from 'vitest';
import { ATTACKS, STOPPED_ELSEWHERE } from '../../support/hostile-attacks/table.ts';
import { openFirefoxLab } from '../../support/hostile-browsers/firefox.ts';
import { nothingGoesThrough, sharedLab } from '../../support/hostile-lab.ts';

/**
 * Decided from the address, from what awsher keeps of the sign-in, or from a reading that another row has on the other page: the same
 * code of no browser. Chromium plays them; in Node: test/shared/approval/decide.test.ts, mutants.test.ts. A stranger's code without ours, and
 * on the sign-in host, are in in-both/foreign-code.ts and sign-in-host.ts.
 */
const ELSEWHERE: readonly string[] = [
  'our own code at another tenant',
  "our own code at another region's portal",
  'ours in the query, theirs in the fragment, ours shown',
  'our code twice in the address',
  'both buttons on the consent page',
  'allow twice',
  'a covered allow',
  "a stranger's code alone",
  'a spent code',
  'an expired code',
  'confirm offered again',
  'allow offered again',
  "a stranger's code on AWS's sign-in host",
];

/**
 * The same attacks as in hostile.test.ts, on the extension as it is shipped for Firefox. What Firefox tells of the pages would be
 * pressed without the named checks; that each guard is what stops its attack is shown with the mutants in Chromium, for the code is the same.
 */
export function hostile(): void {
  describe('of this, AWS gets nothing', () => {
    const lab = sharedLab(openFirefoxLab);
    afterAll(() => lab.close());

    it.each(STOPPED_ELSEWHERE)('%s', (_name, attack) => lab.use((open) => nothingGoesThrough(open, attack)));
    it('leaves out attacks that Chromium plays', () => {
      const names = ATTACKS.map(([name]) => name);
      expect(names).toEqual(expect.arrayContaining([...ELSEWHERE]));
    });
    it.each(ATTACKS.filter(([name]) => !ELSEWHERE.includes(name)))('%s', (_name, by, attack) =>
      lab.use((open) => nothingGoesThrough(open, attack, by)),
    );
  });
}
