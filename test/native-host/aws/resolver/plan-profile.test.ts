import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../../native-host/aws/resolver/credential-plan.ts';
import { planProfile } from '../../../../native-host/aws/resolver/plan-profile.ts';
import type { TraceEvent } from '../../../../native-host/aws/resolver/trace.ts';
import { parseIni } from '../../../../native-host/base/formats/ini-document.ts';
import { readSharedConfig } from '../../../../native-host/base/formats/profiles.ts';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';

const SSO = 'sso_account_id = 111122223333\nsso_role_name = Admin\n';
const LEGACY = `${SSO}sso_start_url = https://d-123.awsapps.com/start\nsso_region = us-east-1\n`;
const CORP = '[sso-session corp]\nsso_start_url = https://d-123.awsapps.com/start\nsso_region = us-east-1\n';
const KEYS = 'aws_access_key_id = AKIA1\naws_secret_access_key = s\n';
const PROCESS = 'credential_process = /bin/x\n';
const ROLE = 'role_arn = arn:aws:iam::444455556666:role/R\n';
const WEB = 'web_identity_token_file = /tmp/token\n';

interface Given {
  config?: string;
  credentials?: string;
  env?: Record<string, string>;
  profile?: string;
  explicit?: boolean;
}

function planOf({ config = '', credentials = '', env = {}, profile = 'p', explicit = true }: Given) {
  const events: TraceEvent[] = [];
  const shared = readSharedConfig(
    { file: 'config', document: parseIni(config) },
    { file: 'credentials', document: parseIni(credentials) },
  );
  const trace = (event: TraceEvent) => void events.push(event);
  const plan = () =>
    planProfile({ config: shared, credentialsFile: 'credentials', env, profile, explicit, trace });
  return { plan, events };
}

/** A plan in a few words, inside out. */
function words(plan: Plan): string {
  switch (plan.kind) {
    case 'assume-role':
      return `role ${plan.profile} < ${words(plan.source)}`;
    case 'keys':
      return `keys ${plan.accessKeyId} from ${plan.from}`;
    case 'sso':
      return `sso ${plan.role.session ?? plan.role.startUrl}`;
    default:
      return plan.kind;
  }
}

