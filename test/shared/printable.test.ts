import { describe, expect, it } from 'vitest';
import { isPrintable, printable } from '../../shared/printable.ts';

describe('printable', () => {
  it.each([
    ['an escape sequence', '\u001b[31mred', '�[31mred'],
    ['C1 controls', '\u009b31m', '�31m'],
    ['line ends', 'a\r\nb\u2028c\u2029d', 'a��b�c�d'],
    ['direction marks', '\u202eexe\u2066\u200f', '�exe��'],
    ['zero-width characters', 'pro\u200bd\u200c\u2060\ufeff', 'pro�d���'],
    ['a soft hyphen', 'pro\u00add', 'pro�d'],
    ['tags', 'a\u{e0041}\u{e007f}', 'a��'],
    ['letters without ink', 'a\u3164\u115f\u2800\uffa0', 'a����'],
    ['half a pair', 'a\ud800b', 'a�b'],
    ['a joiner between letters', 'a\u200db', 'a�b'],
  ])('%s', (_name, text, shown) => {
    expect(printable(text)).toBe(shown);
    expect(isPrintable(text)).toBe(false);
  });

  it.each(['Zürich', '개발 환경', 'データ', 'עברית', 'नमस्ते', '👨‍👩‍👧 team', '🏳️‍🌈', 'a\u0301', '', 'x y'])(
    'leaves %s alone',
    (text) => {
      expect(printable(text)).toBe(text);
      expect(isPrintable(text)).toBe(true);
    },
  );

  it('keeps what it is told to, and writes what it is told', () => {
    expect(printable('a\n\tb\u001b', { keep: '\n\t', instead: '' })).toBe('a\n\tb');
    expect(printable('\u200b', { instead: (one) => `<${one.length}>` })).toBe('<1>');
  });

  it('is quick with a long text', () => {
    expect(printable('\u200b\u200d'.repeat(100_000))).toHaveLength(200_000);
  });
});
