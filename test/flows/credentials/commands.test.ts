import { chmodSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awsher, COMMAND, startAwsher } from '../../support/awsher.ts';
import { runLine } from '../../support/command-line.ts';
import { corpConfig, type Home, openHome } from '../../support/credentials/home.ts';
import { listenOnLoopback } from '../../support/loopback.ts';
import { hasTerminal, onTerminal } from '../../support/terminal.ts';

let home: Home;

beforeEach(async () => {
  home = await openHome();
  home.config(corpConfig(home.idc));
});
afterEach(() => home.close());

/** As a process: children, fast lanes, what Node itself may say. */
const run = (...args: string[]) => awsher(args, home.env);
const say = (...args: string[]) => runLine(args, home.env);

describe('awsher export', () => {
  it('sets what a shell then has', async () => {
    await home.signIn();
    const { stdout, code, stderr } = await run('export', '--profile', 'dev', '--format', 'env');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.match(/^export AWS_[A-Z_]+=\S+$/gm)).toHaveLength(6);
    expect(stdout).toContain('export AWS_REGION=eu-west-1\nexport AWS_DEFAULT_REGION=eu-west-1');
  });

  it('gives JSON with --json', async () => {
    await home.signIn();
    const { stdout } = await say('export', '--profile', 'dev', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ Version: 1 });
  });
});

describe('awsher exec', () => {
  it.runIf(hasTerminal)(
    'a credential_process may ask on a terminal, and reads nothing elsewhere',
    async () => {
      const program = home.write(
        'ask',
        '#!/bin/sh\nprintf "code? " >&2\nread code || exit 9\nprintf \'{"Version":1,"AccessKeyId":"ASIA%s","SecretAccessKey":"s","SessionToken":"t"}\' "$code"\n',
      );
      chmodSync(program, 0o755);
      const own = `"${process.execPath}" "${COMMAND}" credential-process --profile p`;
      home.config(
        `[profile p]\ncredential_process = ${program}\n[profile through-us]\ncredential_process = ${own}\n`,
      );
      const line = `"${process.execPath}" "${COMMAND}" exec --profile p -- sh -c 'echo key $AWS_ACCESS_KEY_ID'`;
      expect(await onTerminal(line, home.env, [/code\?/, '424242\r'])).toContain('key ASIA424242');
      const nested = line.replace('--profile p', '--profile through-us');
      expect(await onTerminal(nested, home.env, [/code\?/, '434343\r'])).toContain('key ASIA434343');
      // It keeps the stderr of its helpers to itself.
      const client = 'echo begun; /usr/bin/aws configure export-credentials --profile through-us';
      expect(await onTerminal(client, home.env, [/begun/, '444444\r'])).toContain('ASIA444444');
      const { code, stderr } = await awsher(['exec', '--profile', 'p', '--', 'true'], home.env);
      expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('exit code 9') });
    },
  );

  it('gives a command these credentials and no others, and the region of the profile', async () => {
    await home.signIn();
    const env = {
      ...home.env,
      AWS_PROFILE: 'other',
      AWS_ACCESS_KEY_ID: 'AKIAOLD',
      AWS_SECRET_ACCESS_KEY: 'old',
      AWS_SESSION_TOKEN: 'old',
    };
    const { stdout, code } = await awsher(['exec', '--profile', 'dev', '--', 'env'], env);
    expect(code).toBe(0);
    const names = stdout
      .split('\n')
      .filter((line) => /^AWS(HER)?_(?!ENDPOINT)/.test(line))
      .map((line) => line.split('=')[0]);
    expect(names.sort()).toEqual([
      'AWSHER_PROFILE',
      'AWS_ACCESS_KEY_ID',
      'AWS_CREDENTIAL_EXPIRATION',
      'AWS_DEFAULT_REGION',
      'AWS_REGION',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
      'AWS_VAULT',
    ]);
    expect(stdout).toContain('AWS_REGION=eu-west-1\n');
    expect(stdout).toMatch(/AWS_ACCESS_KEY_ID=ASIA/);
  });

  it.each([
    [['sh', '-c', 'exit 7'], 7],
    [['sh', '-c', 'kill -TERM $$'], 143],
    [['no-such-command-here'], 127],
    [['/etc/passwd'], 126],
  ])('passes on how %j ended: %i', async (command, expected) => {
    await home.signIn();
    expect((await run('exec', '--profile', 'dev', '--', ...command)).code).toBe(expected);
  });

  it('passes options of the command through untouched', async () => {
    await home.signIn();
    const { stdout } = await run(
      'exec',
      '--profile',
      'dev',
      '--',
      'printf',
      '%s|',
      '--json',
      '-q',
      '--profile',
      'x',
    );
    expect(stdout).toBe('--json|-q|--profile|x|');
  });

  it('hands signals on to the command and ends as it does, however many come', async () => {
    await home.signIn();
    const script = 'trap "echo got it" TERM; echo ready; while :; do sleep 0.05; [ -e done ] && exit 5; done';
    const running = startAwsher(['exec', '--profile', 'dev', '--', 'sh', '-c', script], home.env);
    await running.until(/ready/);
    running.child.kill('SIGTERM');
    await running.until(/got it/);
    running.child.kill('SIGTERM');
    await running.until(/got it\ngot it/);
    home.write('done', '');
    expect((await running.finished).code).toBe(5);
  });

  it('says what is wrong before it runs anything', async () => {
    const { code, stdout, stderr } = await run('exec', '--profile', 'dev', '--', 'touch', 'started');
    expect(code).toBe(4);
    expect(stdout).toBe('');
    expect(stderr).toContain('awsher login corp');
    expect(home.has('started')).toBe(false);
    expect((await run('exec', '--profile', 'dev')).code).toBe(2);
  });

  it('--refresh serves credentials that renew themselves, to its own children only', async () => {
    home.idc.options.roleCredentialSeconds = 1200;
    await home.signIn();
    const script = `
      const get = async (token) => {
        const answer = await fetch(process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI, { headers: { Authorization: token } });
        return { status: answer.status, body: await answer.json() };
      };
      const { AWS_CONTAINER_AUTHORIZATION_TOKEN: token, AWS_ACCESS_KEY_ID: key } = process.env;
      console.log(JSON.stringify([key ?? null, await get(token), await get(token), await get('wrong'), new URL(process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI).hostname]));`;
    const { stdout, code, stderr } = await run(
      'exec',
      '--refresh',
      '--profile',
      'dev',
      '--',
      process.execPath,
      '--input-type=module',
      '-e',
      script,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [key, first, second, wrong, host] = JSON.parse(stdout);
    expect(key).toBeNull();
    expect(host).toBe('127.0.0.1');
    expect(first.status).toBe(200);
    expect(Object.keys(first.body)).toEqual([
      'AccessKeyId',
      'SecretAccessKey',
      'Token',
      'Expiration',
      'AccountId',
    ]);
    expect(second.body).toEqual(first.body);
    expect(wrong).toMatchObject({ status: 401 });
    expect(JSON.stringify(wrong)).not.toContain(first.body.SecretAccessKey);
  });

  it('--refresh is not overruled by a default profile of the person', async () => {
    await home.signIn();
    home.config(
      corpConfig(home.idc, '[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = s\n'),
    );
    const { stdout } = await run(
      'exec',
      '--refresh',
      '--profile',
      'dev',
      '--',
      'sh',
      '-c',
      'echo $AWS_CONFIG_FILE $AWS_SHARED_CREDENTIALS_FILE',
    );
    expect(stdout).toBe('/dev/null /dev/null\n');
  });
});

