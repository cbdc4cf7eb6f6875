import { describe, expect, it } from 'vitest';
import { LISTENER_CHECKS, vouchByListener } from '../../../shared/approval/vouch-by-listener.ts';
import { approve, LISTENER_SCENES, SCENE, STOPPED } from './listener-scenes.ts';

it.each(LISTENER_SCENES)('$name: $vouch.act', ({ scene, vouch }) => {
  expect(vouchByListener(scene)).toEqual(vouch);
});

describe.each(STOPPED)('%s', (_name, check, change) => {
  it(`is caught by ${check} alone`, () => {
    const others = LISTENER_CHECKS.filter(({ name }) => name !== check);
    expect(others).toHaveLength(LISTENER_CHECKS.length - 1);
    expect(vouchByListener({ ...SCENE, ...change }, others)).toEqual(approve);
  });
});

it('has a row for every check', () => {
  expect(
    LISTENER_CHECKS.map(({ name }) => name).filter((name) => !STOPPED.some(([, check]) => check === name)),
  ).toEqual([]);
});
