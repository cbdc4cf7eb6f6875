import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { roleCacheFile, ssoCacheKey } from '../../../native-host/aws/roles/role-cache.ts';
import { command as credentialProcess } from '../../../native-host/programs/cli/commands/credential-process.ts';
import { type CommandResult, runCommand } from '../../support/credentials/context.ts';
import { corpConfig, type Home, openHome } from '../../support/credentials/home.ts';

const MINUTE = 60_000;
const ROLE = 'role_arn = arn:aws:iam::444455556666:role/Deploy';
let home: Home;

beforeEach(async () => {
  home = await openHome();
});
afterEach(() => home.close());

const run = (profile: string, env: Record<string, string> = {}): Promise<CommandResult> =>
  runCommand(credentialProcess, { ...home.env, ...env }, { profile });

async function credentials(profile: string, env?: Record<string, string>) {
  const { code, stdout, error } = await run(profile, env);
  if (code !== 0) throw error ?? new Error(`exit code ${code}`);
  const value: unknown = JSON.parse(stdout);
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

describe('a role of Identity Center', () => {
  beforeEach(() => home.config(corpConfig(home.idc)));

  it("comes as AWS's JSON, with the account, dated in whole seconds of UTC", async () => {
    await home.signIn();
    const given = await credentials('dev');
    expect([...given.keys()]).toEqual([
      'Version',
      'AccessKeyId',
      'SecretAccessKey',
      'SessionToken',
      'Expiration',
      'AccountId',
    ]);
    expect(given.get('Version')).toBe(1);
    expect(given.get('Expiration')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(given.get('AccountId')).toBe(home.idc.accounts[0]?.accountId);
  });

  it('is cached until 15 minutes before its end, privately, where the AWS CLI looks', async () => {
    await home.signIn();
    const first = await credentials('dev');
    const second = await credentials('dev');
    expect(second).toEqual(first);
    expect(home.idc.count('GetRoleCredentials')).toBe(1);
    const file = cacheFile();
    const text = home.read(file);
    expect(text).toMatch(/^\{"ProviderType": "sso", "Credentials": \{"AccessKeyId": "ASIA/);
    const soon = new Date(Date.now() + 14 * MINUTE).toISOString().replace(/\.\d+/, '');
    home.write(file, text.replace(String(first.get('Expiration')), soon));
    expect(await credentials('dev')).not.toEqual(first);
    expect(home.idc.count('GetRoleCredentials')).toBe(2);
  });

  it('is fetched anew when the cache is broken', async () => {
    await home.signIn();
    home.write(cacheFile(), '{"Credentials": {"Acc');
    expect((await credentials('dev')).get('AccessKeyId')).toMatch(/^ASIA/);
  });

  it('comes although the cache cannot be written, with a warning', async () => {
    await home.signIn();
    home.write('.aws/cli', 'a file where the folder should be');
    const { code, stdout, stderr } = await run('dev');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).AccessKeyId).toMatch(/^ASIA/);
    expect(stderr).toContain('not cached');
  });

  it('that one does not have is told apart from one that does not exist', async () => {
    await home.signIn();
    const [account] = home.idc.accounts;
    home.idc.options.forbiddenRoles = [`${account?.accountId}/${account?.roles[0]}`];
    expect(await run('dev')).toMatchObject({ code: 1, stdout: '', error: { code: 'ROLE_FORBIDDEN' } });
    home.config(corpConfig(home.idc).replace(/sso_account_id = .*/, 'sso_account_id = 999999999999'));
    expect(await run('dev')).toMatchObject({ code: 1, stdout: '', error: { code: 'ROLE_UNKNOWN' } });
  });

  it('needs a sign-in: exit 4, nothing on stdout, the command to type', async () => {
    expect(await run('dev')).toMatchObject({
      code: 4,
      stdout: '',
      error: { code: 'SIGN_IN_NEEDED', hint: 'run `awsher login corp`' },
    });
  });

  it('survives a busy portal', async () => {
    await home.signIn();
    home.idc.faults.add({ operation: 'GetRoleCredentials', status: 429, times: 1 });
    expect((await credentials('dev')).get('Version')).toBe(1);
  });
});

describe('a profile that names its portal itself', () => {
  const legacy = () =>
    corpConfig(home.idc).replace(
      'sso_session = corp',
      `sso_start_url = ${home.idc.startUrl}\nsso_region = ${home.idc.region}`,
    );

  it('uses the token under its start URL, and renews it there', async () => {
    home.config(legacy().replace(/\[sso-session corp\][^[]*/, ''));
    await home.signIn(home.idc.startUrl);
    home.changeToken(home.idc.startUrl, { expiresAt: Date.now() - 1000 });
    expect((await credentials('dev')).get('Version')).toBe(1);
    expect(home.idc.count('CreateToken')).toBe(2);
  });

  it('uses the token of a session of the same portal, whose lock renews it, and leaves a twin for other tools', async () => {
    home.config(legacy());
    await home.signIn('corp');
    home.changeToken('corp', { expiresAt: Date.now() - 1000 });
    expect((await credentials('dev')).get('Version')).toBe(1);
    expect(home.token(home.idc.startUrl).accessToken.expose()).toBe(home.token('corp').accessToken.expose());
  });

  it('says how to sign in', async () => {
    home.config(legacy().replace(/\[sso-session corp\][^[]*/, ''));
    expect((await run('dev')).error?.hint).toBe('run `awsher login --profile dev`');
  });
});

describe('a role that is assumed', () => {
  it('with the credentials of a profile of Identity Center, through a chain, cached like the AWS CLI', async () => {
    const chain = `[profile a]\n${ROLE}\nsource_profile = b\nexternal_id = x\nduration_seconds = 7200\n[profile b]\n${ROLE}2\nsource_profile = dev\nrole_session_name = me\n`;
    home.config(corpConfig(home.idc, chain));
    await home.signIn();
    const first = await credentials('a');
    expect(first.get('AccountId')).toBe('444455556666');
    expect(home.idc.count('AssumeRole')).toBe(2);
    expect(await credentials('a')).toEqual(first);
    expect(home.idc.count('AssumeRole')).toBe(2);
    expect(home.idc.count('GetRoleCredentials')).toBe(1);
  });

  it('with an MFA device: never asked for by credential-process', async () => {
    home.config(
      corpConfig(
        home.idc,
        `[profile a]\n${ROLE}\nsource_profile = dev\nmfa_serial = arn:aws:iam::1:mfa/me\n`,
      ),
    );
    await home.signIn();
    expect(await run('a')).toMatchObject({ code: 4, stdout: '', error: { code: 'MFA_NEEDED' } });
    expect(home.idc.count('AssumeRole')).toBe(0);
  });

  it('with keys that AWS does not know: its own words, and where it happened', async () => {
    home.config(
      `[profile a]\n${ROLE}\nsource_profile = k\n[profile k]\naws_access_key_id = AKIA1\naws_secret_access_key = s\n`,
    );
    const { code, error } = await run('a');
    expect(code).toBe(1);
    expect(error).toMatchObject({ code: 'AWS_ERROR' });
    expect(error?.message).toContain('security token');
    expect(error?.message).toContain('role/Deploy');
  });

  it('with a web identity, unsigned', async () => {
    const file = home.write('token', 'jwt');
    home.config(`[profile a]\n${ROLE}\nweb_identity_token_file = ${file}\nregion = eu-west-1\n`);
    expect((await credentials('a')).get('AccountId')).toBe('444455556666');
    expect(home.idc.count('AssumeRoleWithWebIdentity')).toBe(1);
    home.config(`[profile a]\n${ROLE}\nweb_identity_token_file = /nowhere\nrole_session_name = x\n`);
    expect((await run('a')).error).toMatchObject({ code: 'FILE_READ' });
  });

  it.runIf(process.platform !== 'win32')('waits for no pipe that is named as a file', async () => {
    const pipe = join(home.home, 'pipe');
    execFileSync('mkfifo', [pipe]);
    home.config(`[profile a]\n${ROLE}\nweb_identity_token_file = ${pipe}\nregion = eu-west-1\n`);
    expect((await run('a')).error).toMatchObject({ code: 'FILE_READ' });
    home.config(
      `[profile a]\n${ROLE}\nweb_identity_token_file = ${home.write('token', 'jwt')}\nca_bundle = ${pipe}\n`,
    );
    const { code, error } = await run('a');
    expect({ code, message: error?.message }).toMatchObject({
      code: 1,
      message: expect.stringContaining(pipe),
    });
    expect(home.idc.count('AssumeRoleWithWebIdentity')).toBe(0);
  });

  it('with the environment', async () => {
    home.config(corpConfig(home.idc, `[profile a]\n${ROLE}\ncredential_source = Environment\n`));
    await home.signIn();
    const source = await credentials('dev');
    const env = {
      AWS_ACCESS_KEY_ID: String(source.get('AccessKeyId')),
      AWS_SECRET_ACCESS_KEY: String(source.get('SecretAccessKey')),
      AWS_SESSION_TOKEN: String(source.get('SessionToken')),
    };
    expect((await credentials('a', env)).get('AccountId')).toBe('444455556666');
  });

  it('with an instance that is none', async () => {
    home.config(`[profile a]\n${ROLE}\ncredential_source = Ec2InstanceMetadata\n`);
    const env = { AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:9' };
    expect((await run('a', env)).error).toMatchObject({ code: 'PROFILE_UNUSABLE' });
    expect((await run('a', { AWS_EC2_METADATA_DISABLED: 'true' })).error?.message).toContain(
      'AWS_EC2_METADATA_DISABLED',
    );
  });
});

describe('keys and processes', () => {
  it('static keys have no end', async () => {
    home.credentials('[k]\naws_access_key_id = AKIA1\naws_secret_access_key = s/+=\n');
    const { stdout } = await run('k');
    expect(stdout).toBe('{"Version":1,"AccessKeyId":"AKIA1","SecretAccessKey":"s/+="}\n');
  });

  it('a credential_process is run without a shell, with its arguments as Python splits them', async () => {
    const program = home.write(
      'my tool',
      `#!/bin/sh\nprintf '{"Version": 1, "AccessKeyId": "%s", "SecretAccessKey": "s", "SessionToken": "t"}' "$#-$1-$2"\n`,
    );
    chmodSync(program, 0o755);
    home.config(`[profile p]\ncredential_process = "${program}" '$HOME' "a b"|c\n`);
    expect((await credentials('p')).get('AccessKeyId')).toBe('2-$HOME-a b|c');
  });

  it.each([
    ['fails', 'exit 3', 'exit code 3'],
    ['prints no JSON', 'echo hello', 'not JSON'],
    ['speaks another version', `echo '{"Version": 2}'`, 'Version 1'],
    ['gives no keys', `echo '{"Version": 1}'`, 'no keys'],
    ['is killed', 'kill -9 $$', 'ended by a signal'],
    ['prints without end', 'yes', 'more than 1 MiB'],
    [
      'gives what has expired, as boto3 says too',
      `echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"s","Expiration":"2001-01-01T00:00:00Z"}'`,
      'have expired',
    ],
  ])('a credential_process that %s is named, without what it printed', async (_case, script, words) => {
    const program = home.write('tool', `#!/bin/sh\necho top-secret >&2\n${script}\n`);
    chmodSync(program, 0o755);
    home.config(`[profile p]\ncredential_process = ${program} --password=hush\n`);
    const { code, stdout, error } = await run('p');
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(error?.code).toBe('PROCESS_FAILED');
    expect(error?.message).toContain(words);
    expect(`${error?.message}${error?.hint}`).not.toMatch(/top-secret|hush/);
  });

  it.each([
    ['that is not there', '/nowhere/tool'],
    ['with a tilde', '~/tool'],
    ['with a variable', '$HOME/tool'],
    ['with a Windows path without quotes', 'C:\\Program Files\\tool.exe get'],
    ['that is a folder', '/etc'],
  ])('a credential_process %s: how to write it', async (_what, line) => {
    home.config(`[profile p]\ncredential_process = ${line}\n`);
    home.write('tool', '#!/bin/sh\n');
    expect((await run('p')).error).toMatchObject({
      code: 'PROCESS_FAILED',
      message: expect.stringContaining('could not be started'),
      hint: expect.stringContaining('full path'),
    });
  });
});

describe('a config that SDKs reject', () => {
  it('is an error with file and line, not an empty config', async () => {
    home.config('[profile a]\nregion = x\n[profile a]\nregion = y\n');
    const { error } = await run('a');
    expect(error?.code).toBe('CONFIG_INVALID');
    expect(error?.message).toContain('line 3');
  });
});

function cacheFile(): string {
  const [account] = home.idc.accounts;
  const key = ssoCacheKey({
    accountId: account?.accountId ?? '',
    roleName: account?.roles[0] ?? '',
    session: 'corp',
    startUrl: home.idc.startUrl,
  });
  return roleCacheFile(home.paths, key).slice(home.home.length + 1);
}