describe('where credentials come from', () => {
  it.each<[string, Given, string]>([
    ['a session', { config: `${CORP}[profile p]\nsso_session = corp\n${SSO}` }, 'sso corp'],
    ['a portal of its own', { config: `[profile p]\n${LEGACY}` }, 'sso https://d-123.awsapps.com/start'],
    ['both, if they agree', { config: `${CORP}[profile p]\nsso_session = corp\n${LEGACY}` }, 'sso corp'],
    ['SSO before keys', { config: `[profile p]\n${LEGACY}${KEYS}` }, 'sso https://d-123.awsapps.com/start'],
    [
      'SSO before keys of the credentials file',
      { config: `[profile p]\n${LEGACY}`, credentials: `[p]\n${KEYS}` },
      'sso https://d-123.awsapps.com/start',
    ],
    [
      'SSO before a process',
      { config: `[profile p]\n${LEGACY}${PROCESS}` },
      'sso https://d-123.awsapps.com/start',
    ],
    [
      'a role before SSO',
      { config: `[profile p]\n${LEGACY}${ROLE}source_profile = s\n[profile s]\n${KEYS}` },
      'role p < keys AKIA1 from config',
    ],
    [
      'keys of the credentials file before a process',
      { config: `[profile p]\n${PROCESS}`, credentials: `[p]\n${KEYS}` },
      'keys AKIA1 from credentials',
    ],
    ['a process before keys of the config', { config: `[profile p]\n${PROCESS}${KEYS}` }, 'process'],
    ['keys of the config', { config: `[profile p]\n${KEYS}` }, 'keys AKIA1 from config'],
    ['web identity before SSO', { config: `[profile p]\n${LEGACY}${ROLE}${WEB}` }, 'web-identity'],
    [
      'a chain',
      {
        config: `${CORP}[profile p]\n${ROLE}source_profile = q\n[profile q]\n${ROLE}source_profile = r\n[profile r]\nsso_session = corp\n${SSO}`,
      },
      'role p < role q < sso corp',
    ],
    [
      'itself with keys',
      { config: `[profile p]\n${ROLE}${KEYS}source_profile = p\n` },
      'role p < keys AKIA1 from config',
    ],
    [
      'a source with keys beside its role',
      { config: `[profile p]\n${ROLE}source_profile = q\n[profile q]\n${ROLE}${KEYS}source_profile = p\n` },
      'role p < keys AKIA1 from config',
    ],
    [
      'a source in the credentials file',
      { config: `[profile p]\n${ROLE}source_profile = q\n`, credentials: `[q]\n${KEYS}` },
      'role p < keys AKIA1 from credentials',
    ],
    [
      'a source with a process',
      { config: `[profile p]\n${ROLE}source_profile = q\n[profile q]\n${PROCESS}` },
      'role p < process',
    ],
    [
      'Environment',
      {
        config: `[profile p]\n${ROLE}credential_source = Environment\n`,
        env: { AWS_ACCESS_KEY_ID: 'AKIA2', AWS_SECRET_ACCESS_KEY: 's' },
      },
      'role p < keys AKIA2 from environment',
    ],
    [
      'the instance',
      { config: `[profile p]\n${ROLE}credential_source = Ec2InstanceMetadata\n` },
      'role p < instance',
    ],
    [
      'the container',
      { config: `[profile p]\n${ROLE}credential_source = EcsContainer\n` },
      'role p < container',
    ],
    [
      'keys in the environment, profile not named',
      {
        config: `[profile p]\n${KEYS}`,
        env: { AWS_ACCESS_KEY_ID: 'AKIA2', AWS_SECRET_ACCESS_KEY: 's', AWS_PROFILE: 'p' },
        explicit: false,
      },
      'keys AKIA2 from environment',
    ],
    [
      'keys in the environment, profile named',
      { config: `[profile p]\n${KEYS}`, env: { AWS_ACCESS_KEY_ID: 'AKIA2', AWS_SECRET_ACCESS_KEY: 's' } },
      'keys AKIA1 from config',
    ],
    [
      'web identity in the environment, profile not named',
      {
        env: { AWS_WEB_IDENTITY_TOKEN_FILE: '/t', AWS_ROLE_ARN: 'arn:aws:iam::1:role/R' },
        profile: 'default',
        explicit: false,
      },
      'web-identity',
    ],
    [
      'web identity in the environment, profile named',
      { config: `[profile p]\n${KEYS}`, env: { AWS_WEB_IDENTITY_TOKEN_FILE: '/t', AWS_ROLE_ARN: 'a' } },
      'keys AKIA1 from config',
    ],
    [
      'a container at the end',
      {
        env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1/x' },
        profile: 'default',
        explicit: false,
      },
      'container',
    ],
  ])('%s', (_case, given, expected) => {
    expect(words(planOf(given).plan())).toBe(expected);
  });

  it.each<[string, Given, string, RegExp]>([
    ['no such profile', { config: '[profile Px]\n', profile: 'px' }, 'PROFILE_UNKNOWN', /no profile px/],
    [
      'no profile at all',
      { profile: 'default', explicit: false },
      'CREDENTIALS_MISSING',
      /no default profile/,
    ],
    ['an empty profile', { config: '[profile p]\nregion = x\n' }, 'CREDENTIALS_MISSING', /names no source/],
    [
      'a session alone',
      { config: `${CORP}[profile p]\nsso_session = corp\n` },
      'CREDENTIALS_MISSING',
      /names no source/,
    ],
    [
      'an unknown session',
      { config: `[profile p]\nsso_session = corp\n${SSO}` },
      'PROFILE_UNUSABLE',
      /corp does not exist \(config, line 2\)/,
    ],
    [
      'session and portal that differ',
      { config: `${CORP}[profile p]\nsso_session = corp\nsso_start_url = https://other\n${SSO}` },
      'PROFILE_UNUSABLE',
      /sso_start_url.*line 6/,
    ],
    [
      'a role name without the rest',
      { config: '[profile p]\nsso_role_name = A\n' },
      'PROFILE_UNUSABLE',
      /is missing sso_account_id, sso_start_url, sso_region/,
    ],
    [
      'two sources of a role',
      { config: `[profile p]\n${ROLE}source_profile = a\ncredential_source = Environment\n` },
      'PROFILE_UNUSABLE',
      /both/,
    ],
    ['no source of a role', { config: `[profile p]\n${ROLE}` }, 'PROFILE_UNUSABLE', /neither/],
    [
      'a source that is not there',
      { config: `[profile p]\n${ROLE}source_profile = q\n` },
      'PROFILE_UNUSABLE',
      /q of profile p does not exist/,
    ],
    [
      'a source without credentials',
      { config: `[profile p]\n${ROLE}source_profile = q\n[profile q]\nregion = x\n` },
      'PROFILE_UNUSABLE',
      /q, the source_profile of p, has no credentials/,
    ],
    [
      'a loop',
      { config: `[profile p]\n${ROLE}source_profile = q\n[profile q]\n${ROLE}source_profile = p\n` },
      'PROFILE_LOOP',
      /p → q → p/,
    ],
    ['itself without keys', { config: `[profile p]\n${ROLE}source_profile = p\n` }, 'PROFILE_LOOP', /p → p/],
    [
      'an unknown credential_source',
      { config: `[profile p]\n${ROLE}credential_source = environment\n` },
      'PROFILE_UNUSABLE',
      /must be Environment/,
    ],
    [
      'an empty Environment',
      { config: `[profile p]\n${ROLE}credential_source = Environment\n` },
      'PROFILE_UNUSABLE',
      /is not set/,
    ],
    [
      'half a key',
      { config: '[profile p]\naws_access_key_id = A\n' },
      'PROFILE_UNUSABLE',
      /no aws_secret_access_key/,
    ],
    [
      'half a key in the environment',
      { env: { AWS_ACCESS_KEY_ID: 'A' }, explicit: false },
      'PROFILE_UNUSABLE',
      /AWS_SECRET_ACCESS_KEY is not/,
    ],
    [
      'aws login',
      { config: '[profile p]\nlogin_session = arn:aws:iam::1:user/x\n' },
      'PROFILE_UNUSABLE',
      /aws login/,
    ],
    ['web identity without a role', { config: `[profile p]\n${WEB}` }, 'PROFILE_UNUSABLE', /no role_arn/],
  ])('%s is an error', (_case, given, code, message) => {
    const { plan } = planOf(given);
    expect(plan).toThrow(AwsherError);
    expect(plan).toThrow(message);
    try {
      plan();
    } catch (thrown) {
      expect(thrown).toMatchObject({ code });
      expect(thrown instanceof AwsherError && thrown.hint).toBeTruthy();
    }
  });

  it.each([
    ['region = x\n', /^add sso_session/],
    ['endpoint_url = http://localhost:4566\n', /^add aws_access_key_id .* an emulator takes any value$/],
    ['services = local\n', /^add aws_access_key_id/],
  ])('a profile that has only %j is told what to add', (line, hint) => {
    const { plan } = planOf({ config: `[profile p]\n${line}` });
    expect(plan).toThrow(expect.objectContaining({ hint: expect.stringMatching(hint) }));
  });
});

