import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { consolePage, federationEndpoint } from '../../../../../native-host/aws/roles/federation.ts';
import { openConsole } from '../../../../../native-host/programs/cli/commands/console.ts';
import { testContext } from '../../../../support/credentials/context.ts';
import { corpConfig, type Home, openHome } from '../../../../support/credentials/home.ts';
import { listenOnLoopback } from '../../../../support/loopback.ts';
import { asSecondUser, NO_SECOND_USER } from '../../../../support/second-user.ts';

let home: Home;
let federation: Server;
let endpoint: string;
let sessions: URLSearchParams[];
let answer: { status: number; body: string };

beforeEach(async () => {
  home = await openHome();
  home.config(corpConfig(home.idc));
  home.credentials(
    '[temporary]\naws_access_key_id = ASIA1\naws_secret_access_key = s\naws_session_token = session-token\n',
  );
  await home.signIn();
  sessions = [];
  answer = { status: 200, body: JSON.stringify({ SigninToken: 'signin-token-secret' }) };
  federation = createServer((request, response) => {
    sessions.push(new URL(request.url ?? '', 'http://x').searchParams);
    response.writeHead(answer.status).end(answer.body);
  });
  endpoint = `http://127.0.0.1:${await listenOnLoopback(federation)}/federation`;
});
afterEach(async () => {
  federation.close();
  await home.close();
});

/** A profile that no portal link opens. */
const KEYS = { profile: 'temporary' };

/** Polls the list of processes for an address of this computer, and asks it once. */
const THIEF = `
const fs = require('node:fs');
const look = async () => {
  for (const pid of fs.readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name))) {
    let line = '';
    try { line = fs.readFileSync('/proc/' + pid + '/cmdline', 'utf8'); } catch {}
    const url = /http:\\/\\/127\\.0\\.0\\.1:[0-9]+\\/[\\w-]{32}/.exec(line);
    if (!url) continue;
    // Addresses of other programs are nobody's concern here.
    const response = await fetch(url[0], { redirect: 'manual' }).catch(() => null);
    if (response === null) continue;
    console.log(response.status, response.headers.get('location'));
    return;
  }
  setTimeout(look, 5);
};
look();
setInterval(() => {}, 1000);
`;

async function run(options: Record<string, string | true>, open?: (url: string) => Promise<boolean>) {
  const { context, stdout, stderr } = testContext(home.env);
  const parts = {
    endpoint,
    ...(open === undefined ? {} : { open: (_context: unknown, url: string) => open(url) }),
  };
  const code = await openConsole(context, { arguments: [], options: { profile: 'dev', ...options } }, parts);
  return { code, stdout: stdout(), stderr: stderr() };
}

