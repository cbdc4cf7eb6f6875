import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeCatalogue } from '../../../../native-host/features/catalogue/store.ts';
import { runLine } from '../../../support/command-line.ts';
import { shellEnv } from '../../../support/shell-env.ts';
import { makeSandbox, type Sandbox } from '../../base/files/sandbox.ts';
import {
  AWS_SSO_CLI,
  AWS_VAULT,
  GRANTED,
  LEAPP,
  LEGACY,
  SAML2AWS,
  SAML2AWS_CREDENTIALS,
  SAML2AWS_PROCESS,
} from './samples.ts';

// needs: seconds

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = makeSandbox();
  mkdirSync(join(sandbox.home, '.aws'), { recursive: true });
});
afterEach(() => sandbox.remove());

const SESSION = `[sso-session corp]
sso_start_url = https://d-1234567890.awsapps.com/start
sso_region = us-east-1
sso_registration_scopes = sso:account:access

`;
const place = (name: string) => join(sandbox.home, name);
const put = (name: string, text: string) => writeFileSync(place(name), text);
const config = () => readFileSync(place('.aws/config'), 'utf8');
const credentials = () => readFileSync(place('.aws/credentials'), 'utf8');
const run = (...args: string[]) => runLine(args, shellEnv(sandbox.home));
async function fine(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await run(...args);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return { stdout, stderr };
}

/** What the portal of `corp` offers, as if it had been listed today. */
function offers(...accounts: [id: string, ...roles: string[]][]): void {
  writeCatalogue(sandbox.paths, {
    session: 'corp',
    startUrl: 'https://d-1234567890.awsapps.com/start',
    region: 'us-east-1',
    accountsAsOf: Date.now(),
    accounts: accounts.map(([accountId, ...roles]) => ({
      accountId,
      accountName: accountId,
      emailAddress: '',
      roles,
      rolesAsOf: Date.now(),
      problem: null,
    })),
  });
}

const section = (name: string): string =>
  new RegExp(`^\\[profile ${name}\\][^\\n]*\\n(?:[^[\\n]+\\n)*`, 'm').exec(config())?.[0] ?? '';

/** Once, again, undone: the second run changes nothing, and undo brings every byte back. */
async function onceAgainAndBack(tool: string, ...args: string[]): Promise<string> {
  const before = config();
  await fine('migrate', tool, '--yes', ...args);
  const after = config();
  const { stderr } = await fine('migrate', tool, '--yes', ...args);
  expect(stderr).toContain('Nothing to change');
  expect(config()).toBe(after);
  await fine('profiles', 'undo', '--quiet');
  expect(config()).toBe(before);
  await fine('migrate', tool, '--yes', ...args);
  expect(config()).toBe(after);
  return after;
}

