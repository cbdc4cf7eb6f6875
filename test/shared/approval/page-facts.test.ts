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
const withRoute = (change: object) => ({ ...PAGE_FACTS, routes: [{ ...PAGE_FACTS.routes[0], ...change }] });
const holds = (facts: unknown) => v.safeParse(PageFacts, facts).success;

it('the facts of this build are facts', () => {
  expect(v.parse(PageFacts, PAGE_FACTS)).toEqual(PAGE_FACTS);
});

it('a key that is none of theirs does not arrive', () => {
  const routes = PAGE_FACTS.routes.map((route) => ({ ...route, host: 'evil', pattern: '.*' }));
  expect(v.parse(PageFacts, { ...PAGE_FACTS, routes, host: 'evil' })).toEqual(PAGE_FACTS);
});

describe('a route is words and the name of a parameter', () => {
  it.each([
    { path: '/' },
    { path: '/device' },
    { path: '/verify-code' },
    { path: '/access/device' },
    { parameter: 'userCode' },
    { parameter: 'user-code' },
    { place: 'query', path: '/device' },
    { page: 'consent', parameter: 'contextId' },
  ])('%j', (change) => expect(holds(withRoute(change))).toBe(true));

  it.each([
    ['a host', { path: '/evil.example' }],
    ['a host of its own', { path: '//evil/device' }],
    ['an address', { path: 'https://evil.example/device' }],
    ['no path', { path: '' }],
    ['a relative path', { path: 'device' }],
    ['the folder above', { path: '/../mail' }],
    ['the folder above, encoded', { path: '/%2e%2e/mail' }],
    ['every path', { path: '/*' }],
    ['an expression', { path: '/(device|mail)' }],
    ['any letters', { path: '/[a-z]+' }],
    ['a query', { path: '/device?user_code=ABCD-EFGH' }],
    ['a fragment', { path: '/#/device' }],
    ['what ends in a slash', { path: '/device/' }],
    ['a backslash', { path: '/\\evil' }],
    ['a space', { path: '/de vice' }],
    ['letters of another script', { path: '/dеvice' }],
    ['a path too long', { path: `/${'a'.repeat(60)}` }],
    ['every parameter', { parameter: '' }],
    ['a parameter that much has', { parameter: 'q' }],
    ['a parameter with its value', { parameter: 'user_code=ABCD-EFGH' }],
    ['an expression for a parameter', { parameter: 'user_code|state' }],
    ['a point that is any letter', { parameter: 'user.code' }],
    ['another page', { page: 'sign-in' }],
    ['another place', { place: 'host' }],
    ['no day', { lastSeen: 'now' }],
  ])('not %s', (_what, change) => expect(holds(withRoute(change))).toBe(false));

  it('and there are not many of them', () => {
    const [route] = PAGE_FACTS.routes;
    expect(holds({ ...PAGE_FACTS, routes: Array(20).fill(route) })).toBe(true);
    expect(holds({ ...PAGE_FACTS, routes: Array(21).fill(route) })).toBe(false);
  });
});

it('all of them fit into the one text in which a page is told them', () => {
  const selectors = Array(30).fill({ selector: `#${'x'.repeat(100)}`, ...seen });
  const part = { selectors, texts: [] };
  expect(holds({ ...PAGE_FACTS, confirm: part })).toBe(true);
  expect(holds({ ...PAGE_FACTS, confirm: part, allow: part, approved: part })).toBe(false);
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
  expect(newerFacts(PAGE_FACTS, newer).asOf).toBe(newer.asOf);
  expect(newerFacts(newer, PAGE_FACTS)).toBe(newer);
  expect(newerFacts(PAGE_FACTS, { ...PAGE_FACTS })).toBe(PAGE_FACTS);
});

it('newer ones make awsher blind to no form of an address', () => {
  const { routes } = newerFacts(PAGE_FACTS, { ...PAGE_FACTS, routes: [], asOf: '2099-01-01' });
  expect(routes).toEqual(PAGE_FACTS.routes);
});
