import { afterEach, describe, expect, it, vi } from 'vitest';
import { encodeFrame, frameReader } from '../../../../native-host/base/link/frames.ts';

afterEach(() => vi.restoreAllMocks());

/** Feeds the bytes in pieces of so many; what came out. */
function read(bytes: Buffer, size: number): unknown[] {
  const got: unknown[] = [];
  const take = frameReader(
    (message) => got.push(message),
    () => got.push('broken'),
  );
  for (let at = 0; at < bytes.length; at += size) take(bytes.subarray(at, at + size));
  return got;
}

describe('frames of native messaging', () => {
  const messages = [{ a: 1 }, { b: 'ü'.repeat(100) }, {}, { c: [1, 2, 3] }];
  const bytes = Buffer.concat(messages.map(encodeFrame));

  it.each([1, 2, 3, 5, 7, 64, 10_000])('are the same in pieces of %d bytes', (size) => {
    expect(read(bytes, size)).toEqual(messages);
  });

  it('cost no more than their length, in pieces as small as they come', () => {
    const long = encodeFrame({ text: 'x'.repeat(60_000) });
    const concat = Buffer.concat.bind(Buffer);
    let copied = 0;
    vi.spyOn(Buffer, 'concat').mockImplementation((list, length) => {
      const made = concat(list, length);
      copied += made.length;
      return made;
    });
    expect(read(long, 1)).toHaveLength(1);
    expect(copied).toBeLessThan(long.length * 3);
  });

  it('end at the first one that is too long or is no JSON', () => {
    const tooLong = Buffer.alloc(8);
    tooLong.writeUInt32LE(0x7fffffff, 0);
    expect(read(Buffer.concat([bytes, tooLong, bytes]), 3)).toEqual([...messages, 'broken']);
    const noJson = Buffer.from([1, 0, 0, 0, 0x7b]);
    expect(read(Buffer.concat([noJson, bytes]), 3)).toEqual(['broken']);
  });
});
