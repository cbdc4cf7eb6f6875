import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amend, findCode, prune, vouch } from '../../../shared/approval/code-book.ts';
import { isUserCode, userCodesIn } from '../../../shared/approval/user-code.ts';
import { ENTRY, NOW, OURS, THEIRS } from './scenes.ts';

const code = fc.stringMatching(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);

describe('userCodesIn', () => {
  it.each([
    ['Your code is ABCD-EFGH.', [OURS]],
    ['コードABCD-EFGHを確認', [OURS]],
    ['ABCD-EFGH ABCD-EFGH', [OURS]],
    ['ABCD-EFGH\nWXYZ-2345', [OURS, THEIRS]],
    ['xABCD-EFGH', []],
    ['ABCD-EFGHx', []],
    ['ABCD-EFGH-IJKL', []],
    ['ABCDE-FGHI', []],
    ['abcd-efgh', []],
    ['ABCD‑EFGH', []],
    ['', []],
  ])('%j', (text, expected) => {
    expect(userCodesIn(text)).toEqual(expected);
  });

  it('finds every code among words, in order and once', () => {
    const words = fc.stringMatching(/^[a-z ,.]{0,12}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(words, code), { maxLength: 4 }), (parts) => {
        const text = parts.map(([word, one]) => `${word} ${one} `).join('');
        expect(userCodesIn(text)).toEqual([...new Set(parts.map(([, one]) => one))]);
      }),
    );
  });

  it('gives codes only, and never more than asked for', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(code), fc.integer({ min: 1, max: 5 }), (text, codes, limit) => {
        const found = userCodesIn(text + codes.join(' '), limit);
        expect(found.every(isUserCode)).toBe(true);
        expect(found.length).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it('takes a hostile page in its stride', () => {
    const started = performance.now();
    userCodesIn('A'.repeat(200_000));
    userCodesIn('ABCD-'.repeat(40_000));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('the book', () => {
  it('replaces an older namesake, and finds by the whole code only', () => {
    const book = vouch([ENTRY], { ...ENTRY, attempt: 'a2' });
    expect(book).toHaveLength(1);
    expect(findCode(book, OURS)?.attempt).toBe('a2');
    expect(findCode(book, OURS.toLowerCase())).toBeUndefined();
    expect(findCode(book, '')).toBeUndefined();
  });

  it('changes one entry and never makes one', () => {
    const book = [ENTRY, { ...ENTRY, userCode: THEIRS }];
    expect(amend(book, THEIRS, { confirmedAt: NOW }).map(({ confirmedAt }) => confirmedAt)).toEqual([
      null,
      NOW,
    ]);
    expect(amend(book, 'NONE-0000', { confirmedAt: NOW })).toEqual(book);
  });

  it('knows an ended code for one more hour', () => {
    const { expiresAt } = ENTRY;
    expect(prune([ENTRY], expiresAt + 3_599_999)).toHaveLength(1);
    expect(prune([ENTRY], expiresAt + 3_600_000)).toHaveLength(0);
  });
});
