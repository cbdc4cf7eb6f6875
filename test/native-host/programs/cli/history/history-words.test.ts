import { expect, it } from 'vitest';
import {
  type HistoryLine,
  historyTable,
} from '../../../../../native-host/programs/cli/history/history-words.ts';
import { createStyle } from '../../../../../native-host/programs/cli/output.ts';
import { width } from '../../../../../native-host/programs/cli/width.ts';

const NOW = Date.UTC(2026, 10, 23, 14, 20);
const line = (parts: Partial<HistoryLine['decision']>, browser = 'chromium'): HistoryLine => ({
  browser,
  decision: {
    id: 1,
    at: NOW,
    kind: 'sign-in',
    session: 'corp',
    codeEnd: 'GH',
    command: 'awsher login',
    host: 'corp.awsapps.com',
    act: 'pressed-allow',
    reason: 'all-checks-passed',
    ...parts,
  },
});
const warned = line({
  at: NOW - 24 * 3600_000,
  kind: 'foreign',
  session: null,
  command: null,
  act: 'warned',
  reason: 'foreign-code',
});

it('is in line, newest as it comes, and names what nobody here asked for', () => {
  const shown = historyTable([line({}), warned], NOW, createStyle(false)).split('\n');
  const columns = shown.map((text) => text.split(/ {2,}/));
  expect(columns[0]).toEqual(['WHEN', 'DECISION', 'WHY', 'SESSION', 'CODE', 'ASKED BY', 'PAGE']);
  expect(columns[1]?.slice(1)).toEqual([
    '✓ allowed',
    'all checks passed',
    'corp',
    '…GH',
    'awsher login',
    'corp.awsapps.com',
  ]);
  expect(columns[2]?.[0]).toMatch(/^yesterday \d\d:\d\d$/);
  expect(columns[2]?.slice(1, 6)).toEqual(['✗ WARNED', 'foreign code', '-', '…GH', 'nobody here']);
  expect(new Set(shown.map((text) => text.search(/PAGE|corp\.awsapps/))).size).toBe(1);
});

it.each([118, 80, 60, 40])('in %i columns keeps what was decided and why, whatever the names', (columns) => {
  const names = [
    'a-customer-with-a-name-of-more-than-forty-letters',
    '本番アカウント・決済システム',
    '🚀 개발팀 👩‍👩‍👧',
  ];
  const lines = names.flatMap((session) => [
    line({ session, command: `${session} sso login`, host: `${'x'.repeat(40)}.awsapps.com` }),
    line({ session, act: 'declined', reason: 'several-codes-in-address' }, session),
    warned,
  ]);
  const shown = historyTable(lines, NOW, createStyle(false), columns).split('\n');
  expect(shown.filter((text) => width(text) > columns)).toEqual([]);
  expect(
    shown.filter((text) => (columns < 60 ? /✗ WARNED/ : /✗ WARNED +foreign code/).test(text)),
  ).toHaveLength(names.length);
});

it('only a warning is red', () => {
  const [, allowed, red] = historyTable([line({}), warned], NOW, createStyle(true)).split('\n');
  expect(allowed).not.toContain('\u001b[31m');
  expect(red).toContain('\u001b[31m✗ WARNED');
});

it('several browsers get a column, and a command of foreign origin cannot steer the terminal', () => {
  const text = historyTable(
    [line({ command: '\u001b[2Jevil' }), line({}, 'firefox')],
    NOW,
    createStyle(false),
  );
  expect(text).toContain('BROWSER');
  expect(text).not.toContain('\u001b');
});
