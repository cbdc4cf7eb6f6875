import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openServerClock } from '../../../../native-host/aws/calls/server-clock.ts';
import { resolvePaths } from '../../../../native-host/base/files/paths.ts';
import type { NamedBy, Story } from '../../../../native-host/features/explain/story.ts';
import { tellStory } from '../../../../native-host/features/explain/tell.ts';

const CORP = '[sso-session corp]\nsso_start_url = https://d-123.awsapps.com/start\nsso_region = us-east-1\n';
const SSO = 'sso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Admin\n';
const KEYS = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n';
const ROLE = 'role_arn = arn:aws:iam::444455556666:role/R\nsource_profile = s\n';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'awsher-explain-'));
  mkdirSync(join(home, '.aws'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

interface Given {
  readonly config?: string;
  readonly credentials?: string;
  readonly env?: Record<string, string>;
  readonly profile?: string;
  readonly namedBy?: NamedBy;
}

function tell({ config, credentials, env: more = {}, profile = 'p', namedBy = 'argument' }: Given): Story {
  if (config !== undefined) writeFileSync(join(home, '.aws', 'config'), config);
  if (credentials !== undefined) writeFileSync(join(home, '.aws', 'credentials'), credentials);
  const env = { HOME: home, ...more };
  const paths = resolvePaths({ env, platform: 'linux', homedir: () => home });
  const clock = openServerClock(paths, () => Date.UTC(2026, 10, 27));
  return tellStory({ paths, env, clock, profile, namedBy });
}

describe('who would decide otherwise', () => {
  it.each<[string, Given, string[]]>([
    ['nobody, for one source', { config: `${CORP}[profile p]\n${SSO}` }, []],
    [
      'keys beside Identity Center',
      { config: `${CORP}[profile p]\n${SSO}`, credentials: `[p]\n${KEYS}` },
      ['order-sso-keys JavaScript,Go'],
    ],
    [
      'a process beside Identity Center',
      { config: `${CORP}[profile p]\n${SSO}credential_process = /bin/x\n` },
      ['order-sso-process JavaScript'],
    ],
    [
      'a role beside Identity Center',
      { config: `${CORP}[profile p]\n${SSO}${ROLE}`, credentials: `[s]\n${KEYS}` },
      ['order-role-sso Java,.NET,PHP,Ruby'],
    ],
    [
      'keys beside Identity Center in the source of a role',
      { config: `${CORP}[profile p]\n${ROLE}[profile s]\n${SSO}${KEYS}` },
      [
        'order-sso-keys JavaScript,Go',
        'role-from-sso PHP,AWS CLI before 2.10.2,boto3 before botocore 1.29.75',
      ],
    ],
    [
      'keys in the config beside a process',
      { config: `[profile p]\n${KEYS}credential_process = /bin/x\n` },
      ['order-process-keys JavaScript,Go,Ruby'],
    ],
    [
      'keys in the credentials file beside a process',
      { config: '[profile p]\ncredential_process = /bin/x\n', credentials: `[p]\n${KEYS}` },
      ['order-keys-process Rust,Java,PHP'],
    ],
    [
      'a session and the portal again',
      { config: `${CORP}[profile p]\n${SSO}sso_region = us-east-1\n` },
      ['both-portal-forms Rust'],
    ],
    [
      'a fragment in the start URL',
      { config: `${CORP.replace('/start', '/start#/')}[profile p]\n${SSO}` },
      ['start-url-hash older C++'],
    ],
    [
      'another credentials file',
      { config: `${CORP}[profile p]\n${SSO}`, env: { AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials' } },
      ['cpp-token-folder C++'],
    ],
    [
      'keys in the environment and AWS_PROFILE',
      {
        config: `[profile p]\n${KEYS}`,
        env: { AWS_PROFILE: 'p', AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 's' },
        namedBy: 'AWS_PROFILE',
      },
      ['env-keys-and-profile JavaScript'],
    ],
    [
      'two variables for the profile',
      {
        config: `[profile p]\n${KEYS}`,
        env: { AWS_PROFILE: 'p', AWS_DEFAULT_PROFILE: 'q' },
        namedBy: 'AWS_PROFILE',
      },
      ['two-profile-variables boto3,AWS CLI v1'],
    ],
    [
      'AWS_DEFAULT_PROFILE alone',
      { config: `[profile p]\n${KEYS}`, env: { AWS_DEFAULT_PROFILE: 'p' }, namedBy: 'AWS_DEFAULT_PROFILE' },
      ['default-profile-variable JavaScript'],
    ],
    [
      'a session and another portal',
      { config: `${CORP}[profile p]\n${SSO}sso_region = eu-west-1\n` },
      ['portal-forms-differ JavaScript'],
    ],
    [
      'keys beside a role without a source',
      { config: `[profile p]\nrole_arn = arn:aws:iam::444455556666:role/R\n${KEYS}` },
      ['role-without-source JavaScript'],
    ],
    [
      'a section twice',
      { config: `[profile p]\n${KEYS}[profile p]\nregion = x\n` },
      ['reads-on-duplicate-section JavaScript,Go,Ruby,Rust,Java,C++'],
    ],
    [
      'a name with a space',
      { config: `[profile "my p"]\n${KEYS}`, profile: 'my p' },
      ['name-not-portable JavaScript,Go,Ruby,Rust,Java,C++'],
    ],
    [
      'a comment behind a value',
      { config: `[profile p]\n${KEYS.replace('EXAMPLE', 'EXAMPLE ; old')}` },
      ['inline-comment AWS CLI,boto3,.NET'],
    ],
    [
      'a comment behind a value, with the other sign',
      { config: `[profile p]\n${KEYS.replace('EXAMPLE', 'EXAMPLE # old')}` },
      ['inline-comment AWS CLI,boto3,Ruby,.NET'],
    ],
    [
      'letters outside ASCII',
      { config: `[profile é]\n${KEYS}`, profile: 'é' },
      ['name-not-portable Rust,Java,C++'],
    ],
    [
      'keys in the environment and a profile that is not there',
      {
        config: `[profile p]\n${KEYS}`,
        profile: 'q',
        namedBy: 'AWS_PROFILE',
        env: { AWS_PROFILE: 'q', AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 's' },
      },
      ['env-keys-and-no-such-profile Go,Ruby'],
    ],
    [
      'a tilde in a variable',
      { config: `[profile p]\n${KEYS}`, env: { AWS_SHARED_CREDENTIALS_FILE: '~/.aws/credentials' } },
      ['tilde-in-variable Go'],
    ],
    [
      'a role from the environment',
      {
        config: '[profile p]\nrole_arn = arn:aws:iam::444455556666:role/R\ncredential_source = Environment\n',
        env: { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 's' },
      },
      ['role-from-environment Ruby'],
    ],
    [
      'a session that is named in the credentials file',
      { config: CORP, credentials: `[p]\n${SSO}` },
      ['session-named-in-credentials Ruby'],
    ],
    [
      'keys in capitals',
      { config: `[profile p]\n${KEYS.replace('aws_secret', 'AWS_SECRET')}` },
      ['key-case JavaScript,Ruby,Java,C++'],
    ],
    [
      'a process that needs a shell',
      { config: '[profile p]\ncredential_process = ~/bin/x | jq .\n' },
      ['process-shell JavaScript,Go,Rust,Ruby,PHP'],
    ],
  ])('%s', (_case, given, expected) => {
    const story = tell(given);
    expect(story.disagreements.map(({ id, sdks }) => `${id} ${sdks.join(',')}`)).toEqual(expected);
    for (const one of story.disagreements) expect(one.remedy && one.source).toBeTruthy();
  });

  it('tells those that were run from those whose source was read', () => {
    const { disagreements } = tell({ config: `${CORP}[profile p]\n${ROLE}[profile s]\n${SSO}` });
    expect(disagreements[0]).toMatchObject({
      id: 'role-from-sso',
      sdks: ['PHP', 'AWS CLI before 2.10.2', 'boto3 before botocore 1.29.75'],
      run: ['AWS CLI before 2.10.2', 'boto3 before botocore 1.29.75'],
    });
  });
});

describe('the story', () => {
  it('knows the end that saml2aws writes beside its keys, and what to do when it is over', () => {
    const keys = `[p]\n${KEYS.replace('AKIA', 'ASIA')}aws_session_token = t\nx_principal_arn = arn:aws:sts::1:assumed-role/A/b\n`;
    const ended = tell({ credentials: `${keys}x_security_token_expires = 2026-11-26T18:00:00+01:00\n` });
    expect(ended.verdict).toMatchObject({
      state: 'expired',
      sentence: expect.stringMatching(/^The keys .* have expired\.$/),
      next: 'run `awsher migrate saml2aws`',
    });
    expect(ended.hops[0]?.facts).toContainEqual(
      expect.objectContaining({
        name: 'until',
        value: '2026-11-26T17:00:00Z',
        place: expect.objectContaining({ line: 6 }),
      }),
    );
    const lives = tell({ credentials: `${keys}x_security_token_expires = 2026-11-27T18:00:00+01:00\n` });
    expect(lives.verdict.state).toBe('ready');
  });

  it('says which part the environment plays, with keys masked', () => {
    const env = {
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'very-secret',
      AWS_PROFILE: 'p',
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL_STS: 'http://ana:very-secret@127.0.0.1:1',
    };
    const { environment, verdict } = tell({ config: `[profile p]\n${KEYS}`, env, namedBy: 'AWS_PROFILE' });
    expect(verdict.source).toBe('env');
    expect(environment.map(({ name, value, effect }) => `${name} ${value} ${effect}`)).toEqual([
      'AWS_ACCESS_KEY_ID AKIA…MPLE wins',
      'AWS_SECRET_ACCESS_KEY null wins',
      'AWS_PROFILE p passed-over',
      'AWS_REGION eu-west-1 used',
      'AWS_ENDPOINT_URL_STS http://…@127.0.0.1:1 used',
    ]);
    const named = tell({ env });
    expect(named.environment[0]).toMatchObject({ effect: 'passed-over' });
    expect(named.notes.join()).toContain('A command without `--profile p` uses the keys in the environment');
  });

  it('names file and line of a broken file, and still shows what other SDKs see', () => {
    const { verdict, files, steps, notes } = tell({
      config: `[profile p]\n${KEYS}[profile p]\nregion = x\n`,
    });
    const config = join(home, '.aws', 'config');
    expect(verdict).toMatchObject({
      state: 'broken',
      error: { code: 'CONFIG_INVALID', file: config, line: 4 },
    });
    expect(verdict.sentence).toContain(`${config}, line 4: the section [profile p] appears a second time`);
    expect(files[0]?.problems).toHaveLength(1);
    expect(steps.at(-1)).toMatchObject({ source: 'config-file', outcome: 'taken', line: 2 });
    expect(notes.join()).toContain('reject such a file entirely');
  });

  it('tells of a file that cannot be read', () => {
    mkdirSync(join(home, '.aws', 'config'));
    expect(tell({}).verdict).toMatchObject({ state: 'broken', error: { code: 'FILE_READ', line: null } });
  });

  it('knows the nearest name of a profile that is not there', () => {
    const { verdict } = tell({ config: `[profile prod]\n${KEYS}`, profile: 'prdo' });
    expect(verdict).toMatchObject({ state: 'broken', error: { code: 'PROFILE_UNKNOWN' } });
    expect(verdict.next).toContain('--profile prod');
  });

  it('tells of no config at all', () => {
    const { verdict, steps } = tell({ profile: 'default', namedBy: 'nothing' });
    expect(verdict).toMatchObject({ state: 'broken', error: { code: 'CREDENTIALS_MISSING' } });
    expect(steps.map(({ source }) => source)).toContain('iam-role');
  });

  it('says that temporary keys in the environment have ended', () => {
    const env = {
      AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 's',
      AWS_SESSION_TOKEN: 't',
      AWS_CREDENTIAL_EXPIRATION: '2026-11-26T00:00:00Z',
    };
    expect(tell({ env, profile: 'default', namedBy: 'nothing' }).verdict.state).toBe('expired');
  });
});
