import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolvePaths } from '../../../../native-host/base/files/paths.ts';
import type { Finding } from '../../../../native-host/features/doctor/check.ts';
import { config } from '../../../../native-host/features/doctor/checks/config.ts';
import { conflicts } from '../../../../native-host/features/doctor/checks/conflicts.ts';
import { thisComputer } from '../../../../native-host/features/doctor/this-computer.ts';

const SSO = `[sso-session corp]
sso_start_url = https://d-1234567890.awsapps.com/start
sso_region = us-east-1
sso_registration_scopes = sso:account:access
`;
const DEV = `[profile dev]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Reader
region = us-east-1
`;
const KEYS = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret\n';
const role = (more: string) => `[profile a]\nrole_arn = arn:aws:iam::111122223333:role/A\n${more}`;

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'awsher-follow-'));
  mkdirSync(join(home, '.aws'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** What the two checks that look at the files say, as it would be drawn. */
async function findings(more: Record<string, string> = {}): Promise<Finding[]> {
  const env = { HOME: home, PATH: process.env.PATH, ...more };
  const paths = resolvePaths({ env, platform: 'linux', homedir: () => home });
  const context = thisComputer({ env, platform: 'linux', paths, now: () => Date.UTC(2026, 10, 30) });
  const found = [await config.run(context), await conflicts.run(context)];
  return found.filter(({ result }) => result === 'fail');
}

/** Somebody who does what the first line of a hint says, and knows nothing else. False: it says nothing that can be done. */
async function follow({ next = '', fix }: Finding): Promise<boolean> {
  const [hint = ''] = next.replaceAll('~/', `${home}/`).split('\n');
  if (hint.startsWith('run `awsher doctor --fix`') && fix !== undefined) {
    await fix();
    return true;
  }
  const [, command] = /run `([^`]+)`/.exec(hint) ?? [];
  if (command !== undefined && !command.startsWith('awsher')) {
    execFileSync('/bin/sh', ['-c', command], { env: { HOME: home, PATH: process.env.PATH } });
    return true;
  }
  const [, text, where, line, file] =
    /write `([^`]+)` (in|above|below|at the beginning of) line (\d+) of ([^,;]+)/.exec(hint) ?? [];
  if (text !== undefined && file !== undefined) {
    edit(file, Number(line), (old) => {
      if (where === 'above') return [text, old];
      if (where === 'below') return [old, text];
      return [where === 'in' ? text : `${text}${old}`];
    });
    return true;
  }
  const [, gone, from] = /remove line (\d+) of ([^,;]+)/.exec(hint) ?? [];
  if (from === undefined) return false;
  edit(from, Number(gone), () => []);
  return true;
}

function edit(file: string, line: number, change: (old: string) => string[]): void {
  const lines = readFileSync(file, 'utf8').split('\n');
  lines.splice(line - 1, 1, ...change(lines[line - 1] ?? ''));
  writeFileSync(file, lines.join('\n'));
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le');

describe('whoever does what the hint says to the letter is rid of the finding', () => {
  it.each<[what: string, config: string | Buffer, says: RegExp, credentials?: string]>([
    [
      'a session that nobody wrote that way',
      SSO + DEV.replace('= corp', '= Corp'),
      /sso-session Corp does not exist/,
    ],
    [
      'a session with an underscore',
      SSO.replace('sso-session', 'sso_session') + DEV,
      /no SDK reads the section \[sso_session corp\]/,
    ],
    [
      'a session with a letter that does not show',
      SSO.replace('sso-session corp', 'sso-session cor\u200bp') + DEV,
      /config, line 1: an invisible letter is in the name cor\?p \(U\+200B, letter 4\)/,
    ],
    [
      'a profile of Latin and Cyrillic letters, and who names it',
      `${SSO}${DEV.replace('profile dev', 'profile d\u0435v')}${role('source_profile = d\u0435v\n')}`,
      /line 5: a letter that looks like another is in the name d\u0435v \(U\+0435, letter 2\)/,
    ],
    [
      'a name with a hard space',
      `${SSO}${DEV}${role('source_profile = de\u00a0v\n')}`,
      /line 12: an invisible letter is in the name de.v \(U\+00A0, letter 3\)/,
    ],
    [
      'a session without the word',
      SSO.replace('sso-session ', '') + DEV,
      /no SDK reads the section \[corp\]/,
    ],
    ['a session that is empty', SSO + DEV.replace('= corp', '='), /sso_session of profile dev is empty/],
    ['a session without a region', SSO.replace(/sso_region.*\n/, '') + DEV, /is missing sso_region/],
    ['a role without a name', SSO + DEV.replace(/sso_role_name.*\n/, ''), /is missing sso_role_name/],
    [
      'an account of eleven digits',
      SSO + DEV.replace('111122223333', '11122223333'),
      /sso_account_id of profile dev is not the twelve digits/,
    ],
    ['an account with hyphens', SSO + DEV.replace('111122223333', '1111-2222-3333'), /twelve digits/],
    [
      'values in quotes',
      SSO + DEV.replace('Reader', '"Reader"').replace('us-east-1', '"us-east-1"'),
      /sso_role_name of profile dev is not the name of a role/,
    ],
    [
      'a zone in the place of a region',
      SSO.replace('us-east-1', 'us-east-1a') + DEV,
      /sso_region of sso-session corp is not/,
    ],
    [
      'a start URL without its scheme',
      SSO.replace('https://', '') + DEV,
      /sso_start_url of sso-session corp is not an address/,
    ],
    ['a profile without the word', SSO + DEV.replace('profile ', ''), /no SDK reads the section \[dev\]/],
    [
      'a profile in capitals',
      SSO + DEV.replace('profile', 'Profile'),
      /no SDK reads the section \[Profile dev\]/,
    ],
    [
      'a profile with a hard space',
      SSO + DEV.replace('profile ', 'profile\u00A0'),
      /no SDK reads the section/,
    ],
    [
      'a profile with space before it',
      SSO + DEV.replace('[profile', '[ profile'),
      /the AWS CLI does not read the section \[ profile dev\]/,
    ],
    ['a profile with a colon', SSO + DEV.replace('profile ', 'profile:'), /no SDK reads the section/],
    [
      'a header that is a value',
      SSO + DEV.replace('[profile', '  [profile'),
      /line 5: the header is indented/,
    ],
    [
      'keys before any section',
      `region = us-east-1\n${SSO}${DEV}`,
      /line 1: settings come before the first section/,
    ],
    [
      'what a merge left',
      `${SSO}<<<<<<< HEAD\n${DEV}=======\n${DEV}>>>>>>> theirs\n`,
      /line 5: the line is not `key = value`/,
    ],
    ['half a line of a start URL', SSO.replace('awsapps', '\nawsapps') + DEV, /line 3: the line is no/],
    ['a page of a proxy', '<html>\n<body>404</body>\n</html>\n', /not an AWS config/],
    ['JSON', '{\n  "profile": []\n}\n', /not an AWS config/],
    ['YAML', 'profiles:\n  dev:\n    region: x\n', /not an AWS config/],
    ['UTF-16 with a mark', utf16(`\uFEFF${SSO}${DEV}`), /the text is UTF-16/],
    ['UTF-16 without one', utf16(SSO + DEV), /the text is UTF-16/],
    ['UTF-16, the other way round', utf16(`\uFEFF${SSO}${DEV}`).swap16(), /the text is UTF-16/],
    ['Latin 1', Buffer.from(`# Gr\u00FC\u00DFe\n${SSO}${DEV}`, 'latin1'), /line 1: the text is not UTF-8/],
    [
      'a source that is spelled otherwise',
      SSO + DEV + role('source_profile = Dev\n'),
      /source_profile Dev of profile a does not exist/,
    ],
    ['a role without a source', role(KEYS), /neither source_profile nor credential_source/],
    [
      'a role with two',
      SSO + DEV + role('source_profile = dev\ncredential_source = Environment\n'),
      /both source_profile and credential_source/,
    ],
    ['an empty role', SSO + DEV.replace('[', '[profile b]\nrole_arn =\n['), /role_arn of profile b is empty/],
    ['a machine that is none', role('credential_source = EC2\n'), /must be Environment, Ec2InstanceMetadata/],
    [
      'a program without a line',
      '[profile p]\ncredential_process =\n',
      /credential_process of profile p is empty/,
    ],
    [
      'services that are not there',
      `${SSO}${DEV}services = local\n`,
      /services of profile dev names local, which does not exist/,
    ],
    [
      'services that are called otherwise',
      `${SSO}${DEV}services = Local\n[services local]\nsts =\n  endpoint_url = http://localhost:1\n`,
      /names Local/,
    ],
    [
      'authorities that are not there',
      `${SSO}${DEV}ca_bundle = /nowhere/ca.pem\n`,
      /ca_bundle of profile dev names \/nowhere\/ca.pem/,
    ],
    [
      'half a key',
      '[profile a]\nregion = us-east-1\n',
      /no aws_secret_access_key beside it/,
      '[a]\naws_access_key_id = AKIA\n',
    ],
    [
      'the word profile in the credentials file',
      SSO + DEV,
      /credentials, line 1: no SDK reads the section \[profile b\]/,
      `[profile b]\n${KEYS}`,
    ],
    [
      'a portal of its own',
      `${SSO}${DEV}sso_start_url = https://other.awsapps.com/start\n`,
      /sso_start_url of profile dev differs/,
    ],
  ])('%s', async (_, text, says, credentials) => {
    writeFileSync(join(home, '.aws', 'config'), text);
    if (credentials !== undefined) writeFileSync(join(home, '.aws', 'credentials'), credentials);
    const first = await findings();
    expect(first.map(({ detail }) => detail).join('\n')).toMatch(says);
    expect(first.map(({ next }) => next).join('\n')).not.toMatch(/secret\b|awsher doctor` again/);
    for (let step = 0; step < 8; step++) {
      const [one] = await findings();
      if (one === undefined) break;
      expect(await follow(one), `${one.detail} -> ${one.next}`).toBe(true);
    }
    expect(await findings()).toEqual([]);
    // UTF-16 and what is no config aside, nothing of it was lost on the way.
    if (existsSync(join(home, '.aws', 'config')) && typeof text === 'string' && text.includes(DEV))
      expect(readFileSync(join(home, '.aws', 'config'), 'utf8')).toContain('[profile dev]');
  });

  it.each<[what: string, config: string, env?: Record<string, string>]>([
    ['a profile with a region alone', '[default]\nregion = us-east-1\noutput = json\n'],
    ['a profile of `aws login`', '[profile l]\nlogin_session = arn:aws:iam::111122223333:user/x\n'],
    ['a role of the environment', role('credential_source = Environment\n')],
    ['a role of the machine', role('credential_source = Ec2InstanceMetadata\n')],
    ['the region of a stand-in', '[profile local]\nregion = local\nendpoint_url = http://localhost:4566\n'],
    [
      'a script of a shell, in quotes',
      `[profile p]\ncredential_process = /bin/sh -c 'cat x | jq . 2>/dev/null; echo "$HOME"'\n`,
    ],
    ["the AWS CLI's own names with spaces", `[profile "my dev"]\nregion = us-east-1\n`],
    [
      'names in other scripts',
      '[profile админ-dev]\nregion = us-east-1\n[profile 開発]\nregion = us-east-1\n',
    ],
    ['preview and plugins', '[preview]\ncloudfront = true\n[plugins]\ncli_legacy = x\n'],
    [
      'a role through Identity Center, with the other names of its SDKs',
      SSO + DEV + role('source_profile = dev\n'),
    ],
    [
      'a start URL with a hash',
      SSO.replace('/start', '/start#/') + DEV,
      { AWS_SHARED_CREDENTIALS_FILE: '/dev/null' },
    ],
    [
      'colons, capitals of names and tabs',
      `[profile\tDEV]\nsso_start_url : https://d-1234567890.awsapps.com/start\nsso_region\t=\tus-east-1\n`,
    ],
  ])('%s is no finding', async (_, text, env) => {
    writeFileSync(join(home, '.aws', 'config'), text);
    expect(await findings(env)).toEqual([]);
  });

  it.each<[env: Record<string, string>, says: RegExp]>([
    [{ AWS_PROFILE: 'prod' }, /AWS_PROFILE: There is no profile prod/],
    [{ AWS_PROFILE: 'dev', AWS_DEFAULT_PROFILE: 'prod' }, /boto3, AWS CLI v1: take the profile prod/],
    [{ AWS_DEFAULT_PROFILE: 'dev' }, /JavaScript: take the profile default/],
    [{ AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'x' }, /The environment has keys/],
  ])('%j is told', async (env, says) => {
    writeFileSync(join(home, '.aws', 'config'), SSO + DEV);
    const [found] = await findings(env);
    expect(found?.detail).toMatch(says);
    expect(found?.next).toMatch(/unset|AWS_PROFILE|--profile|docs/);
  });
});
