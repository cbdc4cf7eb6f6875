import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import schema from '../../../manifests/extension/managed-schema.json' with { type: 'json' };
import { AGENTS_RULES } from '../../../shared/agents-rule.ts';
import { Target } from '../../../shared/fields.ts';
import { DEFAULT_SETTINGS, Settings } from '../../../shared/protocol/internal.ts';
import { choicesOf, SETTINGS_OF_SESSIONS, saidOfSession } from '../../../shared/session-settings.ts';
import { applyManaged, PERSONAL } from '../../../shared/settings/managed.ts';

const corp = { name: 'corp', startUrl: 'https://d-1234567890.awsapps.com/start/#/', region: 'us-east-1' };
const presets = (...sessions: unknown[]) => applyManaged(DEFAULT_SETTINGS, { sessions }).presets;

describe('what an administrator gives', () => {
  it('goes before what the person chose, and is named', () => {
    const own = { ...DEFAULT_SETTINGS, label: 'mine', watch: true };
    expect(applyManaged(own, { ask: true, watch: false })).toEqual({
      settings: { ...own, ask: true, watch: false },
      managed: ['watch', 'ask'],
      presets: [],
      given: [],
      agents: null,
    });
  });

  it.each([
    ['deny', 'deny'],
    ['allow', 'allow'],
    ['DENY', null],
    [['deny'], null],
    [true, null],
  ])('says %j of coding agents', (given, agents) => {
    expect(applyManaged(DEFAULT_SETTINGS, { agents: given }).agents).toBe(agents);
  });

  it('is nothing where there is no policy', () => {
    const nothing = { settings: DEFAULT_SETTINGS, managed: [], presets: [], given: [], agents: null };
    for (const stored of [undefined, null, {}, [], 'text', 7]) {
      expect(applyManaged(DEFAULT_SETTINGS, stored)).toEqual(nothing);
    }
  });

  it.each([
    ['of another type', { ask: 'yes' }],
    ['too long', { label: 'x'.repeat(101) }],
    ['of another version', { frobnicate: true }],
    ['an object', { watch: { value: true } }],
    ['on the prototype', JSON.parse('{"__proto__": {"ask": true}}')],
  ])('leaves out what is %s, and takes the rest', (_what, wrong) => {
    const { settings, managed } = applyManaged(DEFAULT_SETTINGS, {
      ...wrong,
      ...('watch' in wrong ? {} : { watch: true }),
    });
    expect(managed).toEqual('watch' in wrong ? [] : ['watch']);
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, watch: !('watch' in wrong) });
    expect(Reflect.get({}, 'ask')).toBeUndefined();
  });

  it('is, for sessions, what a person could have typed: checked and without its trailing #/', () => {
    expect(
      presets(corp, { ...corp, name: 'dev', scopes: ['sso:account:access', 'codewhisperer:*'] }),
    ).toEqual([
      {
        session: 'corp',
        startUrl: 'https://d-1234567890.awsapps.com/start/',
        region: 'us-east-1',
        scopes: ['sso:account:access'],
      },
      expect.objectContaining({ session: 'dev', scopes: ['sso:account:access', 'codewhisperer:*'] }),
    ]);
  });

  it.each([
    { ...corp, name: 'a]\n[profile x' },
    { ...corp, name: 'bad]' },
    { ...corp, name: '' },
    { ...corp, startUrl: 'http://d-1234567890.awsapps.com/start' },
    { ...corp, startUrl: 'https://user:pass@d-1234567890.awsapps.com/start' },
    { ...corp, startUrl: 'javascript:alert(1)' },
    { ...corp, region: 'us-east-1.evil.example' },
    { ...corp, scopes: ['a b'] },
    { ...corp, scopes: 'sso:account:access' },
    'corp',
    null,
  ])('leaves out the session %j, and takes the others', (wrong) => {
    expect(presets(wrong, { ...corp, name: 'good' }).map(({ session }) => session)).toEqual(['good']);
  });

  it('takes the first of two sessions with one name, and fifty at most', () => {
    const many = Array.from({ length: 80 }, (_, index) => ({ ...corp, name: `s${index}` }));
    expect(presets(corp, { ...corp, region: 'eu-west-1' })).toHaveLength(1);
    expect(presets(...many)).toHaveLength(50);
  });

  it('says of a session how it signs in, also of one that the config describes', () => {
    const sessions = [
      { ...corp, flow: 'pkce', endpoints: 'dual-stack' },
      { name: 'dev', flow: 'device', endpoints: 'ipv6' },
      { name: 'bad]', flow: 'pkce' },
      { name: 'corp', flow: 'device' },
      { name: '__proto__', flow: 'pkce' },
      { flow: 'pkce' },
      'dev',
    ];
    const { given, presets: offered } = applyManaged(DEFAULT_SETTINGS, { sessions });
    expect(given).toEqual([
      { session: 'corp', flow: 'pkce', endpoints: 'dual-stack' },
      { session: 'dev', flow: 'device' },
      { session: 'corp', flow: 'device' },
    ]);
    expect(saidOfSession(given, 'corp')).toMatchObject({ flow: 'pkce' });
    expect(saidOfSession(given, 'other')).toEqual({});
    expect(offered.map(({ session }) => session)).toEqual(['corp']);
  });

  it('never throws, and gives nothing that is no setting or no session', () => {
    const value = fc.record(
      {
        sessions: fc.anything(),
        ask: fc.anything(),
        watch: fc.anything(),
        label: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(value, fc.anything()), (stored) => {
        const { settings, presets } = applyManaged(DEFAULT_SETTINGS, stored);
        expect(v.is(Settings, settings)).toBe(true);
        expect(v.is(v.array(Target), presets)).toBe(true);
      }),
    );
  });
});

describe('the schema for Chromium', () => {
  it('has every setting that can be given, and no other', () => {
    const { sessions: _sessions, agents, ...settings } = schema.properties;
    expect(agents.enum).toEqual([...AGENTS_RULES]);
    const names = Object.keys(Settings.entries).filter((name) => !PERSONAL.includes(name));
    expect(Object.keys(settings).sort()).toEqual(names.sort());
    expect(schema.properties.sessions.items.properties).toMatchObject(
      Object.fromEntries(SETTINGS_OF_SESSIONS.map((name) => [name, { enum: [...choicesOf(name)] }])),
    );
  });
});
