import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesGlob } from '../../../../native-host/base/formats/glob.ts';
import { nameProfiles } from '../../../../native-host/features/profiles/naming.ts';
import {
  DEFAULT_TEMPLATE,
  expandTemplate,
  type NameFields,
  parseTemplate,
} from '../../../../native-host/features/settings/profile-template.ts';
import { isSafeName } from '../../../../shared/aws/safe-name.ts';
import { anyCharacter } from '../../../support/any-character.ts';
import { HOSTILE_NAMES } from '../../../support/identity-center/catalogue.ts';

const fields = (account_name: string, account_id = '111122223333', role = 'Admin'): NameFields => ({
  account_name,
  account_id,
  role,
  session: 'corp',
});
const expand = (template: string, name: string) => expandTemplate(parseTemplate(template), fields(name));
const named = (template: string, wanted: NameFields[], taken: string[] = []) =>
  nameProfiles(parseTemplate(template), wanted, (name) => taken.includes(name));

describe('a template', () => {
  it.each([
    [DEFAULT_TEMPLATE, 'Payments (Prod)', 'payments-prod_Admin'],
    ['{account_name|slug}_{role|undot}', 'Payments.v2', 'payments-v2_Admin'],
    ['{account_name}/{role}', 'Payments (Prod)', 'Payments-Prod/Admin'],
    ['{account_name|trim:acme-|slug}', 'acme-Data Lake', 'data-lake'],
    ['{account_name|trim:acme-}', 'other', 'other'],
    ['{session}:{account_id}:{role|lower}', 'x', 'corp:111122223333:admin'],
    ['{account_name|slug}', 'Zürich Büro', 'zurich-buro'],
    ['{account_name}', '\u202eevil\u202c\u001b[31m', 'evil-31m'],
    ['{account_name|slug}_{role}', '🚀', '111122223333_Admin'],
    ['{account_name}', '', '111122223333'],
  ])('%s names %j %s', (template, name, wanted) => {
    expect(expand(template, name)).toBe(wanted);
  });

  it.each([
    ['', 1, 'empty'],
    ['{account}', 2, 'no field "account"'],
    ['{role|upper}', 7, 'no filter "upper"'],
    ['{role|lower|trim:}', 13, 'no filter "trim:"'],
    ['a.{role', 3, 'has no }'],
    ['{role}}', 7, 'has no {'],
    ['{role} {session}', 7, 'not every SDK reads " "'],
    ['{role}\n', 7, 'not every SDK reads "\\n"'],
    ['{role}🚀', 7, '"🚀"'],
    ['-{role}', 1, 'taken for an option'],
    ['same', 1, 'no field'],
    [`{role}${'a'.repeat(200)}`, 201, 'longer'],
  ])('%j is wrong at %i', (template, place, words) => {
    expect(() => parseTemplate(template)).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(`at character ${place}:`) }),
    );
    expect(() => parseTemplate(template)).toThrow(words);
  });
});

describe('names', () => {
  it('are the short ones as long as they are the only ones', () => {
    const names = named('{account_name|slug}', [fields('dev'), fields('prod', '222222222222')]);
    expect(names).toEqual([
      { name: 'dev', instead: null },
      { name: 'prod', instead: null },
    ]);
  });

  it('get more words, all of a kind alike, and no more than are needed', () => {
    const roles = [fields('prod'), fields('prod', '111122223333', 'ReadOnly')];
    expect(named('{account_name|slug}', roles).map(({ name }) => name)).toEqual([
      'prod_Admin',
      'prod_ReadOnly',
    ]);
    const equal = [fields('Prod'), fields('prod', '222222222222')];
    expect(named(DEFAULT_TEMPLATE, equal)).toEqual([
      {
        name: 'prod-111122223333_Admin',
        instead: { of: 'prod_Admin', because: 'ambiguous' },
      },
      {
        name: 'prod-222222222222_Admin',
        instead: { of: 'prod_Admin', because: 'ambiguous' },
      },
    ]);
  });

  it('leave taken names alone, and `default` too', () => {
    expect(named(DEFAULT_TEMPLATE, [fields('prod')], ['prod_Admin'])).toEqual([
      { name: 'prod-111122223333_Admin', instead: { of: 'prod_Admin', because: 'taken' } },
    ]);
    const taken = ['prod_Admin', 'prod-111122223333_Admin', 'prod-111122223333_Admin_corp'];
    expect(named(DEFAULT_TEMPLATE, [fields('prod')], taken)[0]?.name).toMatch(
      /^prod-111122223333_Admin_corp_[0-9a-f]{8}$/,
    );
    expect(named('{account_name}', [fields('Default')])[0]?.name).toBe('Default_Admin');
  });

  const anyFields = fc.record({
    account_name: fc.oneof(
      fc.constantFrom('prod', 'Prod', ...HOSTILE_NAMES),
      fc.string({ unit: anyCharacter }),
    ),
    account_id: fc.constantFrom('111111111111', '222222222222', '333333333333'),
    role: fc.constantFrom('Admin', 'ReadOnly', 'a,b', 'a=b', '-'),
    session: fc.constantFrom('corp', 'my corp'),
  });
  const anyTemplate = fc.constantFrom(
    DEFAULT_TEMPLATE,
    '{account_name}',
    '{role}',
    '{session}',
    '{account_id}',
    '{account_name|trim:p|slug|lower}/{role|lower}',
  );

  it('are safe, all different, not taken, and the same in any order', () => {
    fc.assert(
      fc.property(
        anyTemplate,
        fc.uniqueArray(anyFields, {
          maxLength: 12,
          selector: (one) => `${one.account_id} ${one.role} ${one.session}`,
        }),
        fc.array(fc.constantFrom('prod', 'prod_Admin', 'Admin', 'prod-111111111111', 'corp')),
        fc.infiniteStream(fc.nat()),
        (template, wanted, taken, seeds) => {
          const names = named(template, wanted, taken).map(({ name }) => name);
          expect(new Set([...names, ...taken]).size).toBe(names.length + new Set(taken).size);
          for (const name of names) expect(isSafeName(name) && !/^(-|default$)/i.test(name)).toBe(true);
          const order = wanted.map((one, at) => ({ one, name: names[at], seed: seeds.next().value }));
          order.sort((a, b) => a.seed - b.seed);
          const again = named(
            template,
            order.map(({ one }) => one),
            taken,
          );
          expect(again.map(({ name }) => name)).toEqual(order.map(({ name }) => name));
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('a pattern', () => {
  it.each([
    ['*prod*', 'Payments-PROD-eu', true],
    ['prod', 'prod-1', false],
    ['p?od', 'prod', true],
    ['*', '', true],
    ['', '', true],
    ['a*b*c', 'a-b-b-d', false],
    ['?', '🚀', true],
    ['[ab]', 'a', false],
  ])('%j on %j: %s', (pattern, text, wanted) => {
    expect(matchesGlob(pattern, text)).toBe(wanted);
  });

  it('says the same as the regular expression of it', () => {
    const part = fc.constantFrom('a', 'b', '*', '?');
    const pattern = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(pattern, fc.stringMatching(/^[ab]{0,10}$/), (glob, text) => {
        const same = new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`);
        expect(matchesGlob(glob, text)).toBe(same.test(text));
      }),
    );
  });
});
