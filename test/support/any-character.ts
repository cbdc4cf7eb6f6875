import fc from 'fast-check';

/**
 * Any character of Unicode but halves of pairs, as `unit` of `fc.string`. fast-check's own `binary` and `grapheme` first put
 * every character into a table, which takes two seconds in each worker.
 */
export const anyCharacter = fc
  .oneof(fc.nat(0x7f), fc.nat(0xd7ff), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((codePoint) => String.fromCodePoint(codePoint));