describe('the trace', () => {
  it('names file and line of what was taken, and what was passed over and why', () => {
    const { plan, events } = planOf({
      config: `${CORP}[profile p]\nsso_session = corp\n${SSO}${PROCESS}`,
      credentials: `[p]\n${KEYS}`,
    });
    plan();
    const taken = events
      .filter(({ outcome }) => outcome === 'taken')
      .map(({ source, file, line }) => ({ source, file, line }));
    expect(taken).toEqual([
      { source: 'profile', file: 'config', line: 4 },
      { source: 'sso', file: 'config', line: 7 },
    ]);
    const passed = events.filter(({ outcome }) => outcome === 'passed-over');
    expect(passed.map(({ source, file, line }) => `${source} ${file}:${line}`)).toEqual([
      'shared-credentials-file credentials:2',
      'custom-process config:8',
    ]);
    expect(passed[0]?.reason).toContain('sso comes first');
  });

  it('follows a chain, and says why the environment did not count', () => {
    const { plan, events } = planOf({
      config: `${CORP}[profile p]\n${ROLE}source_profile = q\n[profile q]\nsso_session = corp\n${SSO}`,
      env: { AWS_ACCESS_KEY_ID: 'AKIASECRET', AWS_SECRET_ACCESS_KEY: 'very-secret' },
    });
    plan();
    expect(events.map(({ source, outcome, profile }) => `${source} ${outcome} ${profile}`.trim())).toEqual([
      'env passed-over',
      'profile taken p',
      'assume-role taken p',
      'assume-role not-there q',
      'assume-role-with-web-identity not-there q',
      'sso taken q',
    ]);
    expect(events.map(({ hop = 0 }) => hop)).toEqual([0, 0, 0, 1, 1, 1]);
    expect(JSON.stringify(events)).not.toContain('very-secret');
  });
});
