import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HELLO, type RealHost, startHost } from '../native-host/programs/host/real-host.ts';
import { COMMAND } from '../support/awsher.ts';
import { runLine } from '../support/command-line.ts';
import { type Home, openHome } from '../support/credentials/home.ts';
import { hasTerminal, onTerminal } from '../support/terminal.ts';

/** `awsher saml login` with the real command, host and files; only the browser's part is played here. */
let home: Home;
let host: RealHost;
/** What the browser was asked for. */
let asked: unknown[];

beforeEach(async () => {
  home = await openHome();
  asked = [];
  host = startHost({
    home: home.home,
    handlers: {
      'saml.start': (request) => {
        asked.push(request);
        return {
          response: home.idc.issueSamlResponse(),
          postedTo: 'https://signin.aws.amazon.com/saml',
          browser: 'chromium',
        };
      },
    },
  });
  await host.extension.call('hello', HELLO);
  expect((await run('saml', 'add', 'corp', '--url', 'https://idp.example.com/start')).code).toBe(0);
});
afterEach(async () => {
  host.closeStdin();
  await host.ended;
  await home.close();
});

const run = (...args: string[]) => runLine(args, home.env);
const login = (...args: string[]) => run('saml', 'login', 'corp', '--role', 'Admin', ...args);
const untilOf = (stdout: string): number => Date.parse(JSON.parse(stdout).expiresAt) - Date.now();

describe('awsher saml login', () => {
  it('asks the browser for its address alone, and names itself', async () => {
    expect((await login()).code).toBe(0);
    expect(asked).toEqual([
      {
        participant: expect.any(String),
        name: 'corp',
        url: 'https://idp.example.com/start',
        asker: expect.objectContaining({ command: 'awsher saml login' }),
      },
    ]);
  });

  it('lasts as long as it is told, else as the response says; where the role allows less, an hour, and says so', async () => {
    expect(untilOf((await login('--json')).stdout)).toBeLessThan(3_601_000);
    home.idc.options.samlSessionSeconds = 28_800;
    expect(untilOf((await login('--json')).stdout)).toBeGreaterThan(28_700_000);
    expect(untilOf((await login('--json', '--duration', '900')).stdout)).toBeLessThan(901_000);
    home.idc.options.samlRoleMaxSeconds = 7200;
    const shorter = await login('--json');
    expect(untilOf(shorter.stdout)).toBeLessThan(3_601_000);
    expect(shorter.stderr).toContain('The role does not allow 28800 s, so this session lasts an hour.');
    expect((await login('--duration', '60')).code).toBe(2);
  });

  it('with several roles and nobody to ask, it names them; an unknown one likewise', async () => {
    const several = await run('saml', 'login', 'corp');
    expect(several).toMatchObject({ code: 2, stdout: '' });
    expect(several.stderr).toContain('arn:aws:iam::444455556666:role/team/ReadOnly');
    const unknown = await run('saml', 'login', 'corp', '--role', 'Nobody');
    expect(unknown.stderr).toMatch(/\[ROLE_UNKNOWN\][\s\S]*it offers arn:aws:iam::111122223333:role\/Admin/);
    expect(home.idc.count('AssumeRoleWithSAML')).toBe(0);
    expect(home.has('.aws/config')).toBe(false);
  });

  it('a role of Identity Center is for `awsher login`', async () => {
    const role =
      'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef';
    home.idc.options.samlRoles = [[role, 'arn:aws:iam::111122223333:saml-provider/AWSSSO']];
    expect(await run('saml', 'login', 'corp')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/\[ROLE_FORBIDDEN\][\s\S]*awsher login/),
    });
  });

  it('what STS refuses is said in words, and nothing is written', async () => {
    home.idc.faults.add({ operation: 'AssumeRoleWithSAML', status: 400, type: 'ExpiredTokenException' });
    expect((await login()).stderr).toContain('[SAML_EXPIRED]');
    home.idc.faults.clear();
    home.idc.faults.add({ operation: 'AssumeRoleWithSAML', status: 403, type: 'AccessDenied' });
    expect((await login()).stderr).toContain('[ROLE_FORBIDDEN]');
    expect(home.has('.aws/config')).toBe(false);
    expect(home.has('.local/state/awsher/saml')).toBe(false);
  });

  it('another name, or none, says how to set one up; no browser says so', async () => {
    expect((await run('saml', 'login', 'crop')).stderr).toMatch(/\[SAML_UNKNOWN\][\s\S]*did you mean corp\?/);
    expect((await run('saml', 'login')).code).toBe(2);
    host.closeStdin();
    await host.ended;
    expect(await login()).toMatchObject({ code: 1, stderr: expect.stringContaining('[BROWSER_MISSING]') });
  });
});

