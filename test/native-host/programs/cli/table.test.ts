import { describe, expect, it } from 'vitest';
import { table } from '../../../../native-host/programs/cli/table.ts';
import { clip, fold, pad, pieces, width } from '../../../../native-host/programs/cli/width.ts';

const rows = (...lines: string[]) => lines.map((line) => line.split('|').map((text) => ({ text })));

describe('width', () => {
  it.each([
    ['abc', 3],
    ['한글', 4],
    ['日本', 4],
    ['e\u0301', 1],
    ['👩‍👩‍👧', 2],
    ['', 0],
  ])('of %j is %i', (text, columns) => {
    expect(width(text)).toBe(columns);
    expect(width(pad(text, 8))).toBe(8);
  });

  it('cuts and folds between characters, never within one', () => {
    expect(clip('개발팀-운영', 6)).toBe('개발…');
    expect(clip('abc', 3)).toBe('abc');
    expect(pieces('日本語テスト', 5)).toEqual(['日本', '語テ', 'スト']);
    expect(pieces('👩‍👩‍👧x', 1)).toEqual(['👩‍👩‍👧', 'x']);
    expect(pieces('', 5)).toEqual(['']);
  });
});

describe('fold', () => {
  it('leaves lines that fit as they are, spaces and all', () => {
    expect(fold('a  b\n\n  c', 10)).toBe('a  b\n\n  c');
    expect(fold('x '.repeat(90), Number.POSITIVE_INFINITY)).toBe('x '.repeat(90));
  });

  it.each([
    ['✗ There are several sessions: corp, acme.', '✗ There are several\n  sessions: corp,\n  acme.'],
    ['  → run `awsher login corp` again', '  → run `awsher\n    login corp`\n    again'],
    [
      '\u001b[31m✗\u001b[0m 本番アカウントは 本番アカウントは',
      '\u001b[31m✗\u001b[0m 本番アカウントは\n  本番アカウントは',
    ],
  ])('goes on below the first word: %j', (text, folded) => {
    expect(fold(text, 20)).toBe(folded);
  });

  it('never cuts an address in two', () => {
    expect(fold('open https://corp.awsapps.com/start', 20)).toBe('open\nhttps://corp.awsapps.com/start');
  });
});

describe('table', () => {
  it('keeps columns in line with wide characters', () => {
    expect(table(rows('개발|a|x', 'dev|bb|y'))).toBe('개발  a   x\ndev   bb  y');
  });

  it('leaves out whole columns from the right where it is narrow', () => {
    const all = rows('corp|59 min|awsher login corp|ana', 'b|ended 2 h ago|-|bo');
    expect(table(all, 50)).toBe(table(all));
    expect(table(all, 40).split('\n')).toEqual([
      'corp  59 min         awsher login corp',
      'b     ended 2 h ago  -',
    ]);
    expect(table(all, 20).split('\n')).toEqual(['corp  59 min', 'b     ended 2 h ago']);
    expect(table(all, 3)).toBe('co…\nb');
  });

  it('cuts a long name with a mark, and keeps what it is about', () => {
    expect(table(rows('a-session-with-a-long-name|not signed in|awsher login x'), 40)).toBe(
      'a-session-with-a-long-na…  not signed in',
    );
    expect(table(rows('本番アカウントの名前|59 min|x'), 20)).toBe('本番アカウントの名前');
    expect(table(rows('結제결제결제결제결제|59 min'), 24)).toBe('結제결제결제결…   59 min');
  });
});
