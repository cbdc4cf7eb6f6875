import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountMark } from '../../../../native-host/features/settings/account-mark.ts';
import { settingsIn, settingsText } from '../../../../native-host/features/settings/own-settings.ts';
import {
  type Format,
  formatOf,
  parseSettingsText,
} from '../../../../native-host/features/settings/parse-file.ts';
import { parseSettings, Settings, TeamSettings } from '../../../../native-host/features/settings/settings.ts';
import { COLOURS } from '../../../../shared/catalogue/colours.ts';
import { isPrintable } from '../../../../shared/printable.ts';
import { anyCharacter } from '../../../support/any-character.ts';

const WANTED = {
  sessions: {
    corp: {
      start_url: 'https://acme.awsapps.com/start',
      region: 'eu-central-1',
      scopes: ['sso:account:access'],
    },
  },
  profiles: {
    template: '{account_name|trim:acme-|slug}.{role}',
    exclude: ['*sandbox*'],
    region: 'eu-central-1',
  },
  accounts: { '*.prod': { label: 'Production', color: 'red' }, '1111*': { color: 'blue' } },
  production: { accounts: ['*prod*', '111122223333'] },
};
const TOML = `
[sessions.corp]
start_url = "https://acme.awsapps.com/start"
region = "eu-central-1"
scopes = ["sso:account:access"]
[profiles]
template = "{account_name|trim:acme-|slug}.{role}"
exclude = ["*sandbox*"]
region = "eu-central-1"
[accounts."*.prod"]
label = "Production"
color = "red"
[accounts."1111*"]
color = "blue"
[production]
accounts = ["*prod*", "111122223333"]
`;
const INI = `
[sessions.corp]
start_url = https://acme.awsapps.com/start
region = eu-central-1
scopes = sso:account:access
[profiles]
template = {account_name|trim:acme-|slug}.{role}
exclude = *sandbox*
region = eu-central-1
[accounts.*\\.prod]
label = Production
color = red
[accounts.1111*]
color = blue
[production]
accounts[] = *prod*
accounts[] = 111122223333
`;

const parse = async (text: string, format: Format) =>
  parseSettings(TeamSettings, await parseSettingsText(text, format, 'team.x'), 'team.x');

describe('a team file', () => {
  it.each([
    ['toml', TOML],
    ['ini', INI],
    ['json', JSON.stringify(WANTED)],
  ] as const)('says the same as %s', async (format, text) => {
    expect(await parse(text, format)).toEqual(WANTED);
  });

  it.each([
    ['sessions.corp.credential_process', { ...WANTED.sessions.corp, credential_process: 'sh' }],
    ['sessions.corp.endpoint_url', { ...WANTED.sessions.corp, endpoint_url: 'https://x' }],
    ['profiles.credential_process', { credential_process: 'sh' }],
    ['profiles.role_arn', { role_arn: 'x' }],
    ['profiles.web_identity_token_file', { web_identity_token_file: '/etc/passwd' }],
    ['profiles.ca_bundle', { ca_bundle: '/tmp/x' }],
    ['profiles.services', { services: 'x' }],
    ['profiles.cli_pager', { cli_pager: 'sh' }],
    ['browser', { command: 'sh' }],
    ['plugins', { x: '/tmp/x' }],
    ['accounts.*.image', { image: 'https://x' }],
  ])('cannot set %s', async (path, value) => {
    const keys = path.split('.');
    const [group = '', ...rest] = keys;
    const inner = rest.length === 2 ? { [rest[0] ?? '']: value } : value;
    await expect(parse(JSON.stringify({ [group]: inner }), 'json')).rejects.toThrow(
      expect.objectContaining({
        code: 'SETTINGS_INVALID',
        message: `team.x: there is no setting ${JSON.stringify(path)}.`,
      }),
    );
  });

  it.each([
    [
      { profiles: { template: '{x}' } },
      '"profiles.template" is refused: The template "{x}" is wrong at character 2',
    ],
    [{ profiles: { region: 'eu-west-1\nrole_arn=x' } }, '"profiles.region" is not an AWS region'],
    [{ profiles: { output: 'json\n' } }, '"profiles.output" is not one of'],
    [{ profiles: { exclude: ['a\nb'] } }, '"profiles.exclude'],
    [
      { sessions: { corp: { start_url: 'http://x.y', region: 'us-east-1' } } },
      'does not begin with https://',
    ],
    [{ sessions: { corp: { region: 'us-east-1' } } }, '"sessions.corp.start_url" is missing'],
    [
      { sessions: { 'a]\n[x': { start_url: 'https://x.y', region: 'us-east-1' } } },
      'is not a name that every SDK',
    ],
    [{ accounts: { '*': { label: '\u001b[31mx' } } }, '"accounts.*.label" has invisible characters'],
    [{ accounts: { '*': { label: 'a\u202eb' } } }, 'has invisible characters'],
    [{ accounts: { '*': { color: 'url(https://x)' } } }, '"accounts.*.color" is not one of'],
    [{ accounts: { 'a[b]': { color: 'red' } } }, 'has a character not allowed in a pattern'],
    ['text', 'The file'],
  ])('%j is refused with a sentence', async (value, words) => {
    await expect(parse(JSON.stringify(value), 'json')).rejects.toThrow(
      expect.objectContaining({ code: 'SETTINGS_INVALID', message: expect.stringContaining(words) }),
    );
  });

  it.each([
    ['json', '{"a": }'],
    ['toml', 'a = \n'],
  ] as const)('that is no %s says so', async (format, text) => {
    await expect(parse(text, format)).rejects.toThrow(/^team\.x(, line 1)?: this is not /);
  });

  it('suggests the setting that was meant', async () => {
    await expect(parse('[profiles]\ntemplat = "x"', 'toml')).rejects.toMatchObject({
      hint: 'did you mean template?',
    });
  });

  it('is told apart by its ending', () => {
    expect(['a.toml', 'b.INI', 'https://x/c.json', 'd.yaml', 'e'].map(formatOf)).toEqual([
      'toml',
      'ini',
      'json',
      undefined,
      undefined,
    ]);
  });
});

