import { afterAll, describe, it } from 'vitest';
import { ATTACKS, STOPPED_ELSEWHERE } from '../../support/hostile-attacks/table.ts';
import { openFirefoxLab } from '../../support/hostile-browsers/firefox.ts';
import { nothingGoesThrough, sharedLab } from '../../support/hostile-lab.ts';

/**
 * The same attacks as in hostile.test.ts, on the extension as it is shipped for Firefox. What Firefox tells of the pages would be
 * pressed without the named checks; that each guard is what stops its attack is shown with the mutants in Chromium, for the code is the same.
 */
export function hostile(): void {
  describe('of this, AWS gets nothing', () => {
    const lab = sharedLab(openFirefoxLab);
    afterAll(() => lab.close());

    it.each(STOPPED_ELSEWHERE)('%s', (_name, attack) => lab.use((open) => nothingGoesThrough(open, attack)));
    it.each(ATTACKS)('%s', (_name, by, attack) => lab.use((open) => nothingGoesThrough(open, attack, by)));
  });
}