describe('awsher status', () => {
  const status = async (...args: string[]) => JSON.parse((await run('status', '--json', ...args)).stdout);

  it('tells the state of every session, without a request', async () => {
    const url = home.idc.startUrl;
    const section = (name: string) =>
      `[sso-session ${name}]\nsso_start_url = ${url}\nsso_region = us-east-1\n`;
    home.config(['valid', 'expiring', 'refreshable', 'expired', 'none', 'broken'].map(section).join(''));
    for (const name of ['valid', 'expiring', 'refreshable', 'expired']) await home.signIn(name);
    const asked = home.idc.requests.length;
    home.changeToken('expiring', { expiresAt: Date.now() + 10 * 60_000 });
    home.changeToken('refreshable', { expiresAt: Date.now() - 1000 });
    home.changeToken('expired', { expiresAt: Date.now() - 1000, refreshToken: undefined });
    home.write(home.tokenFile('broken').slice(home.home.length + 1), '{');
    const all = await status();
    expect(
      all.map(({ session, state }: { session: string; state: string }) => `${session} ${state}`),
    ).toEqual(
      ['valid', 'expiring', 'refreshable', 'expired', 'none', 'broken'].map((name) => `${name} ${name}`),
    );
    expect(Object.keys(all[0])).toEqual(
      expect.arrayContaining([
        'session',
        'startUrl',
        'region',
        'state',
        'expiresAt',
        'refreshableUntil',
        'cacheFile',
      ]),
    );
    expect(all[0].expiresAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(all[3].refreshableUntil).toBeNull();
    expect(all[4].expiresAt).toBeNull();
    expect(await status('none')).toHaveLength(1);
    expect(home.idc.requests.length).toBe(asked);
  });

  it('shows people a table, what ends next, and what to type', async () => {
    home.config(
      corpConfig(
        home.idc,
        `[sso-session labs]\nsso_start_url = https://labs.awsapps.com/start\nsso_region = us-east-1\n`,
      ),
    );
    await home.signIn();
    home.idc.options.roleCredentialSeconds = 1800;
    await run('credential-process', '--profile', 'dev');
    const { stdout, stderr } = await run('status');
    expect(stdout).toBe(
      [
        'SESSION  TIME LEFT      NEXT',
        'corp     59 min         renews automatically',
        'labs     not signed in  awsher login labs\n',
      ].join('\n'),
    );
    expect(stderr).toBe('');
    const more = await run('status', 'corp', '--verbose');
    expect(more.stdout).toMatch(/^ {2}token {6}until .* \(in 59 min\)$/m);
    expect(more.stdout).toMatch(/^ {2}ends next {2}role of dev in 29 min$/m);
    const colored = await awsher(['status'], { ...home.env, FORCE_COLOR: '1', NO_COLOR: '' });
    expect(colored.stdout).toContain('\u001b[1mcorp');
  });
});

describe('awsher logout', () => {
  const other = () =>
    `[sso-session labs]\nsso_start_url = ${home.idc.startUrl}\nsso_region = us-east-1\n[profile lab]\nsso_session = labs\nsso_account_id = ${home.idc.accounts[1]?.accountId}\nsso_role_name = ${home.idc.accounts[1]?.roles[0]}\n`;

  beforeEach(async () => {
    home.config(
      corpConfig(
        home.idc,
        `${other()}[profile up]\nrole_arn = arn:aws:iam::444455556666:role/R\nsource_profile = dev\n`,
      ),
    );
    await home.signIn('corp');
    await home.signIn('labs');
    for (const profile of ['dev', 'lab', 'up'])
      expect((await say('credential-process', '--profile', profile)).code).toBe(0);
  });

  it('ends one session, here and at the portal, and nothing else', async () => {
    const token = home.token('corp').accessToken;
    const { code, stdout } = await run('logout', 'corp');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(home.idc.count('Logout', { status: 200 })).toBe(1);
    expect(() => home.token('corp')).toThrow();
    expect(home.token('labs').accessToken.expose()).not.toBe(token.expose());
    // lab's role and the assumed one stay.
    expect(readdirSync(home.paths.cliCacheDir)).toHaveLength(2);
    expect((await say('credential-process', '--profile', 'lab')).code).toBe(0);
    expect((await say('credential-process', '--profile', 'dev')).code).toBe(4);
    expect((await say('logout', 'corp')).stderr).toContain('was not signed in');
  });

  it('--all ends every session and removes every role credential of Identity Center', async () => {
    expect((await say('logout', '--all')).code).toBe(0);
    expect(home.idc.count('Logout', { status: 200 })).toBe(2);
    expect(readdirSync(home.paths.ssoCacheDir)).toEqual([]);
    expect(readdirSync(home.paths.cliCacheDir)).toHaveLength(1); // STS's, as in the AWS CLI.
  });

  it('works without the portal, and says what that means', async () => {
    const page = createServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in to the Wi-Fi'),
    );
    const ways = [
      ['corp', 'http://127.0.0.1:9', 'refused the connection'],
      ['labs', `http://127.0.0.1:${await listenOnLoopback(page)}`, 'answered with a web page'],
    ] as const;
    for (const [session, address, words] of ways) {
      const env = { ...home.env, AWS_ENDPOINT_URL_SSO: address };
      const { code, stderr } = await runLine(['logout', session], env);
      expect(code).toBe(0);
      expect(stderr).toContain(words);
      expect(stderr).toContain('You stay signed in there until the session expires.');
      expect(() => home.token(session)).toThrow();
    }
    page.close();
  });

  it('is content when the portal knows the token no more', async () => {
    home.idc.revokeTokens();
    const { code, stderr } = await say('logout', '--session', 'corp');
    expect(code).toBe(0);
    expect(stderr).toBe('✓ signed out of corp\n');
  });

  it('does not guess', async () => {
    const { code, stderr } = await say('logout');
    expect(code).toBe(2);
    expect(stderr).toContain('corp, labs');
    expect((await say('logout', 'corp', '--all')).code).toBe(2);
  });
});

describe('files', () => {
  it('are private, whatever the umask', async () => {
    await home.signIn();
    const before = process.umask(0);
    try {
      await run('credential-process', '--profile', 'dev');
    } finally {
      process.umask(before);
    }
    const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
    expect(mode(home.paths.cliCacheDir)).toBe('700');
    for (const name of readdirSync(home.paths.cliCacheDir))
      expect(mode(`${home.paths.cliCacheDir}/${name}`)).toBe('600');
  });
});

describe('the screen', () => {
  it('has no warning about Node, no secret, and a stdout that is empty on failure', async () => {
    await home.signIn();
    const results = [
      await run('credential-process', '--profile', 'dev', '--verbose'),
      await run('export', '--profile', 'dev'),
      await run('status', '--verbose'),
      await run('logout', '--verbose'),
      await run('credential-process', '--profile', 'dev', '--verbose'),
    ];
    const said = results.map(({ stderr }) => stderr).join('') + results[2]?.stdout;
    expect(said).not.toMatch(/Warning|node >=/);
    for (const secret of home.idc.secrets) expect(said).not.toContain(secret);
    expect(results.at(-1)).toMatchObject({ code: 4, stdout: '' });
  });
});
