import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { ATTACKS, STOPPED_ELSEWHERE } from '../support/hostile-attacks/table.ts';
import { aMoment, type Lab, openLab } from '../support/hostile-lab.ts';
import { EXTENSION } from '../support/stage.ts';

// The extension as it is shipped: of no attack of the table does AWS get anything.

let lab: Lab;
beforeAll(async () => {
  lab = await openLab(EXTENSION);
});
afterEach(() => lab.clear());
afterAll(() => lab.close());

const all = [...ATTACKS.map(([name, , attack]) => [name, attack] as const), ...STOPPED_ELSEWHERE];
it.each(all)('%s', async (_name, attack) => {
  const approved = await attack(lab);
  await aMoment();
  expect(approved()).toBe(false);
  // Our own sign-in does not end with a lie.
  for (const { child, output } of lab.goingOn()) {
    expect({ ended: child.exitCode, ...output() }).toMatchObject({ ended: null });
  }
});
