import { afterAll, describe, it } from 'vitest';
import { ATTACKS, STOPPED_ELSEWHERE } from '../support/hostile-attacks/table.ts';
import { nothingGoesThrough, openLab, sharedLab } from '../support/hostile-lab.ts';
import { EXTENSION } from '../support/stage.ts';

// The extension as it is shipped: of no attack of the table does AWS get anything.

const lab = sharedLab(() => openLab(EXTENSION));
afterAll(() => lab.close());

const all = [...STOPPED_ELSEWHERE, ...ATTACKS.map(([name, , attack]) => [name, attack] as const)];
describe('of this, AWS gets nothing', () => {
  it.each(all)('%s', (_name, attack) => lab.use((open) => nothingGoesThrough(open, attack)));
});
