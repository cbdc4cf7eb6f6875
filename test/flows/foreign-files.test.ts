import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tokenFileName } from '../../native-host/base/files/token-cache.ts';
import { runLine, startLine } from '../support/command-line.ts';
import { corpConfig, type Home, openHome } from '../support/credentials/home.ts';

// needs: seconds

const OLD = Date.now() / 1000 - 30 * 86_400;
const KEYS = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret\n';
const past = '2026-01-01T00:00:00Z';
const token = (more: object) =>
  JSON.stringify({ accessToken: 'a', expiresAt: past, region: 'us-east-1', ...more });
const role = (more: object) =>
  JSON.stringify({
    Credentials: { AccessKeyId: 'ASIA', SecretAccessKey: 's', SessionToken: 't', Expiration: past },
    ...more,
  });
const client = JSON.stringify({ clientId: 'c', clientSecret: 's', expiresAt: past });
const hex = (digit: string) => digit.repeat(40);

/** Path below ~/.aws, text, mode. */
const FILES: readonly (readonly [string, string, number])[] = [
  [
    'sso/cache/kiro-auth-token.json',
    token({ refreshToken: 'r', clientIdHash: hex('1'), authMethod: 'IdC' }),
    0o644,
  ],
  [`sso/cache/${hex('1')}.json`, client, 0o644],
  [`sso/cache/${tokenFileName('https://view.awsapps.com/start')}`, token({ refreshToken: 'r' }), 0o644],
  [`sso/cache/${tokenFileName('gone')}`, token({}), 0o644],
  [`sso/cache/${hex('2')}.json`, '{"accessTok', 0o640],
  [`sso/cache/${hex('3')}.json`, '', 0o600],
  ['sso/cache/aws-toolkit-vscode-client-id-us-east-1.json', client, 0o644],
  ['sso/cache/aws-toolkit-vscode-client-id-us-east-1-abc.json', client, 0o600],
  ['sso/cache/aws-toolkit-jetbrains-client-id-us-east-1.json', client, 0o600],
  ['sso/cache/botocore-client-id-us-east-1-8b1a.json', client, 0o644],
  ['sso/cache/codewhisperer-token.json', token({}), 0o644],
  ['sso/cache/token.json', 'not json', 0o644],
  ['sso/cache/notes.txt', 'x', 0o666],
  [`sso/cache/${hex('4')}.json.lock`, '', 0o644],
  ['sso/cache/kiro-auth-token.json.lock', '1234', 0o600],
  ['sso/cache/.lock', '', 0o600],
  ['sso/cache/download.tmp', 'x', 0o644],
  [`sso/cache/${hex('5')}.json.tmp-1790000000`, '{', 0o600],
  [`sso/cache/${hex('5')}.json.swp`, '{', 0o600],
  ['sso/cache/profiles.db', 'SQLite format 3\0', 0o644],
  ['cli/cache/session.db', 'SQLite format 3\0', 0o644],
  ['cli/cache/session.db-wal', 'x', 0o644],
  [`cli/cache/${hex('6')}.json`, role({ AssumedRoleUser: {}, ResponseMetadata: {} }), 0o644],
  [`cli/cache/${hex('7')}.json`, '{"half', 0o644],
  ['cli/cache/my-tool.json', role({}), 0o644],
  ['cli/cache/my-tool.json.lock', '', 0o600],
  ['cli/alias', '[toplevel]\nwhoami = sts get-caller-identity\n', 0o644],
  ['cli/history/history.db', 'SQLite format 3\0', 0o644],
  [
    `login/cache/${hex('8')}aaaaaaaaaaaaaaaaaaaaaaaa.json`,
    JSON.stringify({ refreshToken: 'r', accessToken: {} }),
    0o644,
  ],
  ['boto/cache/role.json', role({}), 0o644],
  ['amazonq/mcp.json', '{"mcpServers":{}}', 0o644],
  ['models/x/2020-01-01/service-2.json', '{}', 0o644],
  ['config.lock', '', 0o644],
  ['.~lock.config#', ',ana,laptop', 0o644],
  ['sso/cache/.#token.json', '', 0o600],
  ['credentials.lock', '77', 0o600],
  ['config.bak', `[default]\n${KEYS}`, 0o644],
  ['credentials~', `[default]\n${KEYS}`, 0o644],
  ['.credentials.swp', 'b0VIM', 0o600],
  ['config.json', '{}', 0o644],
  ['leapp-lock.json', '{"a":1}', 0o644],
  ['session.tmp', 'x', 0o644],
  ['aws-vault/keys', 'x', 0o640],
  ['.DS_Store', 'x', 0o644],
  [`sso/cache/${'A'.repeat(40)}.json`, token({ startUrl: 'https://x.awsapps.com/start' }), 0o644],
  [`sso/cache/${hex('9')}.JSON`, token({}), 0o644],
  [`sso/cache/${hex('9')}.json.bak`, token({}), 0o600],
  [`sso/cache/._${hex('9')}.json`, 'AppleDouble', 0o644],
  ['sso/cache/.nfs000000000123', token({}), 0o600],
  ['sso/cache/aws-sso-util-client-id-us-east-1.json', client, 0o644],
  ['sso/cache/caf\u00e9.json', token({}), 0o644],
  ['sso/cache/botocore-client-id-us-east-1 (1).json', client, 0o644],
  [`cli/cache/${hex('9')}`, role({}), 0o644],
  ['cli/cache/sub/token.json', token({}), 0o644],
  ['config.d/10-team', `[profile x]\n${KEYS}`, 0o644],
  ['config (conflicted copy)', '[default]\n', 0o644],
  ['.git/config', '[core]\n\tbare = false\n', 0o644],
  ['cli/plugins/endpoint.py', 'x', 0o755],
];

