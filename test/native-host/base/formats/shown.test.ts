import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maySecret, shown, shownOr } from '../../../../native-host/base/formats/shown.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

describe('maySecret', () => {
  it.each([
    '',
    'corp',
    'Ana Müller',
    'acme-prod-eu.AdministratorAccess',
    'Sandbox01AdministratorAccess',
    'ACME/Prod2AdministratorAccess',
    'AWSReservedSSO_AdministratorAccess_0123456789abcdef',
    '111122223333:role/ReadOnly',
    'https://d-1234567890.awsapps.com/start',
    'ap-southeast-2',
    'two words and more',
  ])('%s is a name', (name) => {
    expect(maySecret(name)).toBe(false);
    expect(shown(name)).toBe(name);
    expect(shownOr('NAME', name)).toBe(name);
  });

  it.each([
    SECRET,
    `prefix ${SECRET}`,
    'AKIAIOSFODNN7EXAMPLE',
    'eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9',
    'a'.repeat(65),
  ])('%s is none', (text) => {
    expect(maySecret(text)).toBe(true);
    expect(shown(text)).toBe(`of ${text.length} characters (not shown, for it may be a secret)`);
    expect(shownOr('NAME', text)).toBe('NAME');
  });

  it('knows nearly every secret access key', () => {
    const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const keys = fc.array(fc.constantFrom(...base64), { minLength: 40, maxLength: 40 });
    const samples = fc.sample(keys, { numRuns: 2_000, seed: 1 }).map((letters) => letters.join(''));
    expect(samples.filter((key) => !maySecret(key)).length).toBeLessThan(4);
  });
});
