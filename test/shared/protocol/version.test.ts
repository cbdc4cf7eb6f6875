import { expect, it } from 'vitest';
import { otherProtocol, ownProtocol } from '../../../shared/protocol/version.ts';

it.each([
  // ours, theirs, what the other part is
  [{ oldest: 1, newest: 1 }, { protocol: 1 }, null],
  [{ oldest: 1, newest: 1 }, { protocol: 2 }, 'newer'],
  [{ oldest: 1, newest: 1 }, { protocol: 2, oldest: 1 }, null],
  [{ oldest: 1, newest: 1 }, { protocol: 0 }, 'older'],
  [{ oldest: 1, newest: 2 }, { protocol: 1 }, null],
  [{ oldest: 2, newest: 2 }, { protocol: 1 }, 'older'],
  [{ oldest: 2, newest: 3 }, { protocol: 5, oldest: 3 }, null],
  [{ oldest: 2, newest: 3 }, { protocol: 5, oldest: 4 }, 'newer'],
] as const)('a part that speaks %j meets one that says %j: it is %s', (own, theirs, other) => {
  expect(otherProtocol(theirs, own)).toBe(other);
});

it('says the same at both ends of any pair', () => {
  const ranges = [1, 2, 3].flatMap((oldest) => [1, 2, 3].map((newest) => ({ oldest, newest })));
  const mirror = { older: 'newer', newer: 'older' } as const;
  for (const a of ranges.filter(({ oldest, newest }) => oldest <= newest)) {
    for (const b of ranges.filter(({ oldest, newest }) => oldest <= newest)) {
      const seenByA = otherProtocol(ownProtocol(b), a);
      const seenByB = otherProtocol(ownProtocol(a), b);
      expect(seenByB).toBe(seenByA === null ? null : mirror[seenByA]);
    }
  }
});

it('says nothing more in hello than a part of the first version understands, as long as it speaks one version', () => {
  expect(ownProtocol({ oldest: 1, newest: 1 })).toEqual({ protocol: 1 });
  expect(ownProtocol({ oldest: 1, newest: 2 })).toEqual({ protocol: 2, oldest: 1 });
});
