import { afterAll, describe, it } from 'vitest';
import { ATTACKS, STOPPED_ELSEWHERE } from '../support/hostile-attacks/table.ts';
import { labPool, nothingGoesThrough, openLab } from '../support/hostile-lab.ts';
import { EXTENSION } from '../support/stage.ts';

// The extension as it is shipped: of no attack of the table does AWS get anything.

const labs = labPool(2, () => openLab(EXTENSION));
afterAll(() => labs.close());

const all = [...ATTACKS.map(([name, , attack]) => [name, attack] as const), ...STOPPED_ELSEWHERE];
describe.concurrent('of this, AWS gets nothing', () => {
  it.each(all)('%s', (_name, attack) => labs.use((lab) => nothingGoesThrough(lab, attack)));
});
