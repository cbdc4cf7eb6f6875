import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { HOST } from '../../../shared/protocol/native.ts';
import { Secret } from '../../../shared/secret.ts';
import { SAMPLES } from './samples.ts';
import { spoil } from './spoil.ts';

/** Lists of our own making, bounded by the size of a message alone. */
const UNBOUNDED = [
  'sessions',
  'state.sessions',
  'missingPermissions',
  'state.missingPermissions',
  'waiting',
  'accounts',
  'accounts[].roles',
  'roles',
];

describe.each(SAMPLES)('$name', ({ schema, message }) => {
  it('has a valid sample', () => {
    const parsed = v.safeParse(schema, message);
    expect(parsed.issues).toBeUndefined();
  });

  it('survives JSON', () => {
    expect(v.safeParse(schema, JSON.parse(JSON.stringify(message))).success).toBe(true);
  });

  it('refuses every message with one fault', () => {
    const spoilt = spoil(schema, message, UNBOUNDED);
    expect(spoilt.length).toBeGreaterThan(3);
    const accepted = spoilt.filter((one) => v.safeParse(schema, one.message).success);
    expect(accepted.map(({ how }) => how)).toEqual([]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('lets no %s through', (name) => {
    const text = JSON.stringify(message);
    const more = `${text.slice(0, -1)}${text === '{}' ? '' : ','}${JSON.stringify(name)}:{"polluted":true}}`;
    const parsed = v.safeParse(schema, JSON.parse(more));
    if (parsed.success) expect(Object.hasOwn(Object(parsed.output), name)).toBe(false);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('a newer part', () => {
  const links = SAMPLES.filter(({ name }) => /^(host|extension|local) /.test(name));
  it.each(links)('may say more than $name knows, and only what is known arrives', ({ schema, message }) => {
    const known = v.parse(schema, message);
    expect(v.parse(schema, withMore(message))).toEqual(known);
  });
});

/** The same message with one key more in every object. */
function withMore(message: unknown): unknown {
  if (Array.isArray(message)) return message.map(withMore);
  if (typeof message !== 'object' || message === null) return message;
  const entries = Object.entries(message).map(([key, value]) => [key, withMore(value)]);
  return { ...Object.fromEntries(entries), fromTheFuture: { colour: 'blue' } };
}

describe('secrets', () => {
  const store = SAMPLES.find(({ name }) => name === 'host token.store');

  it('are wrapped the moment they are parsed', () => {
    const parsed = v.parse(HOST.methods['token.store'].params, store?.message);
    expect(parsed.accessToken).toBeInstanceOf(Secret);
    expect(parsed.refreshToken).toBeInstanceOf(Secret);
    expect(parsed.accessToken.expose()).toBe('access');
    expect(JSON.stringify(parsed)).not.toMatch(/"(access|refresh|secret)"/);
  });

  it.each(['', 'x'.repeat(16 * 1024 + 1)])('are refused empty and oversized', (accessToken) => {
    const message = { ...Object(store?.message), accessToken };
    expect(v.safeParse(HOST.methods['token.store'].params, message).success).toBe(false);
  });
});

describe('text that a person will see', () => {
  const hello = { protocol: 1, version: '0.1.0', browser: 'chromium', label: '' };

  it.each(['\u001b[2J', 'a\nb', '\u0000', 'a\u2028b', '\u009b31m', 'a\u202eb', 'a\u200bb', ''])(
    'a name is not %j',
    (browser) => {
      expect(v.safeParse(HOST.methods.hello.params, { ...hello, browser }).success).toBe(false);
    },
  );

  it.each([0, -1, 101 * 24 * 3600, 1.5, Number.NaN])('a life of %d seconds is none', (expiresIn) => {
    const store = SAMPLES.find(({ name }) => name === 'host token.store');
    expect(
      v.safeParse(HOST.methods['token.store'].params, { ...Object(store?.message), expiresIn }).success,
    ).toBe(false);
  });

  it.each(['us-east', 'US-EAST-1', 'us-east-1.evil.example', '../us-east-1', 'us-east-1\n', ''])(
    '%j is no region',
    (region) => {
      const find = { startUrl: 'https://corp.awsapps.com/start', region, scopes: [] };
      expect(v.safeParse(HOST.methods['registration.find'].params, find).success).toBe(false);
    },
  );
});
