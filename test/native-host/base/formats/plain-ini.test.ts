import { expect, it } from 'vitest';
import { iniSections } from '../../../../native-host/base/formats/plain-ini.ts';

it.each<[string, string, Record<string, object>]>([
  ['sections', '[one]\na = 1\n[two]\nb = x=y\n', { one: { a: '1' }, two: { b: 'x=y' } }],
  ['a dot in a name', '[idp.example.com]\nurl = u\n', { 'idp.example.com': { url: 'u' } }],
  [
    'one name that begins as another does',
    '[a]\nx = 1\n[a.b]\ny = 2\n',
    { a: { x: '1' }, 'a.b': { y: '2' } },
  ],
  ['an escaped dot', '[a\\.b]\nx = 1\n', { 'a.b': { x: '1' } }],
  ['what stands before the first section', 'loose = 1\n[a]\nx = 1\n', { a: { x: '1' } }],
  ['names of every object', '[__proto__]\nx = 1\n[constructor]\ny = 2\n', { constructor: { y: '2' } }],
])('%s', (_, text, sections) => {
  const found = Object.entries(Object.fromEntries(iniSections(text)));
  expect(found.map(([name, section]) => [name, { ...section }])).toEqual(Object.entries(sections));
});
