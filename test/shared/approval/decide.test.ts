import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../../shared/approval/checks.ts';
import { decide } from '../../../shared/approval/decide.ts';
import { HOSTILE } from './hostile-scenes.ts';
import { allowScene, confirmScene, SIGN_IN_HOST, signInScene } from './scenes.ts';

const PRESSES = ['press-confirm', 'press-allow'];
const without = (names: readonly string[]) => CHECKS.filter(({ name }) => !names.includes(name));

it('the two scenes that every row changes are approved', () => {
  expect(decide(confirmScene()).act).toBe('press-confirm');
  expect(decide(allowScene()).act).toBe('press-allow');
  expect(decide(signInScene()).act).toBe('press-confirm');
  // The consent of a code that was compared on the sign-in host is on the portal.
  expect(decide(allowScene({ entry: { pageHostname: SIGN_IN_HOST } })).act).toBe('press-allow');
});

describe('an attack', () => {
  it.each(HOSTILE)('$name: $act, $reason', ({ scene, act, reason }) => {
    expect(decide(scene)).toMatchObject({ act, reason });
  });
});

describe('each check is needed', () => {
  const stopped = HOSTILE.filter(({ by }) => by.length > 0);

  it.each(stopped)('$name is approved without $by', ({ scene, by }) => {
    expect(PRESSES).toContain(decide(scene, without(by)).act);
  });

  it.each(stopped.filter(({ by }) => by.length > 1))(
    '$name is stopped by each of $by alone',
    ({ scene, by }) => {
      for (const kept of by) {
        expect(PRESSES).not.toContain(decide(scene, without(by.filter((name) => name !== kept))).act);
      }
    },
  );

  it.each(CHECKS.map(({ name }) => name))('%s alone stops an attack of the table', (name) => {
    expect(HOSTILE.some(({ by }) => by.length === 1 && by[0] === name)).toBe(true);
  });

  it('the table names no check that does not exist', () => {
    const names = new Set(CHECKS.map(({ name }) => name));
    expect(HOSTILE.flatMap(({ by }) => by).filter((name) => !names.has(name))).toEqual([]);
    expect(names.size).toBe(CHECKS.length);
  });
});

it('gives the same answer to the same scene, and changes nothing in it', () => {
  for (const { scene } of HOSTILE) {
    const before = JSON.stringify(scene);
    expect(decide(scene)).toEqual(decide(scene));
    expect(JSON.stringify(scene)).toBe(before);
  }
});
