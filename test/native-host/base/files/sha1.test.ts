import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sha1Hex } from '../../../../native-host/base/files/sha1.ts';
import { anyCharacter } from '../../../support/any-character.ts';

it('is what node:crypto says, for any text and around the block length', () => {
  const reference = (text: string) => createHash('sha1').update(text, 'utf8').digest('hex');
  for (let length = 0; length < 200; length++)
    expect(sha1Hex('a'.repeat(length))).toBe(reference('a'.repeat(length)));
  fc.assert(
    fc.property(
      fc.string({ unit: anyCharacter, maxLength: 300 }),
      (text) => sha1Hex(text) === reference(text),
    ),
  );
  expect(sha1Hex('corp')).toBe('ee0bfd2552fbd840c02cc48b6e823320543c450f');
});