describe.runIf(hasTerminal)('the picker of roles, on a real terminal', () => {
  const pick = (...steps: [RegExp, string][]) =>
    onTerminal(
      `cd '${home.home}'; stty -a > before; '${process.execPath}' '${COMMAND}' saml login corp > answer; echo "code $?"; ` +
        'stty -a > after; cmp before after && echo same',
      { ...home.env, TERM: 'xterm' },
      ...steps,
    );

  it('takes the one that was moved to; stdout has the answer alone, and the terminal is as before', async () => {
    const screen = await pick([/Which role\?[\s\S]*ReadOnly/, '\u001b[B'], [/./, '\r']);
    expect(screen).toMatch(/code 0[\s\S]*same/);
    expect(home.read('answer')).toMatch(
      /^✓ signed in to corp as ana@example\.com: ReadOnly in 444455556666, until /,
    );
    expect(home.idc.count('AssumeRoleWithSAML')).toBe(1);
  });

  it('can be read on a terminal that tells no size', async () => {
    const screen = await onTerminal(
      `stty cols 0 rows 0; '${process.execPath}' '${COMMAND}' saml login corp`,
      { ...home.env, TERM: 'xterm' },
      [/Which role\?[\s\S]*ReadOnly {2}444455556666/, '\r'],
    );
    expect(screen).toContain('✓ signed in to corp');
  });

  it.each([
    ['Escape', '\u001b'],
    ['Ctrl-C', '\u0003'],
  ])('%s leaves: exit 3, nothing asked of STS, nothing written', async (_, key) => {
    const screen = await pick([/Which role\?[\s\S]*ReadOnly/, key]);
    expect(screen).toMatch(/No role was chosen[\s\S]*code 3[\s\S]*same/);
    expect(home.read('answer')).toBe('');
    expect(home.idc.count('AssumeRoleWithSAML')).toBe(0);
    expect(home.has('.aws/config')).toBe(false);
  });
});

describe('the profile', () => {
  it('works in every command while the keys live; then exit 4 and the command to run', async () => {
    expect((await login('--profile', 'prod', '--region', 'eu-west-1')).code).toBe(0);
    expect(home.read('.aws/config')).toMatch(
      /^\[profile prod\]\ncredential_process = .* credential-process --saml corp --profile prod\nregion = eu-west-1\n$/,
    );
    const line = /credential_process = (.*)/.exec(home.read('.aws/config'))?.[1] ?? '';
    const direct = await runLine(line.split(' ').slice(2), home.env);
    const byProfile = await run('credential-process', '--profile', 'prod');
    expect(JSON.parse(direct.stdout)).toEqual(JSON.parse(byProfile.stdout));
    expect((await run('whoami', '--profile', 'prod')).stdout).toContain('ana@example.com');
    expect((await run('export', '--profile', 'prod', '--format', 'dotenv')).stdout).toContain('ASIA');

    const folder = join(home.home, '.local/state/awsher/saml');
    for (const name of readdirSync(folder)) {
      const file = join(folder, name);
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace(/"expiresAt":"[^"]+"/, '"expiresAt":"2020-01-01T00:00:00Z"'),
      );
    }
    for (const command of [
      ['credential-process', '--profile', 'prod'],
      ['credential-process', '--saml', 'corp', '--profile', 'prod'],
      ['export', '--profile', 'prod', '--format', 'json'],
    ])
      expect(await run(...command)).toMatchObject({
        code: 4,
        stdout: '',
        stderr: expect.stringContaining('run `awsher saml login corp --profile prod`'),
      });
  });

  it('leaves every other byte of the config alone, and writes nothing the second time', async () => {
    const mine = '# mine\n[default]\nregion=eu-west-1   ; yes\n\n[profile other]\nrole_arn = x';
    home.config(mine);
    await login();
    const after = home.read('.aws/config');
    expect(after.startsWith(mine)).toBe(true);
    await login();
    expect(home.read('.aws/config')).toBe(after);
    expect((await run('profiles', 'undo', '--quiet')).code).toBe(0);
    expect(home.read('.aws/config')).toBe(mine);
  });

  it('goes into ~/.aws/credentials when told, beside what is there, and undo brings that back', async () => {
    const mine = '[mine]\r\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\r\naws_secret_access_key = x\r\n';
    home.credentials(mine);
    expect((await login('--write-credentials')).code).toBe(0);
    const after = home.read('.aws/credentials');
    expect(after.startsWith(mine)).toBe(true);
    expect(after).toMatch(
      /\r\n\[corp\]\r\naws_access_key_id = ASIA\w+\r\naws_secret_access_key = .+\r\naws_session_token = .+\r\nx_security_token_expires = .+Z\r\n$/,
    );
    expect(home.has('.aws/config')).toBe(false);
    expect((await run('export', '--profile', 'corp', '--format', 'json')).stdout).toContain('ASIA');
    expect((await login('--write-credentials')).code).toBe(0);
    await run('profiles', 'undo', '--credentials', '--quiet');
    await run('profiles', 'undo', '--credentials', '--quiet');
    expect(home.read('.aws/credentials')).toBe(mine);
  });

  it.each<[string, string, string]>([
    ['another source in the config', '[profile corp]\nsso_session = x\n', ''],
    ['another program', '[profile corp]\ncredential_process = aws-vault exec corp --json\n', ''],
    ['lasting keys', '', '[corp]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n'],
    [
      'keys of saml2aws',
      '',
      '[corp]\naws_access_key_id = ASIA1\naws_secret_access_key = x\naws_session_token = y\n',
    ],
  ])('with %s is refused before a browser opens', async (_, config, credentials) => {
    home.config(config);
    home.credentials(credentials);
    expect(await login()).toMatchObject({ code: 1, stderr: expect.stringContaining('[PROFILE_UNUSABLE]') });
    expect(asked).toEqual([]);
    expect([home.read('.aws/config'), home.read('.aws/credentials')]).toEqual([config, credentials]);
  });
});