describe('awsher migrate', () => {
  it('aws-sso-cli: the ARN of the line is looked up in what the session offers', async () => {
    put('.aws/config', SESSION + AWS_SSO_CLI);
    offers(['111122223333', 'Admin'], ['444455556666', 'auditor', 'ReadOnly']);
    const after = await onceAgainAndBack('aws-sso-cli');
    expect(after.startsWith(SESSION + AWS_SSO_CLI)).toBe(true);
    expect(section('audit-sso')).toBe(
      '[profile audit-sso]\nsso_session = corp\nsso_account_id = 444455556666\nsso_role_name = auditor\n',
    );
    await fine('migrate', 'aws-sso-cli', '--remove-old', '--yes');
    expect(config()).not.toMatch(/credential_process|-sso\]/);
    expect(section('111122223333:Admin')).toContain('sso_session = corp');
    expect(config()).toContain('# BEGIN_AWS_SSO_CLI');
    expect((await fine('migrate', 'aws-sso-cli', '--remove-old', '--yes')).stderr).toContain('Nothing of');
  });

  it('granted: its own keys, or those of the AWS CLI, name portal, account and role; the session is made', async () => {
    put('.aws/config', GRANTED);
    const after = await onceAgainAndBack('granted', '--session', 'shop');
    expect(after).toContain(
      '[sso-session shop]\nsso_start_url = https://d-1234567890.awsapps.com/start\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n',
    );
    expect(after).toContain('[profile shop/ReadOnly-sso]\nsso_session = shop\n');
    await fine('migrate', 'granted', '--remove-old', '--yes');
    expect(config()).not.toMatch(/granted|common_fate|credential_process|sso_start_url = .*\/\n/);
    expect(section('shop/Billing')).toContain('sso_session = shop\n');
    expect(section('shop/Admin')).toMatch(
      /sso_session = shop\nsso_account_id = 111122223333\nsso_role_name = Admin\n/,
    );
    await fine('profiles', 'undo', '--quiet');
    expect(config()).toBe(after);
  });

  it('aws-vault: what it is told to run stands in another profile; keys of a user stay', async () => {
    put('.aws/config', SESSION + AWS_VAULT);
    offers(['111122223333', 'Admin'], ['444455556666', 'Auditor']);
    await onceAgainAndBack('aws-vault');
    expect(section('dev-sso')).toContain(
      'sso_account_id = 111122223333\nsso_role_name = Admin\nregion = eu-west-1\n',
    );
    expect(section('itself-sso')).toContain('sso_account_id = 111122223333\nsso_role_name = Admin\n');
    expect(section('jump-sso')).toContain('sso_account_id = 444455556666\nsso_role_name = Auditor\n');
    const { stderr } = await fine('migrate', 'aws-vault', '--remove-old', '--yes');
    expect(stderr).toContain('keys is unchanged: aws-vault keeps keys of a user for root, not a role');
    expect(section('keys')).toContain('credential_process');
    expect(section('dev')).not.toContain('credential_process');
    expect(section('itself')).toBe(
      '[profile itself]\nsso_account_id=111122223333\nsso_role_name=Admin\nsso_session = corp\n',
    );
  });

  it('leapp: its line tells nothing, so the person says which role it is', async () => {
    put('.aws/config', SESSION + LEAPP);
    offers(['111122223333', 'Admin']);
    const { stderr } = await fine('migrate', 'leapp', '--yes');
    expect(stderr).toContain('add `--map prod=ACCOUNT/ROLE`');
    expect(config()).toBe(SESSION + LEAPP);
    await onceAgainAndBack('leapp', '--map', 'prod=111122223333/Admin');
    expect(section('prod-sso')).toContain('sso_role_name = Admin\nregion = eu-west-1\n');
  });

  it('legacy-sso: the portal of the profiles becomes a session', async () => {
    put('.aws/config', LEGACY);
    const after = await onceAgainAndBack('legacy-sso');
    expect(after).toContain('[sso-session d-1234567890]\n');
    await fine('migrate', 'legacy-sso', '--remove-old', '--yes');
    expect(section('old')).toBe(
      '[profile old] ; since 2021\nsso_account_id = 111122223333\nsso_role_name = Admin\nregion = eu-west-1\noutput = json\nsso_session = d-1234567890\n',
    );
    expect(config()).not.toMatch(/aws-sso-util|sso_auto_populated|sso_account_name|\[profile \w+-sso\]/);
  });

  it('saml2aws: what a session offers becomes a profile, the rest a SAML sign-in; its keys go with --remove-old', async () => {
    put('.aws/config', SESSION);
    put('.aws/credentials', SAML2AWS_CREDENTIALS);
    put('.saml2aws', SAML2AWS);
    offers(['111122223333', 'Admin']);
    const dry = await fine('migrate', 'saml2aws', '--dry-run');
    expect(config()).toBe(SESSION);
    expect(existsSync(place('.config/awsher/saml.ini'))).toBe(false);
    expect(dry.stderr).toContain('saml → corp: Admin in 111122223333, as saml-sso');
    expect(dry.stderr + dry.stdout).toContain(
      '+role = arn:aws:iam::777788889999:role/OnPrem\n+duration = 3600\n',
    );
    expect(dry.stderr).toContain('onprem → awsher saml login legacy (no session offers its role)');
    await onceAgainAndBack('saml2aws');
    expect(credentials()).toBe(SAML2AWS_CREDENTIALS);
    const listed = JSON.parse((await fine('saml', 'list', '--json')).stdout);
    expect(listed).toEqual([
      {
        name: 'legacy',
        url: 'https://adfs.example.com/adfs/ls/IdpInitiatedSignOn.aspx?loginToRp=urn%3Aamazon%3Awebservices',
        role: 'arn:aws:iam::777788889999:role/OnPrem',
        duration: 3600,
        profile: 'onprem',
      },
    ]);
    await fine('migrate', 'saml2aws', '--remove-old', '--yes');
    expect(section('saml')).toContain('sso_session = corp');
    expect(credentials()).toContain('[mine]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n');
    expect(credentials()).not.toContain('[saml]');
    await fine('profiles', 'undo', '--credentials', '--quiet');
    expect(credentials()).toBe(SAML2AWS_CREDENTIALS);
  });

  it('saml2aws as a program: the role of the line is looked up; what no session offers stays', async () => {
    put('.aws/config', SESSION + SAML2AWS_PROCESS);
    offers(['444455556666', 'Ops']);
    await onceAgainAndBack('saml2aws');
    await fine('migrate', 'saml2aws', '--remove-old', '--yes');
    expect(section('ops')).toBe(
      '[profile ops]\nregion = eu-west-1\nsso_session = corp\nsso_account_id = 444455556666\nsso_role_name = Ops\n',
    );
    put('.aws/config', SESSION + SAML2AWS_PROCESS);
    offers(['111122223333', 'Ops']);
    const { stderr } = await fine('migrate', 'saml2aws', '--remove-old', '--yes');
    expect(stderr).toContain('no session that you are signed in to offers account 444455556666');
    expect(config()).toBe(SESSION + SAML2AWS_PROCESS);
  });

  it('saml2aws: accounts that fill one profile all come over, each by its own name, dots and all', async () => {
    put('.aws/config', `${SESSION}[profile taken]\nregion = eu-west-1\n`);
    const account = (name: string, id: string, more = '') =>
      `[${name}]\nurl = https://idp.example.com/\nrole_arn = arn:aws:iam::${id}:role/Admin\n${more}`;
    put(
      '.saml2aws',
      account('one', '111111111111') +
        account('two.eu', '222222222222', 'aws_profile = saml\n') +
        account('three', '333333333333', 'aws_profile = shared\n') +
        account('four', '444444444444', 'aws_profile = shared\n') +
        account('taken', '666666666666') +
        account('five', '555555555555', 'aws_profile = own\n'),
    );
    offers(...['1', '2', '3', '4', '5', '6'].map((digit) => [digit.repeat(12), 'Admin'] as [string, string]));
    const { stderr } = await fine('migrate', 'saml2aws', '--yes');
    for (const [name, digit] of [
      ['one', '1'],
      ['two.eu', '2'],
      ['three', '3'],
      ['four', '4'],
      ['own', '5'],
    ])
      expect(section(`${name}-sso`)).toContain(`sso_account_id = ${String(digit).repeat(12)}\n`);
    expect(stderr).toMatch(/taken is unchanged: several accounts of ~\/\.saml2aws fill the profile saml/);
  });

  it.each([
    'op run -- saml2aws',
    'env SAML2AWS_X=1 /usr/local/bin/saml2aws',
    'op run --env-file .env -- saml2aws',
    'env -i HOME=/x saml2aws',
    'sudo -E saml2aws',
    'timeout -k 5 30 /opt/bin/saml2aws',
    'xvfb-run -a saml2aws',
    'wsl.exe -e saml2aws',
  ])('saml2aws behind another program: %s', async (program) => {
    put('.aws/config', SESSION + SAML2AWS_PROCESS.replace('= saml2aws', `= ${program}`));
    offers(['444455556666', 'Ops']);
    await fine('migrate', 'saml2aws', '--yes');
    expect(section('ops-sso')).toContain('sso_role_name = Ops');
  });

  it('saml2aws behind a shell', async () => {
    const [head, line] = SAML2AWS_PROCESS.split('credential_process = ');
    put('.aws/config', `${SESSION}${head}credential_process = sh -c "${line?.trim()}"\n`);
    offers(['444455556666', 'Ops']);
    await fine('migrate', 'saml2aws', '--yes');
    expect(section('ops-sso')).toContain('sso_role_name = Ops');
  });

  it('saml2aws with an account of its own file: the role of that one', async () => {
    const [head] = SAML2AWS_PROCESS.split('credential_process = ');
    put('.aws/config', `${SESSION}${head}credential_process = saml2aws -a one login --credential-process\n`);
    put('.saml2aws', '[one]\naws_profile = x\nrole_arn = arn:aws:iam::444455556666:role/Ops\n');
    offers(['444455556666', 'Ops']);
    await fine('migrate', 'saml2aws', '--yes');
    expect(section('ops-sso')).toContain('sso_role_name = Ops');
  });

  it.each([
    ['saml2aws', 'docker run --rm saml2aws login --credential-process'],
    ['saml2aws', 'nix run nixpkgs#saml2aws -- login --credential-process'],
    ['aws-vault', 'docker run --rm aws-vault exec x'],
  ])('a line that names %s and is not read is not passed over: %s', async (tool, line) => {
    put('.aws/config', `${SESSION}[profile odd]\ncredential_process = ${line}\n`);
    const { stderr } = await fine('migrate', tool, '--yes');
    expect(stderr).toContain(
      `odd is unchanged: awsher cannot tell the role from how its credential_process runs ${tool}`,
    );
  });

  it('says so when a session offers the account without the role, and guesses nothing', async () => {
    put('.aws/config', SESSION + AWS_SSO_CLI);
    offers(['111122223333', 'Administrator', 'ReadOnly']);
    const { stderr } = await fine('migrate', 'aws-sso-cli', '--yes');
    expect(stderr).toContain('corp offers account 111122223333 with Administrator, ReadOnly, not Admin');
    expect(config()).toBe(SESSION + AWS_SSO_CLI);
  });

  it('knows the permission set behind a role that Identity Center made', async () => {
    const made = 'AWSReservedSSO_Admin_0123456789abcdef';
    const path = `aws-reserved/sso.amazonaws.com/eu-west-1/${made}`;
    put('.aws/config', SESSION + AWS_SSO_CLI.replace('role/Admin', `role/${path}`));
    offers(['111122223333', 'Admin']);
    await fine('migrate', 'aws-sso-cli', '--yes');
    expect(section('111122223333:Admin-sso')).toContain('sso_role_name = Admin\n');
  });

  it('nothing found, nothing to do; and no terminal, no answer', async () => {
    put('.aws/config', SESSION);
    expect((await fine('migrate', 'leapp')).stderr).toContain('Nothing of leapp was found');
    put('.aws/config', GRANTED);
    const asked = await run('migrate', 'granted');
    expect(asked).toMatchObject({ code: 2, stderr: expect.stringContaining('add `--yes`') });
    expect(config()).toBe(GRANTED);
    expect(await run('migrate', 'okta')).toMatchObject({ code: 2, stdout: '' });
  });

  it.each<[string, string, string]>([
    [
      'a section in an account',
      'granted_sso_account_id     = 111122223333',
      'granted_sso_account_id = 1]\\n[x',
    ],
    ['an escape in a role', 'granted_sso_role_name      = Admin', 'granted_sso_role_name = Ad\u001b[2Jmin'],
    ['a comment in a role', 'granted_sso_role_name      = Admin', 'granted_sso_role_name = Admin"#x'],
    ['a region that is none', 'granted_sso_region         = us-east-1', 'granted_sso_region = us-east-1]'],
    ['a start URL that is none', 'https://d-1234567890.awsapps.com/start\n', 'javascript:alert(1)\n'],
  ])('%s gets nowhere', async (_, from, to) => {
    const [first = ''] = GRANTED.split('\n\n');
    put('.aws/config', `${first.replace(from, to)}\n`);
    const before = config();
    const { stderr, stdout } = await run('migrate', 'granted', '--remove-old', '--yes');
    expect(stderr + stdout).not.toContain('\u001b');
    expect(config()).toBe(before);
  });

  it('a hostile ~/.saml2aws becomes no sign-in', async () => {
    put('.aws/config', SESSION);
    put(
      '.saml2aws',
      '[a]\nurl = javascript:alert(1)\nrole_arn = x\n[b b]\nurl = https://b.example.com\n[__proto__]\nurl = https://c.example.com\n[d]\nurl = https://d.example.com/\naws_profile = "x]\n',
    );
    await fine('migrate', 'saml2aws', '--yes');
    expect(existsSync(place('.config/awsher/saml.ini'))).toBe(false);
    expect(config()).toBe(SESSION);
  });
});
