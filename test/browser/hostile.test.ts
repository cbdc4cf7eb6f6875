import { afterAll, describe, expect, it } from 'vitest';
import { ATTACKS, STOPPED_ELSEWHERE } from '../support/hostile-attacks/table.ts';
import { aMoment, labPool, openLab } from '../support/hostile-lab.ts';
import { EXTENSION } from '../support/stage.ts';

// The extension as it is shipped: of no attack of the table does AWS get anything.

const labs = labPool(3, () => openLab(EXTENSION));
afterAll(() => labs.close());

const all = [...ATTACKS.map(([name, , attack]) => [name, attack] as const), ...STOPPED_ELSEWHERE];
describe.concurrent('of this, AWS gets nothing', () => {
  it.each(all)('%s', (_name, attack) =>
    labs.use(async (lab) => {
      const approved = await attack(lab);
      await aMoment();
      expect(approved()).toBe(false);
      // Our own sign-in does not end with a lie.
      for (const { child, output } of lab.goingOn()) {
        expect({ ended: child.exitCode, ...output() }).toMatchObject({ ended: null });
      }
    }),
  );
});
