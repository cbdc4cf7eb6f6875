import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame, frameReader } from '../../../../native-host/base/link/frames.ts';
import { encodeLine, lineReader } from '../../../../native-host/base/link/lines.ts';
import { MAX_MESSAGE_BYTES } from '../../../../shared/limits.ts';

/** The two framings have one contract: what was encoded comes out, whatever the pieces. */
const FRAMINGS = [
  ['frames', encodeFrame, frameReader],
  ['lines', (message: object) => Buffer.from(encodeLine(message)), lineReader],
] as const;

function collect(reader: (typeof FRAMINGS)[number][2]) {
  const messages: unknown[] = [];
  let broken = 0;
  const feed = reader(
    (message) => messages.push(message),
    () => {
      broken += 1;
    },
  );
  return { feed, messages, broken: () => broken };
}

const TEXTS = {
  ascii: 'hello',
  umlaut: 'grüße',
  kana: 'サインイン',
  emoji: '👩🏽‍💻🔑',
  newline: 'a\nb\r\nc',
  nul: '\u0000',
};

describe.each(FRAMINGS)('%s', (name, encode, reader) => {
  it('come out whole, split at every byte', () => {
    const bytes = Buffer.concat([encode(TEXTS), encode({}), encode([1, 2])]);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const { feed, messages, broken } = collect(reader);
      feed(bytes.subarray(0, cut));
      feed(bytes.subarray(cut));
      expect(messages).toEqual([TEXTS, {}, [1, 2]]);
      expect(broken()).toBe(0);
    }
  });

  it('come out whole, one byte at a time', () => {
    const { feed, messages } = collect(reader);
    for (const byte of Buffer.concat([encode(TEXTS), encode({ n: 1 })])) feed(Buffer.of(byte));
    expect(messages).toEqual([TEXTS, { n: 1 }]);
  });

  it('come out whole, in any pieces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), { maxLength: 6 }),
        fc.array(fc.nat(400), { maxLength: 12 }),
        (objects, cuts) => {
          const wanted = objects.map((object) => JSON.parse(JSON.stringify(object)));
          const bytes = Buffer.concat(objects.map((object) => encode(object)));
          const { feed, messages, broken } = collect(reader);
          const at = [
            0,
            ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b),
            bytes.length,
          ];
          at.slice(1).forEach((end, index) => void feed(bytes.subarray(at[index] ?? 0, end)));
          expect(messages).toEqual(wanted);
          expect(broken()).toBe(0);
        },
      ),
    );
  });

  it('may be larger than a pipe holds, in pieces of 64 KiB', () => {
    const message = { text: 'é'.repeat(150_000) };
    const bytes = encode(message);
    const { feed, messages } = collect(reader);
    for (let at = 0; at < bytes.length; at += 65_536) feed(bytes.subarray(at, at + 65_536));
    expect(messages).toEqual([message]);
  });

  it('are exactly as long as a message may be, and no longer', () => {
    const shell = JSON.stringify({ t: '' }).length;
    const largest = { t: 'x'.repeat(MAX_MESSAGE_BYTES - shell) };
    const { feed, messages, broken } = collect(reader);
    feed(encode(largest));
    expect(messages).toHaveLength(1);
    expect(() => encode({ t: `${largest.t}x` })).toThrow(RangeError);
    expect(broken()).toBe(0);
  });

  it('that are no JSON end the stream, once, and nothing more is read', () => {
    const { feed, messages, broken } = collect(reader);
    const junk = Buffer.from('{"a":');
    const length = Buffer.alloc(4);
    length.writeUInt32LE(junk.length);
    feed(encode({ first: true }));
    feed(name === 'frames' ? Buffer.concat([length, junk]) : Buffer.concat([junk, Buffer.from('\n')]));
    feed(encode({ second: true }));
    expect(messages).toEqual([{ first: true }]);
    expect(broken()).toBe(1);
  });

  it('with nothing in them end the stream', () => {
    const { feed, broken } = collect(reader);
    feed(name === 'frames' ? Buffer.alloc(4) : Buffer.from('\n'));
    expect(broken()).toBe(1);
  });
});

describe('a stream that never ends a message', () => {
  it('is given up at the announced length of a frame, before it comes', () => {
    for (const length of [MAX_MESSAGE_BYTES + 1, 64 * 1024 * 1024, 0xffffffff]) {
      const { feed, broken } = collect(frameReader);
      const header = Buffer.alloc(4);
      header.writeUInt32LE(length);
      feed(header);
      expect(broken()).toBe(1);
    }
  });

  it('is given up when a line grows too long, ended or not', () => {
    const { feed, messages, broken } = collect(lineReader);
    for (let sent = 0; sent <= MAX_MESSAGE_BYTES + 65_536; sent += 65_536) feed(Buffer.alloc(65_536, 'x'));
    expect(broken()).toBe(1);
    const whole = collect(lineReader);
    whole.feed(Buffer.from(`"${'x'.repeat(MAX_MESSAGE_BYTES)}"\n`));
    expect([whole.broken(), whole.messages.length, messages.length]).toEqual([1, 0, 0]);
  });
});

it('a frame is what Chrome documents: length in little-endian, then UTF-8', () => {
  expect([...encodeFrame({ a: 'é' })]).toEqual([10, 0, 0, 0, ...Buffer.from('{"a":"é"}')]);
});
