import { expect, it } from 'vitest';
import { decide } from '../../../shared/approval/decide.ts';
import { authorizationScene } from './authorization-scenes.ts';
import { HARMLESS } from './harmless-scenes.ts';
import { allowScene, confirmScene, OURS } from './scenes.ts';

it.each(HARMLESS)('$name: $act, $reason', ({ scene, act, reason }) => {
  expect(decide(scene)).toMatchObject({ act, reason });
});

it('names what is pressed for', () => {
  expect(decide(confirmScene()).entry?.userCode).toBe(OURS);
  expect(decide(allowScene()).entry?.userCode).toBe(OURS);
  expect(decide(authorizationScene())).toMatchObject({ entry: null, authorization: { id: 'h1' } });
});