describe('config.ini', () => {
  const pattern = fc
    .string({ unit: anyCharacter, minLength: 1, maxLength: 30 })
    .filter(
      (text) =>
        isPrintable(text) && /^[^[\]"']+$/u.test(text) && text.trim() === text && text !== '__proto__',
    );
  const label = fc
    .string({ unit: anyCharacter, minLength: 1, maxLength: 30 })
    .filter((text) => isPrintable(text) && text.trim() === text && text !== '');
  const settings = fc.record(
    {
      profiles: fc.record(
        { template: fc.constantFrom('{role}', '{account_name|trim:a;b#|slug}'), exclude: fc.array(pattern) },
        { requiredKeys: [] },
      ),
      accounts: fc.dictionary(
        pattern,
        fc.record({ label, color: fc.constantFrom(...COLOURS) }, { requiredKeys: [] }),
        { maxKeys: 4 },
      ),
      production: fc.record({ accounts: fc.array(pattern, { minLength: 1 }) }),
    },
    { requiredKeys: [] },
  );

  it('reads back as it was written, or is not written', () => {
    let written = 0;
    fc.assert(
      fc.property(settings, (value) => {
        const parsed = parseSettings(Settings, value, 'x');
        let text: string;
        try {
          text = settingsText(parsed, 'config.ini');
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: 'SETTINGS_INVALID' });
          return;
        }
        written++;
        expect(settingsIn(text, 'config.ini')).toEqual(parsed);
      }),
      { numRuns: 500 },
    );
    expect(written).toBeGreaterThan(100);
  });

  it('writes what people have', () => {
    const { sessions: _, ...own } = WANTED;
    const parsed = parseSettings(Settings, own, 'x');
    expect(settingsIn(settingsText(parsed, 'x'), 'x')).toEqual(parsed);
    expect(settingsText({}, 'x')).toBe('');
  });
});

it('an account has the mark of the first pattern that has one', () => {
  const settings = parseSettings(
    Settings,
    {
      accounts: { 'Pay*': { color: 'red' }, '*': { label: 'Acme', color: 'grey' } },
      production: { accounts: ['*-prod', '1111*'] },
    },
    'x',
  );
  const mark = (accountName: string, accountId = '222222222222') =>
    accountMark(settings, { accountId, accountName });
  expect(mark('payments-PROD')).toEqual({ label: 'Acme', color: 'red', production: true });
  expect(mark('dev')).toEqual({ label: 'Acme', color: 'grey', production: false });
  expect(mark('dev', '111122223333').production).toBe(true);
  expect(accountMark({}, { accountId: '1', accountName: '' })).toEqual({
    label: null,
    color: null,
    production: false,
  });
});
