import { tmpdir } from 'node:os';
import { performance } from 'node:perf_hooks';
import { expect, it } from 'vitest';
import { awsher, type Finished } from '../../support/awsher.ts';
import { shellEnv } from '../../support/shell-env.ts';

/** One line of docs/faults.md, which is made from these calls: keep each in one literal. */
export interface Fault {
  readonly breaks: string;
  readonly sees: string;
  /** Exit code of the command. */
  readonly exit: number;
  /** The longest that it may take, in seconds. */
  readonly within: number;
}

let asked = { at: Number.NEGATIVE_INFINITY, busy: Promise.resolve(0) };

/** What this machine adds to everything in these seconds: of processes that start, and of those that compete with them. */
function busySeconds(): Promise<number> {
  if (performance.now() - asked.at > 3_000) asked = { at: performance.now(), busy: measureBusy() };
  return asked.busy;
}

async function measureBusy(): Promise<number> {
  const began = performance.now();
  await awsher(['--version'], shellEnv(tmpdir()));
  return 3 + (4 * (performance.now() - began)) / 1000;
}

/** A test of what happens when something breaks; it runs beside the others of its file, so its home is its own. `ends` measures a run and holds it against the line. */
export function fault(
  line: Fault,
  run: (ends: (start: () => Promise<Finished>) => Promise<Finished>) => Promise<void>,
  skip?: string | undefined,
): void {
  const name = `${line.breaks} → ${line.sees} · exit ${line.exit} · ≤ ${line.within} s`;
  if (skip !== undefined) it.skip(`${name} (${skip})`, () => {});
  else it.concurrent(name, () => run((start) => measured(line, start)));
}

async function measured({ exit, within }: Fault, start: () => Promise<Finished>): Promise<Finished> {
  const busy = await busySeconds();
  const began = performance.now();
  const finished = await start();
  const seconds = (performance.now() - began) / 1000;
  expect(finished, JSON.stringify(finished)).toMatchObject({ code: exit });
  expect(finished.stderr).not.toMatch(/\n\s+at |INTERNAL/);
  expect(seconds, finished.stderr).toBeLessThan(within + busy);
  return finished;
}
