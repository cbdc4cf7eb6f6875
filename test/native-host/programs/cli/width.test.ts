import { expect, it } from 'vitest';
import { pieces, wrap } from '../../../../native-host/programs/cli/width.ts';

it.each([
  ['/a/long/path,', 12, ['/a/long/pat', 'h,']],
  ['日本,', 4, ['日', '本,']],
  ['/a/long/path', 12, ['/a/long/path']],
  ['/a/long/path', 7, ['/a/long', '/path']],
  ['a,', 1, ['a', ',']],
])('%s in pieces of %i', (text, columns, wanted) => expect(pieces(text, columns)).toEqual(wanted));

it('a mark of punctuation begins no line', () => {
  expect(wrap('in /a/long/path, the other', 12)).toEqual(['in', '/a/long/pat', 'h, the other']);
});
