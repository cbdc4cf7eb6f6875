import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { ATTACKS } from '../support/hostile-attacks/table.ts';
import { type Lab, openLab } from '../support/hostile-lab.ts';
import { type Breakable, buildBreakable } from '../support/mutant.ts';
import { until } from '../support/until.ts';

// The same attacks on an extension that lacks exactly what the table says stops them: each gets its press. One build and
// one browser for all of them: what is lacking is switched, and the extension loaded again.

let breakable: Breakable;
let lab: Lab;

/** All attacks that the same checks and guards stop. */
const mutants = [...new Set(ATTACKS.map(([, by]) => by.join(', ')))].map(
  (names) => [names, ATTACKS.filter(([, by]) => by.join(', ') === names)] as const,
);

beforeAll(async () => {
  breakable = await buildBreakable([...new Set(ATTACKS.flatMap(([, by]) => by))]);
  lab = await openLab(breakable.extension);
});
afterAll(async () => {
  await lab?.close();
  await breakable?.remove();
});

describe.each(mutants)('without %s', (_names, attacks) => {
  beforeAll(async () => {
    await breakable.without(attacks[0]?.[1] ?? []);
    await lab.loadAgain();
  });
  afterEach(() => lab.clear());

  it.each(attacks.map(([name, , attack]) => [name, attack] as const))(
    'AWS gets %s',
    async (_name, attack) => {
      const approved = await attack(lab);
      await until(approved);
    },
  );
});
