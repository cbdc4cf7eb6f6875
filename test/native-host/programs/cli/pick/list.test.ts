import { describe, expect, it } from 'vitest';
import { createStyle } from '../../../../../native-host/programs/cli/output.ts';
import { type Entry, fuzzySearch, prepare } from '../../../../../native-host/programs/cli/pick/fuzzy.ts';
import { readKeys } from '../../../../../native-host/programs/cli/pick/keys.ts';
import { createPickList, type Key } from '../../../../../native-host/programs/cli/pick/list.ts';
import { width } from '../../../../../native-host/programs/cli/width.ts';

const entry = (label: string, detail = '', weight = 0): Entry<string> => ({
  value: label,
  label,
  detail,
  weight,
});
const plainStyle = createStyle(false);

const ENTRIES = [
  entry('billing-dev.Admin', 'billing-dev · 111111111111 · Admin'),
  entry('payments-dev.AdministratorAccess', 'payments-dev · 222222222222 · pay@example.com'),
  entry('payments-prod.AdministratorAccess', 'payments-prod · 333333333333 · pay+prod@example.com'),
  entry('prepaid-dev.Admin', 'prepaid-dev · 444444444444'),
];

describe('fuzzySearch', () => {
  const search = (query: string, entries = ENTRIES) =>
    fuzzySearch(prepare(entries), query).map(({ label }) => label.split('.')[0]);

  it.each([
    ['', ['billing-dev', 'payments-dev', 'payments-prod', 'prepaid-dev']],
    ['pay', ['payments-dev', 'payments-prod']],
    ['PAY dev', ['payments-dev']],
    ['3333', ['payments-prod']],
    ['p@', ['payments-dev', 'payments-prod']],
    ['pdadm', ['payments-dev']],
    ['zzz', []],
    // Strewn letters are no match.
    ['bgn', []],
  ])('%j finds %j', (query, expected) => {
    const found = search(query);
    if (query === 'pdadm') expect(found[0]).toBe(expected[0]);
    else expect(found).toEqual(expected);
  });

  it('puts what is used often before what fits as well', () => {
    expect(search('admin', [entry('a.Admin'), entry('b.Admin', '', 8)])).toEqual(['b', 'a']);
  });
});

describe('createPickList', () => {
  const press = (list: ReturnType<typeof createPickList<string>>, ...keys: (Key['name'] | string)[]) => {
    const known = ['up', 'down', 'enter', 'escape', 'interrupt', 'backspace', 'clear', 'delete-word', 'end'];
    let outcome: ReturnType<typeof list.press> = { kind: 'open' };
    for (const key of keys) outcome = list.press(readKey(key, known));
    return outcome;
  };
  const readKey = (key: string, known: string[]): Key => {
    const [found] = readKeys(known.includes(key) ? (CODES[key] ?? '') : key).keys;
    return found ?? { name: 'escape' };
  };
  const CODES: Record<string, string> = {
    up: '\u001b[A',
    down: '\u001b[B',
    enter: '\r',
    interrupt: '\u0003',
    backspace: '\u007f',
    clear: '\u0015',
    'delete-word': '\u0017',
    end: '\u001b[F',
  };

  it('takes what is marked', () => {
    expect(press(createPickList('Which?', ENTRIES), 'down', 'down', 'enter')).toMatchObject({
      value: 'payments-prod.AdministratorAccess',
    });
    expect(press(createPickList('Which?', ENTRIES), 'up', 'enter')).toMatchObject({
      value: 'prepaid-dev.Admin',
    });
    expect(press(createPickList('Which?', ENTRIES), 'p', 'r', 'o', 'backspace', 'd', 'enter')).toMatchObject({
      kind: 'chosen',
    });
    expect(press(createPickList('Which?', ENTRIES), 'z', 'z', 'enter')).toEqual({ kind: 'open' });
    expect(press(createPickList('Which?', ENTRIES), 'z', 'clear', 'enter')).toMatchObject({ kind: 'chosen' });
  });

  it('can be left, and interrupted', () => {
    expect(press(createPickList('Which?', ENTRIES), 'escape')).toEqual({ kind: 'left' });
    expect(press(createPickList('Which?', ENTRIES), 'interrupt')).toEqual({ kind: 'interrupted' });
  });

  it('shows a window of the list that fits the terminal', () => {
    const many = Array.from({ length: 500 }, (_, at) => entry(`profile-${at}`, 'x'.repeat(200)));
    const list = createPickList('Which?', many);
    press(list, 'end');
    const { lines } = list.view(10, 40, plainStyle);
    expect(lines).toHaveLength(9);
    expect(lines.every((line) => line.length <= 40)).toBe(true);
    expect(lines.at(-2)).toContain('❯ profile-499');
  });

  it.each([118, 80, 60, 40])('has room in %i columns for names in any script', (columns) => {
    const wide = [
      '本番アカウント・決済システム · Admin',
      '개발팀 결제 서비스 운영 계정 · ReadOnly',
      '🚀 Launch 👩‍👩‍👧 Family',
    ];
    const list = createPickList('Which?', [...ENTRIES, ...wide.map((name) => entry(name, `${name} 1234`))]);
    const { lines } = list.view(24, columns, plainStyle);
    expect(lines.filter((line) => width(line) >= columns)).toEqual([]);
    // Names are what is chosen from: none is cut while there is room for it.
    for (const { label } of ENTRIES) expect(lines.join('\n')).toContain(label);
    expect(lines.at(-1)).toMatch(/enter.*esc/);
  });

  it('keeps the mark and the query when entries come later', () => {
    const list = createPickList('Which?', ENTRIES);
    press(list, 'p', 'a', 'y', 'down');
    list.replace([entry('pay-first'), ...ENTRIES]);
    expect(press(list, 'enter')).toMatchObject({ value: 'payments-prod.AdministratorAccess' });
  });
});

describe('readKeys', () => {
  it.each<[input: string, names: string[], rest: string]>([
    ['ab', ['text', 'text'], ''],
    ['\u001b[A\u001b[B\u001bOA', ['up', 'down', 'up'], ''],
    ['\u001b', [], '\u001b'],
    ['a\u001b[', ['text'], '\u001b['],
    ['\u001b[1;5A', ['up'], ''],
    ['\u001b[200~', [], ''],
    ['\u0007\u0000', [], ''],
    ['A', ['text'], ''],
    ['é🚀', ['text', 'text'], ''],
  ])('%j', (input, names, rest) => {
    const read = readKeys(input);
    expect(read.keys.map(({ name }) => name)).toEqual(names);
    expect(read.rest).toBe(rest);
  });
});
