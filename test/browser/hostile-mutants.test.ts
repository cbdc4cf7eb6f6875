import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { ATTACKS } from '../support/hostile-attacks/table.ts';
import { type Lab, openLab } from '../support/hostile-lab.ts';
import { buildMutant } from '../support/mutant.ts';
import { until } from '../support/until.ts';

// The same attacks on builds that lack exactly what the table says stops them: each gets its press.

let lab: Lab;

/** One build for all attacks that the same checks and guards stop. */
const mutants = [...new Set(ATTACKS.map(([, by]) => by.join(', ')))].map(
  (names) => [names, ATTACKS.filter(([, by]) => by.join(', ') === names)] as const,
);

describe.each(mutants)('without %s', (_names, attacks) => {
  let folder: string | undefined;
  beforeAll(async () => {
    const mutant = await buildMutant(attacks[0]?.[1] ?? []);
    folder = mutant.folder;
    lab = await openLab(mutant.extension);
  });
  afterEach(() => lab.clear());
  afterAll(async () => {
    await lab.close();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  it.each(attacks.map(([name, , attack]) => [name, attack] as const))(
    'AWS gets %s',
    async (_name, attack) => {
      const approved = await attack(lab);
      await until(approved, 6_000);
    },
  );
});
