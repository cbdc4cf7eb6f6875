import { describe, expect, it } from 'vitest';
import { parseIni } from '../../../../native-host/base/formats/ini-document.ts';
import {
  legacyStartUrls,
  readSharedConfig,
  type SharedConfig,
  textValue,
} from '../../../../native-host/base/formats/profiles.ts';

function read(config: string, credentials?: string): SharedConfig {
  return readSharedConfig(
    { file: 'config', document: parseIni(config) },
    credentials === undefined ? undefined : { file: 'credentials', document: parseIni(credentials) },
  );
}

const profile = (config: string, name: string): Record<string, string> =>
  Object.fromEntries(
    [...(read(config).profiles.get(name)?.values ?? [])].map(([key, { value }]) => [key, value]),
  );

describe('readSharedConfig', () => {
  it.each([
    ['plain', '[profile a]\nregion = x\n', { region: 'x' }],
    ['default', '[default]\nregion = x\n', undefined],
    ['CRLF and no last newline', '[profile a]\r\nregion = x', { region: 'x' }],
    ['no spaces', '[profile a]\nregion=x\n', { region: 'x' }],
    ['lower-cased keys', '[profile a]\nReGion = x\n', { region: 'x' }],
    [
      'comments',
      '# c\n[profile a] ; c\n; c\nregion = x # c\noutput = y;z ; c\n',
      { region: 'x', output: 'y;z' },
    ],
    ['a # that is no comment', '[profile a]\nu = https://x/start#/\n', { u: 'https://x/start#/' }],
    ['a comment instead of a value', '[profile a]\nu = # c\n', { u: '' }],
    ['equals in the value', '[profile a]\nu = a=b\n', { u: 'a=b' }],
    ['quotes kept', '[profile a]\nu = "a"\n', { u: '"a"' }],
    ['continuation', '[profile a]\nu = 1\n  2\n\n  3\n', { u: '1\n2\n3' }],
    ['duplicate sections merged', '[profile a]\nu = 1\nv = 1\n[profile a]\nu = 2\n', { u: '2', v: '1' }],
    ['tab after the prefix', '[profile\ta]\nu = 1\n', { u: '1' }],
    ['spaces in the brackets', '[ profile a ]\nu = 1\n', { u: '1' }],
    ['double quotes', '[profile "a"]\nu = 1\n', { u: '1' }],
    ['single quotes', "[profile 'a']\nu = 1\n", { u: '1' }],
    ['indented keys', '[profile a]\n  u = 1\n  v = 2\n', { u: '1', v: '2' }],
    ['a colon', '[profile a]\nu : 1\n', { u: '1' }],
    ['no prefix', '[a]\nu = 1\n', undefined],
    ['upper-case prefix', '[Profile a]\nu = 1\n', undefined],
    ['two words', '[profile a b]\nu = 1\n', undefined],
    ['open quote', "[profile 'a]\nu = 1\n", undefined],
  ])('reads %s', (_what, config, expected) => {
    expect(read(config).profiles.has('a')).toBe(expected !== undefined);
    expect(profile(config, 'a')).toEqual(expected ?? {});
  });

  it('takes the later one of [default] and [profile default] alone, as the AWS CLI does', () => {
    const one = '[default]\nu = 1\nv = 1\n';
    const other = '[profile default]\nu = 2\n';
    expect(profile(one + other, 'default')).toEqual({ u: '2' });
    expect(profile(other + one, 'default')).toEqual({ u: '1', v: '1' });
  });

  it('reads names in quotes, and says that not every SDK does', () => {
    const { ssoSessions } = read("[sso-session 'my corp']\nsso_region = x\n[sso-session corp]\n");
    expect(ssoSessions.get('my corp')?.portable).toBe(false);
    expect(ssoSessions.get('corp')?.portable).toBe(true);
    expect(read('', '[a b]\nx = 1\n').profiles.get('a b')?.portable).toBe(false);
  });

  it('reads nested blocks, and services', () => {
    const { services } = read(
      '[services local]\nsso =\n  endpoint_url = http://x # c\n  Other=y\nsts =\n  z = 1\n',
    );
    const sso = services.get('local')?.values.get('sso');
    expect(sso?.value).toBe('');
    expect([...(sso?.nested ?? [])]).toEqual([
      ['endpoint_url', 'http://x'],
      ['other', 'y'],
    ]);
  });

  it('lets the credentials file win, and names the place of each value', () => {
    const config = read(
      '[profile a]\nregion = x\naws_access_key_id = 1\n',
      '\n[a]\naws_access_key_id = 2\n[b]\nregion = y\n[profile c]\n',
    );
    const a = config.profiles.get('a');
    expect(a?.values.get('aws_access_key_id')).toEqual({ value: '2', file: 'credentials', line: 3 });
    expect(a?.values.get('region')).toEqual({ value: 'x', file: 'config', line: 2 });
    expect([...config.profiles.keys()]).toEqual(['a', 'b']);
  });

  it('has no room for __proto__', () => {
    const config = read('[profile __proto__]\nx = 1\n[profile a]\n__proto__ = 1\n', '[__proto__]\nx = 1\n');
    expect([...config.profiles.keys()]).toEqual(['a']);
    expect(textValue(config.profiles.get('a'), '__proto__')).toBe('1');
  });
});

describe('legacyStartUrls', () => {
  it('finds the spellings of a portal in profiles without a session', () => {
    const config = read(
      [
        '[profile one]\nsso_start_url = https://d-1.awsapps.com/start\n',
        '[profile two]\nsso_start_url = https://d-1.awsapps.com/start/#/\n',
        '[profile same]\nsso_start_url = https://d-1.awsapps.com/start\n',
        '[profile session]\nsso_session = corp\nsso_start_url = https://d-1.awsapps.com/start/\n',
        '[profile other]\nsso_start_url = https://d-2.awsapps.com/start\n',
      ].join(''),
    );
    expect(legacyStartUrls(config, 'https://d-1.awsapps.com/start')).toEqual([
      'https://d-1.awsapps.com/start',
      'https://d-1.awsapps.com/start/#/',
    ]);
  });
});
