import { afterAll, describe, it } from 'vitest';
import { ATTACKS, STOPPED_ELSEWHERE } from '../support/hostile-attacks/table.ts';
import { nothingGoesThrough, openLab, sharedLab } from '../support/hostile-lab.ts';
import { EXTENSION } from '../support/stage.ts';

// The extension as it is shipped: of no attack of the table does AWS get anything.

const lab = sharedLab(() => openLab(EXTENSION));
afterAll(() => lab.close());

describe('of this, AWS gets nothing', () => {
  it.each(STOPPED_ELSEWHERE)('%s', (_name, attack) => lab.use((open) => nothingGoesThrough(open, attack)));
  it.each(ATTACKS)('%s', (_name, by, attack) => lab.use((open) => nothingGoesThrough(open, attack, by)));
});
