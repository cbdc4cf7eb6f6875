import { afterAll, describe, it } from 'vitest';
import { findFirefox } from '../support/browsers/find.ts';
import { FIREFOX_EXTENSION } from '../support/firefox-stage.ts';
import { foreignAlone } from '../support/hostile-attacks/codes.ts';
import { ATTACKS, STOPPED_ELSEWHERE } from '../support/hostile-attacks/table.ts';
import { nothingGoesThrough, openLab, sharedLab } from '../support/hostile-lab.ts';
import { buildBreakable } from '../support/mutant.ts';
import { until } from '../support/until.ts';

// The same attacks as in hostile.test.ts, on the extension as it is shipped for Firefox. That each check is what stops its
// attack is shown with the mutants in Chromium, for the code that decides is the same; that these attacks reach Firefox at
// all, with one mutant.

const all = [...ATTACKS.map(([name, , attack]) => [name, attack] as const), ...STOPPED_ELSEWHERE];

// Skipped only where this Firefox is not installed; `npm test` installs it where it may (scripts/test.mjs).
describe.skipIf(findFirefox() === null)('of this, AWS gets nothing in Firefox', () => {
  const lab = sharedLab(() => openLab(FIREFOX_EXTENSION, 'firefox'));
  afterAll(() => lab.close());

  it.each(all)('%s', (_name, attack) => lab.use((open) => nothingGoesThrough(open, attack)));
});

// Skipped for the same reason.
describe.skipIf(findFirefox() === null)('without vouched, our visit', () => {
  it("AWS gets a stranger's code", async () => {
    const guards = ['vouched', 'our visit'];
    const breakable = await buildBreakable(guards, 'firefox');
    await breakable.without(guards);
    const lab = await openLab(breakable.extension, 'firefox');
    try {
      const approved = await foreignAlone(lab);
      await until(approved);
    } finally {
      await lab.close();
      await breakable.remove();
    }
  });
});
