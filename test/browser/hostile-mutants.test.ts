import { afterAll, afterEach, beforeAll, it } from 'vitest';
import { guardsOf } from '../support/hostile-attacks/as-seen.ts';
import { ATTACKS } from '../support/hostile-attacks/table.ts';
import { openLab } from '../support/hostile-lab.ts';
import { type Breakable, buildBreakable } from '../support/mutant.ts';
import { until } from '../support/until.ts';

// An attack on an extension that lacks exactly what the table says stops it gets its press: for each set of guards that are not in
// `decide` the attack that the fewest checks stop besides. What `decide` alone decides of the others is shown in hostile.test.ts with
// the pages of a real browser, and in milliseconds in test/shared/approval/decide.test.ts. One build and one browser for all: what is
// lacking is switched, and the extension loaded again.

let breakable: Breakable;
let lab: Awaited<ReturnType<typeof openLab>>;

const fewestFirst = ATTACKS.toSorted(([, one], [, other]) => one.length - other.length);
const guards = (by: readonly string[]) => guardsOf(by).join();
const mutants = fewestFirst.filter(
  ([, by], at) =>
    guards(by) !== '' && at === fewestFirst.findIndex(([, other]) => guards(other) === guards(by)),
);

beforeAll(async () => {
  breakable = await buildBreakable([...new Set(mutants.flatMap(([, by]) => by))]);
  lab = await openLab(breakable.extension);
});
afterAll(async () => {
  await lab?.close();
  await breakable?.remove();
});

afterEach(() => lab.clear());

it.each(mutants)('AWS gets %s, without %s', async (_name, by, attack) => {
  await breakable.without(by);
  await lab.loadAgain();
  const approved = await attack(lab);
  await until(approved);
});
