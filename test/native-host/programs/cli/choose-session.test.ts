import { describe, expect, it } from 'vitest';
import { configSessions, readSession } from '../../../../native-host/aws/tokens/known-sessions.ts';
import { parseIni } from '../../../../native-host/base/formats/ini-document.ts';
import { readSharedConfig } from '../../../../native-host/base/formats/profiles.ts';
import { chooseSession } from '../../../../native-host/programs/cli/choose-session.ts';

const read = (text: string) => readSharedConfig({ file: 'config', document: parseIni(text) });
const session = (name: string, url = `https://${name}.awsapps.com/start`, more = '') =>
  `[sso-session ${name}]\nsso_start_url = ${url}\nsso_region = us-east-1\n${more}`;
const ONE = read(session('corp', undefined, 'sso_registration_scopes = a:b, c:d\n'));
const TWO = read(
  `${session('corp')}${session('labs')}[profile dev]\nsso_session = labs\n[profile up]\nrole_arn = x\nsource_profile = dev\n[profile k]\nregion = x\n` +
    '[profile old]\nsso_start_url = https://corp.awsapps.com/start/\nsso_region = us-east-1\n' +
    '[profile other]\nsso_start_url = https://other.awsapps.com/start#/\nsso_region = eu-west-1\n' +
    '[profile a]\nrole_arn = x\nsource_profile = b\n[profile b]\nrole_arn = x\nsource_profile = a\n',
);

describe('the session that a command means', () => {
  it.each([
    ['the one named', { config: TWO, name: 'labs', env: {} }, 'labs'],
    ['the name before the profile', { config: TWO, name: 'corp', profile: 'dev', env: {} }, 'corp'],
    ['that of --profile', { config: TWO, profile: 'dev', env: {} }, 'labs'],
    ['that of a source profile', { config: TWO, profile: 'up', env: {} }, 'labs'],
    ['that of AWS_PROFILE', { config: TWO, env: { AWS_PROFILE: 'dev' } }, 'labs'],
    ['--profile before AWS_PROFILE', { config: TWO, profile: 'old', env: { AWS_PROFILE: 'dev' } }, 'corp'],
    ['that of the same portal', { config: TWO, profile: 'old', env: {} }, 'corp'],
    [
      'a portal without a session, by its start URL',
      { config: TWO, profile: 'other', env: {} },
      'https://other.awsapps.com/start#/',
    ],
    ['the only one', { config: ONE, env: {} }, 'corp'],
  ])('is %s', (_what, request, expected) => {
    expect(chooseSession(request).session).toBe(expected);
  });

  it('comes with its settings, and the scope that buys a refresh token when it names none', () => {
    expect(chooseSession({ config: ONE, env: {} })).toEqual({
      session: 'corp',
      startUrl: 'https://corp.awsapps.com/start',
      region: 'us-east-1',
      scopes: ['a:b', 'c:d'],
    });
    expect(chooseSession({ config: TWO, name: 'corp', env: {} }).scopes).toEqual(['sso:account:access']);
  });

  it.each([
    ['several', { config: TWO, env: {} }, 'SESSION_AMBIGUOUS', /corp, labs/, /--session NAME/],
    [
      'several, AWS_PROFILE has none',
      { config: TWO, env: { AWS_PROFILE: 'k' } },
      'SESSION_AMBIGUOUS',
      /corp/,
      /--session NAME/,
    ],
    [
      'a loop of sources',
      { config: TWO, env: {}, profile: 'a' },
      'SESSION_UNKNOWN',
      /does not sign in/,
      /awsher login NAME/,
    ],
    [
      'a misspelt one',
      { config: TWO, name: 'lbas', env: {} },
      'SESSION_UNKNOWN',
      /no session lbas/,
      /did you mean labs/,
    ],
    [
      'a new one',
      { config: TWO, name: 'production', env: {} },
      'SESSION_UNKNOWN',
      /production/,
      /awsher login production --start-url/,
    ],
    [
      'a portal without its region',
      { config: read('[profile p]\nsso_start_url = https://a.awsapps.com/start\n'), profile: 'p', env: {} },
      'SESSION_UNKNOWN',
      /profile p names a portal, but no sso_region/,
      /^write `sso_region = us-east-1` below line 2 of config$/,
    ],
    ['none at all', { config: read(''), env: {} }, 'SESSION_UNKNOWN', /no session yet/, /--start-url/],
    [
      'an unknown profile',
      { config: TWO, profile: 'dve', env: {} },
      'PROFILE_UNKNOWN',
      /dve/,
      /did you mean dev/,
    ],
    [
      'a profile without sign-in',
      { config: TWO, profile: 'k', env: {} },
      'SESSION_UNKNOWN',
      /k does not sign in/,
      /awsher login NAME/,
    ],
    [
      'half a section',
      { config: read('[sso-session corp]\nsso_region = x\n'), name: 'corp', env: {} },
      'CONFIG_INVALID',
      /no sso_start_url \(config, line 1\)/,
      /add it/,
    ],
  ])('is an error for %s', (_what, request, code, message, hint) => {
    expect(() => chooseSession(request)).toThrow(
      expect.objectContaining({
        code,
        message: expect.stringMatching(message),
        hint: expect.stringMatching(hint),
      }),
    );
  });
});

describe('the known sessions', () => {
  it('are the sections, then portals that only profiles name', () => {
    expect(configSessions(TWO).map(({ session, legacy }) => [session, legacy ?? false])).toEqual([
      ['corp', false],
      ['labs', false],
      ['https://other.awsapps.com/start#/', true],
    ]);
  });

  it('are read one by one', () => {
    const section = ONE.ssoSessions.get('corp');
    expect(section && readSession(section).region).toBe('us-east-1');
  });
});