/** Folders of others, and how open they are. */
const FOLDERS: readonly (readonly [string, number])[] = [
  ['amazonq', 0o755],
  ['boto/cache', 0o777],
  ['login/cache', 0o755],
  ['sso/cache/old-tokens', 0o777],
  ['aws-vault', 0o700],
  ['shell', 0o750],
];

let home: Home;
const aws = (path: string) => join(home.home, '.aws', path);

beforeEach(async () => {
  home = await openHome();
  home.config(
    corpConfig(home.idc, '[profile old]\ncredential_process = saml2aws login --credential-process\n'),
  );
  home.credentials(
    '[saml]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\naws_session_token = t\n',
  );
  await home.signIn();
  for (const [path, text, mode] of FILES) {
    mkdirSync(dirname(aws(path)), { recursive: true, mode: 0o700 });
    writeFileSync(aws(path), text);
    chmodSync(aws(path), mode);
    utimesSync(aws(path), OLD, OLD);
  }
  execFileSync('mkfifo', ['-m', '666', aws('sso/cache/pipe.json'), aws('agent.pipe')]);
  symlinkSync('/dev/null', aws('sso/cache/null.json'));
  symlinkSync('/nowhere', aws('cli/cache/dangling.json'));
  symlinkSync(aws('amazonq'), aws('linked-folder'));
  // One file with two names: what is written into one is in the other.
  writeFileSync(join(home.home, 'elsewhere.json'), token({}));
  linkSync(join(home.home, 'elsewhere.json'), aws('sso/cache/hard-link.json'));
  // A device of one's own needs root; a link to one is there in any case.
  if (process.getuid?.() === 0)
    execFileSync('mknod', ['-m', '622', aws('sso/cache/zero.json'), 'c', '1', '5']);
  for (const [folder, mode] of FOLDERS) {
    mkdirSync(aws(folder), { recursive: true });
    chmodSync(aws(folder), mode);
  }
});
afterEach(() => home.close());

/** Everything below ~/.aws but the files that are the AWS CLI's and awsher's: kind, mode, time, bytes. */
function foreign(): Record<string, string> {
  const seen: Record<string, string> = {};
  const names = readdirSync(aws(''), { recursive: true }).map(String).sort();
  for (const name of names) {
    const stats = lstatSync(aws(name));
    const known = ['config', 'credentials', `sso/cache/${tokenFileName('corp')}`].includes(name);
    // What is written into it changes the time of a folder, and its mode is no file's.
    if (stats.isDirectory() && FOLDERS.some(([folder]) => folder === name))
      seen[name] = stats.mode.toString(8);
    if (known || stats.isDirectory() || /^cli\/cache\/(?!6|7)[0-9a-f]{40}\.json$/.test(name)) continue;
    const body = stats.isFile()
      ? readFileSync(aws(name), 'latin1')
      : stats.isSymbolicLink()
        ? readlinkSync(aws(name))
        : 'special';
    seen[name] = `${stats.mode.toString(8)} ${stats.mtimeMs} ${body}`;
  }
  return seen;
}

it('no command changes a byte or a mode of what other programs keep in ~/.aws', async () => {
  const before = foreign();
  const device = lstatSync('/dev/null').mode;
  expect(Object.keys(before).length).toBeGreaterThan(40);
  const run = async (...args: string[]) => {
    const { code, stderr } = await runLine(args, home.env);
    expect({ args, code, after: foreign() }).toEqual({ args, code: expect.any(Number), after: before });
    return { code, stderr };
  };
  expect((await run('files', '--clean', '--yes')).code).toBe(0);
  await run('doctor', '--fix');
  await run('audit');
  const team = `[sessions.team]\nstart_url = ${home.idc.startUrl}\nregion = us-east-1\n`;
  expect((await run('import', home.write('team.ini', team), '--yes')).code).toBe(0);
  expect((await run('saml', 'add', 'idp', '--url', 'https://idp.example.com/x')).code).toBe(0);
  expect((await run('uninstall')).code).toBe(0);
  for (const tool of ['saml2aws', 'aws-sso-cli', 'granted', 'aws-vault', 'leapp', 'legacy-sso'])
    await run('migrate', tool, '--yes');
  expect((await run('profiles', 'sync', '--session', 'corp', '--yes')).code).toBe(0);
  expect((await run('login', 'corp')).code).toBe(0);
  expect((await run('logout', 'corp')).code).toBe(0);
  const signingIn = startLine(['login', 'corp', '--no-browser'], home.env);
  await signingIn.until(/Code/);
  home.idc.approve(home.idc.deviceCodes.at(-1)?.userCode ?? '');
  expect((await signingIn.finished).code).toBe(0);
  expect(foreign()).toEqual(before);
  expect((await run('logout', '--all')).code).toBe(0);
  expect(lstatSync('/dev/null').mode).toBe(device);
});

it('a null device in the place of config or credentials is empty, and stays as it is', async () => {
  const { ino, mode, uid } = lstatSync('/dev/null');
  for (const more of [
    { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' },
    { AWS_CONFIG_FILE: '/dev/null' },
  ]) {
    for (const args of [
      ['status'],
      ['files'],
      ['audit'],
      ['doctor', '--fix'],
      ['explain'],
      ['profiles', 'list'],
    ]) {
      const { stdout, stderr } = await runLine(args, { ...home.env, ...more });
      expect(stdout + stderr).not.toMatch(/move it away|chmod.*null|chown.*null|not a regular file/);
    }
    const { code } = await runLine(['status', '--json'], { ...home.env, ...more });
    expect(code).toBe(0);
  }
  const after = lstatSync('/dev/null');
  expect([after.ino, after.mode, after.uid]).toEqual([ino, mode, uid]);
});