describe('awsher console', () => {
  it('--print gives an address that signs in and leads to the page', async () => {
    const { code, stdout, stderr } = await run({ print: true, service: 's3' });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const address = new URL(stdout.trim());
    expect(Object.fromEntries(address.searchParams)).toEqual({
      Action: 'login',
      Issuer: 'awsher',
      Destination: 'https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1',
      SigninToken: 'signin-token-secret',
    });
    const session = JSON.parse(sessions[0]?.get('Session') ?? '');
    expect(sessions[0]?.get('Action')).toBe('getSigninToken');
    expect(Object.keys(session)).toEqual(['sessionId', 'sessionKey', 'sessionToken']);
    expect(session.sessionId).toMatch(/^ASIA/);
  });

  it('--duration asks AWS for that long, also for a role of Identity Center', async () => {
    await run({ print: true, duration: '8h' });
    expect(sessions[0]?.get('SessionDuration')).toBe('28800');
    const opened: string[] = [];
    await run({ duration: '900' }, async (url) => {
      opened.push(url);
      await fetch(url, { redirect: 'manual' });
      return true;
    });
    expect(sessions[1]?.get('SessionDuration')).toBe('900');
    expect(opened[0]).toMatch(/^http:\/\/127/);
  });

  it.each([
    [{ service: 'ddb' }, '/dynamodbv2/home'],
    [{ service: 'CFN' }, '/cloudformation/home'],
    [{ service: 'toString' }, '/toString/home'],
    [{ destination: 'https://eu-west-1.console.aws.amazon.com/ec2/home#Instances:' }, '/ec2/home#Instances:'],
  ])('%j leads there', async (options, path) => {
    const opened: string[] = [];
    await run(options, async (url) => opened.push(url) > 0);
    expect(decodeURIComponent(opened[0] ?? '')).toContain(path);
  });

  it.each([
    { destination: 'https://evil.example/' },
    { destination: 'https://console.aws.amazon.com.evil.example/' },
    { destination: 'http://console.aws.amazon.com/' },
    { destination: 'https://user@console.aws.amazon.com/' },
    { destination: 'javascript:alert(1)' },
    { destination: 'https://console.amazonaws-us-gov.com/' },
    { destination: 'https://console.aws.amazon.com/', service: 's3' },
    { duration: '14m' },
    { duration: '13h' },
    { duration: 'soon' },
    { duration: '-1h' },
  ])('refuses %j before anything is asked', async (options) => {
    await expect(run(options)).rejects.toMatchObject({ code: 'USAGE' });
    expect(sessions).toEqual([]);
  });

  it('--copy puts the link on the clipboard of a terminal, and needs one', async () => {
    await expect(run({ copy: true })).rejects.toMatchObject({ code: 'USAGE' });
    const { context, stdout, stderr } = testContext(home.env);
    const terminal = { ...context, stderr: { ...context.stderr, isTTY: true } };
    await openConsole(terminal, { arguments: [], options: { profile: 'dev', copy: true } }, { endpoint });
    const copied = /\u001b\]52;c;([\w+/=]+)\u0007/.exec(stderr())?.[1] ?? '';
    expect(Buffer.from(copied, 'base64').toString()).toContain('/#/console?account_id=111122223333');
    expect(stdout()).toBe('');
    expect(sessions).toEqual([]);
  });

  it("opens a role of Identity Center by the portal's link, without any secret", async () => {
    const opened: string[] = [];
    const { code, stdout, stderr } = await run({ service: 's3' }, async (url) => opened.push(url) > 0);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '',
      stderr: 'The console opens in your browser.\n',
    });
    const page = 'https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1';
    expect(opened).toEqual([
      `${home.idc.startUrl}/#/console?account_id=111122223333&role_name=AdministratorAccess&destination=${encodeURIComponent(page)}`,
    ]);
    expect(sessions).toEqual([]);
  });

  it('gives the browser an address without the token, which works once, for every other profile', async () => {
    let url = '';
    const places: (string | null)[] = [];
    const { code, stdout, stderr } = await run(KEYS, async (opened) => {
      url = opened;
      for (let visit = 0; visit < 2; visit++) {
        const response = await fetch(opened, { redirect: 'manual' });
        places.push(response.headers.get('location'));
      }
      return true;
    });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}$/);
    expect(places[0]).toContain('SigninToken=signin-token-secret');
    expect(places[1]).toBeNull();
    expect(stderr).not.toContain('signin-token-secret');
    await expect(fetch(url)).rejects.toThrow();
  });

  it('gives nothing to another user who reads the list of processes', async ({ skip }) => {
    skip(NO_SECOND_USER !== null, NO_SECOND_USER ?? '');
    const thief = asSecondUser(THIEF);
    const arrived = join(home.home, 'arrived');
    // The browser comes after the thief has had its turn.
    const browser = spawnSync('which', ['curl']).stdout.toString().trim();
    home.write(
      'browser',
      `#!/bin/sh\nuntil [ -e ${home.home}/go ]; do sleep 0.05; done\nexec ${browser} -s -o /dev/null -w '%{redirect_url}' "$1" >${arrived}\n`,
    );
    chmodSync(join(home.home, 'browser'), 0o755);
    home.env.BROWSER = join(home.home, 'browser');
    try {
      const command = run(KEYS);
      expect(await thief.line).toBe('404 null');
      home.write('go', '');
      expect(await command).toMatchObject({ code: 0, stderr: 'The console opens in your browser.\n' });
      await vi.waitFor(
        () => expect(readFileSync(arrived, 'utf8')).toContain('SigninToken=signin-token-secret'),
        10_000,
      );
    } finally {
      thief.stop();
    }
  });

  it('says so when no browser opens', async () => {
    for (const options of [{}, KEYS]) {
      await expect(run(options, async () => false)).rejects.toMatchObject({
        code: 'BROWSER_MISSING',
        hint: expect.stringContaining('--print'),
      });
    }
  });

  it.each([
    [400, '<html>'],
    [200, '{}'],
    [500, ''],
  ])('is an error without secrets when AWS answers %i', async (status, body) => {
    answer = { status, body };
    const failed = await run({ print: true }).catch((thrown: unknown) => thrown);
    expect(failed).toMatchObject({ code: 'AWS_ERROR' });
    expect(`${failed}`).toContain('sign-in token');
    expect(`${failed}`).not.toMatch(/ASIA|session-token/);
  });

  it('takes temporary credentials only', async () => {
    home.credentials('[k]\naws_access_key_id = AKIA1\naws_secret_access_key = s\n');
    await expect(run({ profile: 'k', print: true })).rejects.toMatchObject({ code: 'PROFILE_UNUSABLE' });
  });

  it.each([{ service: 's3/../x' }, { region: 'here' }])('refuses %j', async (options) => {
    await expect(run({ print: true, ...options })).rejects.toMatchObject({ exitCode: 2 });
  });

  it.each([
    ['us-gov-west-1', 'signin.amazonaws-us-gov.com', 'us-gov-west-1.console.amazonaws-us-gov.com'],
    ['cn-north-1', 'signin.amazonaws.cn', 'cn-north-1.console.amazonaws.cn'],
    ['eu-west-1', 'signin.aws.amazon.com', 'eu-west-1.console.aws.amazon.com'],
  ])('knows the hosts of the partition of %s', (region, signIn, page) => {
    expect(federationEndpoint(region)).toBe(`https://${signIn}/federation`);
    expect(new URL(consolePage(region, undefined)).host).toBe(page);
  });
});
