import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { NOTICE_WORDS } from '../../../shared/protocol/notice-words.ts';
import { PageOrder } from '../../../shared/protocol/page.ts';
import { readPageOrder } from '../../../shared/protocol/page-order.ts';
import { SAMPLES } from './samples.ts';
import { spoil } from './spoil.ts';

/** What the schema says about a message: the order in it, or `null`. */
function bySchema(message: unknown): PageOrder | null {
  const parsed = v.safeParse(PageOrder, message);
  return parsed.success ? parsed.output : null;
}

const ORDERS = SAMPLES.filter(({ schema }) => schema === PageOrder);

describe('reading an order without the schema gives what the schema gives', () => {
  it.each(ORDERS)('for $name', ({ message }) => {
    expect(readPageOrder(message)).toEqual(message);
    expect(readPageOrder(message)).toEqual(bySchema(message));
  });

  it.each(ORDERS)('for $name with every fault', ({ schema, message }) => {
    for (const spoilt of spoil(schema, message, ['waiting'])) {
      expect([spoilt.how, readPageOrder(spoilt.message)]).toEqual([spoilt.how, bySchema(spoilt.message)]);
    }
  });

  it('for any object of the right words', () => {
    const word = fc.constantFrom(
      'nothing',
      'watch',
      'press',
      'notice',
      'withdraw-notice',
      'hint',
      'confirm',
      'allow',
      'system',
      'light',
      'ltr',
      'n',
      '',
      'a\nb',
      '\u009b',
    );
    const item = fc.record(
      { command: word, session: word, startedAt: fc.oneof(fc.double(), word), line: word },
      { requiredKeys: [] },
    );
    const look = fc.record({ language: word, direction: word, theme: word }, { requiredKeys: [] });
    const words = fc.record(Object.fromEntries(NOTICE_WORDS.map((name) => [name, word])));
    const order = fc.record(
      {
        do: word,
        step: word,
        nonce: word,
        look: fc.oneof(look, word),
        words: fc.oneof(words, word),
        line: word,
        waiting: fc.oneof(word, fc.array(item, { maxLength: 2 })),
      },
      { requiredKeys: ['do'] },
    );
    fc.assert(
      fc.property(fc.oneof(order, fc.anything()), (message) => {
        expect(readPageOrder(message)).toEqual(bySchema(message));
      }),
      { numRuns: 3_000 },
    );
  });

  it('has a sample of every order', () => {
    const orders = PageOrder.options.map((option) => option.entries.do.literal);
    const sampled = ORDERS.map(({ message }) => Reflect.get(Object(message), 'do'));
    expect(new Set(sampled)).toEqual(new Set(orders));
  });
});
