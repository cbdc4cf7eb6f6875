import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mistakes } from '../../shared/mistakes.ts';

it.each([
  ['', '', 0],
  ['', 'abc', 3],
  ['us-east-1', 'us-east-1', 0],
  ['us-esat-1', 'us-east-1', 1],
  ['us-est-1', 'us-east-1', 1],
  ['us-eaast-1', 'us-east-1', 1],
  ['chrme', 'chrome', 1],
  ['ab', 'ba', 1],
  ['ca', 'abc', 3],
  ['kitten', 'sitting', 3],
])('between %j and %j are %i', (one, other, count) => {
  expect(mistakes(one, other)).toBe(count);
});

it('are the same both ways, none for the same word, and at most the longer length', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (one, other) => {
      const count = mistakes(one, other);
      expect(count).toBe(mistakes(other, one));
      expect(count === 0).toBe(one === other);
      expect(count).toBeLessThanOrEqual(Math.max(one.length, other.length));
    }),
  );
});
