import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { newerFacts, PAGE_FACTS } from '../../../shared/approval/page-facts.ts';
import { PageFacts } from '../../../shared/approval/page-facts-schema.ts';

const seen = { lastSeen: '2026-11', source: 'page-report' };
const withSelector = (selector: string) => ({
  ...PAGE_FACTS,
  confirm: { selectors: [{ selector, ...seen }], texts: [] },
});
const withText = (text: string) => ({ ...PAGE_FACTS, allow: { selectors: [], texts: [{ text, ...seen }] } });
const holds = (facts: unknown) => v.safeParse(PageFacts, facts).success;

it('the facts of this build are facts', () => {
  expect(v.parse(PageFacts, PAGE_FACTS)).toEqual(PAGE_FACTS);
});

it('a key that is none of theirs does not arrive', () => {
  expect(v.parse(PageFacts, { ...PAGE_FACTS, host: 'evil' })).toEqual(PAGE_FACTS);
});

describe('a selector names one element by its own mark', () => {
  it.each([
    '#confirm',
    'button[data-testid="allow-access-button"]',
    '[data-analytics*="error"]',
    '.awsui-alert',
  ])('%s', (selector) => expect(holds(withSelector(selector))).toBe(true));

  it.each([
    ['every button', 'button'],
    ['what submits', 'button[type=submit]'],
    ['what submits, quoted', 'button[type="submit"]'],
    ['everything', '*'],
    ['a hashed class', '.awsui_button_1hxdq_8k3fz_145'],
    ['several', '#a, button'],
    ['one in another', '#a button'],
    ['by its address', 'a[href="https://evil.example"]'],
    ['a script', '#a:has(script)'],
    ['without a mark', '[data-testid]'],
    ['any value', '[data-testid*=""]'],
    ['a host', 'evil.example'],
  ])('not %s', (_what, selector) => expect(holds(withSelector(selector))).toBe(false));
});

describe('a text is words', () => {
  it.each(['Allow access', 'アクセスを許可', 'Autoriser l’accès', 'Bestätigen und fortfahren'])(
    '%s',
    (text) => expect(holds(withText(text))).toBe(true),
  );

  it.each([
    ['an address', 'https://evil.example'],
    ['a host', 'evil.example'],
    ['a path', '/start'],
    ['a script', 'javascript:alert'],
    ['markup', '<b>Allow'],
    ['nothing', ''],
    ['a line end', 'Allow\naccess'],
    ['a direction mark', 'Allow\u202e'],
    ['too long', 'x'.repeat(81)],
  ])('not %s', (_what, text) => expect(holds(withText(text))).toBe(false));
});

it.each([
  ['no date', { ...PAGE_FACTS, asOf: '' }],
  ['a date that is none', { ...PAGE_FACTS, asOf: '2026-13-01' }],
  [
    'an unknown source',
    {
      ...PAGE_FACTS,
      failed: { selectors: [{ selector: '#a', lastSeen: '2026-11', source: 'x' }], texts: [] },
    },
  ],
])('not %s', (_what, facts) => expect(holds(facts)).toBe(false));

it('the newer ones count, and of two of one day our own', () => {
  const newer = { ...PAGE_FACTS, asOf: '2099-01-01' };
  expect(newerFacts(PAGE_FACTS, newer)).toBe(newer);
  expect(newerFacts(newer, PAGE_FACTS)).toBe(newer);
  expect(newerFacts(PAGE_FACTS, { ...PAGE_FACTS })).toBe(PAGE_FACTS);
  expect(newerFacts(PAGE_FACTS, null)).toBe(PAGE_FACTS);
});
