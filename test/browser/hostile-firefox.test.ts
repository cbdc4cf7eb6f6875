import { afterAll, describe, it } from 'vitest';
import { NO_FIREFOX } from '../support/browsers/find.ts';
import { FIREFOX_EXTENSION } from '../support/firefox-stage.ts';
import { foreignAlone } from '../support/hostile-attacks/codes.ts';
import { ATTACKS, STOPPED_ELSEWHERE } from '../support/hostile-attacks/table.ts';
import { nothingGoesThrough, openLab, sharedLab } from '../support/hostile-lab.ts';
import { buildBreakable } from '../support/mutant.ts';
import { until } from '../support/until.ts';

// The same attacks as in hostile.test.ts, on the extension as it is shipped for Firefox. That each check is what stops its
// attack is shown with the mutants in Chromium, for the code that decides is the same; that these attacks reach Firefox at
// all, with one mutant.

// Skipped only where this Firefox is not installed; `npm test` installs it where it may (scripts/test.mjs).
describe.skipIf(NO_FIREFOX)(`in Firefox${NO_FIREFOX}`, () => {
  const lab = sharedLab(() => openLab(FIREFOX_EXTENSION, 'firefox'));
  afterAll(() => lab.close());

  describe('of this, AWS gets nothing', () => {
    it.each(STOPPED_ELSEWHERE)('%s', (_name, attack) => lab.use((open) => nothingGoesThrough(open, attack)));
    it.each(ATTACKS)('%s', (_name, by, attack) => lab.use((open) => nothingGoesThrough(open, attack, by)));
  });

  it("without vouched, our visit, AWS gets a stranger's code", async ({ onTestFinished }) => {
    const guards = ['vouched', 'our visit'];
    const breakable = await buildBreakable(guards, 'firefox');
    onTestFinished(() => breakable.remove());
    await breakable.without(guards);
    await lab.use(async (open) => {
      await open.loadAgain(breakable.extension);
      await until(await foreignAlone(open));
    });
  });
});
