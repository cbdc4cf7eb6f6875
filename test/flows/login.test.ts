import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Finished, startAwsher } from '../support/awsher.ts';
import { HURRIED, runLine, startLine } from '../support/command-line.ts';
import { tokenFiles } from '../support/home-files.ts';
import { type IdentityCenter, startIdentityCenter } from '../support/identity-center/index.ts';
import { shellEnv } from '../support/shell-env.ts';
import { until } from '../support/until.ts';

let home: string;
let idc: IdentityCenter;
let env: Record<string, string>;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'awsher-login-'));
  idc = await startIdentityCenter();
  env = shellEnv(home, idc.endpoints);
});
afterEach(async () => {
  await idc.close();
  await rm(home, { recursive: true, force: true });
});

const login = (...args: string[]): Promise<Finished> => runLine(['login', ...args], env);
const start = (args: string[], own = env) => startLine(args, own, undefined, HURRIED);
const corp = () => ['corp', '--start-url', idc.startUrl, '--region', 'us-east-1'];

describe('login without a connected browser', () => {
  it('prints address and code, polls, and succeeds when the person approves by hand', async () => {
    const running = startAwsher(['login', ...corp(), '--no-browser', '--json'], env);
    await running.until(/Code {3}[A-Z0-9]{4}-[A-Z0-9]{4}/);
    const { stderr } = running.output();
    const [device] = idc.deviceCodes;
    expect(stderr).toContain(device?.userCode);
    expect(stderr).toContain(`${idc.startUrl}/#/device?user_code=${device?.userCode}`);
    idc.approve(device?.userCode ?? '');
    const { code, stdout } = await running.finished;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ session: 'corp', how: 'device', browser: null });
    expect(await readFile(join(home, '.aws/config'), 'utf8')).toContain('[sso-session corp]');
    expect((await tokenFiles(home)).map(({ mode }) => mode)).toEqual([0o600]);
  });

  it('says that awsher is in no browser yet and goes on by hand; BROWSER gets the address', async () => {
    const seen = join(home, 'opened');
    const script = join(home, 'browser.sh');
    await writeFile(script, `#!/bin/sh\necho "$1 \${BROWSER:-unset}" > '${seen}'\n`, { mode: 0o755 });
    const running = start(['login', ...corp(), '--flow', 'device'], {
      ...env,
      BROWSER: `${script} %s`,
    });
    await running.until(/run `awsher install`/);
    await until(() =>
      readFile(seen, 'utf8').then(
        () => true,
        () => false,
      ),
    );
    const [device] = idc.deviceCodes;
    expect(await readFile(seen, 'utf8')).toBe(
      `${idc.startUrl}/#/device?user_code=${device?.userCode} unset\n`,
    );
    idc.approve(device?.userCode ?? '');
    expect((await running.finished).code).toBe(0);
  });

  it('over SSH opens no browser', async () => {
    const seen = join(home, 'opened');
    const script = join(home, 'browser.sh');
    await writeFile(script, `#!/bin/sh\ntouch '${seen}'\n`, { mode: 0o755 });
    const running = start(['login', ...corp(), '--no-browser'], {
      ...env,
      SSH_CONNECTION: '1 2 3 4',
      BROWSER: script,
    });
    await running.until(/Code/);
    idc.deny(idc.deviceCodes[0]?.userCode ?? '');
    const { code, stderr, stdout } = await running.finished;
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('[SIGN_IN_DENIED]');
    await expect(readFile(seen)).rejects.toThrow();
  });

  it('another terminal waits for the one that shows the code', async () => {
    const first = startAwsher(['login', ...corp(), '--no-browser', '--json'], env);
    await first.until(/Code/);
    const second = startAwsher(['login', ...corp(), '--no-browser', '--json'], env);
    await second.until(/Another terminal is signing in/);
    idc.approve(idc.deviceCodes[0]?.userCode ?? '');
    expect((await first.finished).code).toBe(0);
    const { code, stdout } = await second.finished;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ how: 'cached' });
    expect(idc.count('StartDeviceAuthorization')).toBe(1);
  });

  it('slow_down lengthens the pause and is no error', async () => {
    const running = start(['login', ...corp(), '--no-browser']);
    await running.until(/Code/);
    idc.faults.add({ operation: 'CreateToken', status: 400, type: 'SlowDownException', times: 1 });
    idc.approve(idc.deviceCodes[0]?.userCode ?? '');
    const started = Date.now();
    expect((await running.finished).code).toBe(0);
    // Of a tenth of each wait: 840 ms, and 240 without. To the millisecond: test/shared/oidc/device-flow.test.ts.
    expect(Date.now() - started).toBeGreaterThan(500);
  });
});

describe('bad input ends with one sentence, its code and the next command', () => {
  const cases: [string, string[], number, string, RegExp][] = [
    [
      'a session that is not there',
      ['nope'],
      2,
      'SESSION_UNKNOWN',
      /run `awsher login nope --start-url URL`/,
    ],
    ['no session at all', [], 2, 'SESSION_UNKNOWN', /awsher login NAME --start-url/],
    [
      'an http start URL',
      ['corp', '--start-url', 'http://corp.awsapps.com/start', '--region', 'us-east-1'],
      2,
      'START_URL_INVALID',
      /copy it from your access portal/,
    ],
    [
      'no start URL',
      ['corp', '--start-url', 'corp', '--region', 'us-east-1'],
      2,
      'START_URL_INVALID',
      /https:\/\/d-1234567890/,
    ],
    [
      'what is no portal, at once',
      ['corp', '--start-url', 'https://corp.awsapps.com/mail'],
      2,
      'START_URL_INVALID',
      /awsapps\.com\/start/,
    ],
    [
      'a mistyped region',
      ['corp', '--start-url', 'https://corp.awsapps.com/start', '--region', 'us-esat-1'],
      2,
      'REGION_INVALID',
      /did you mean `--region us-east-1`/,
    ],
    [
      'a name that SDKs do not read',
      ['my corp', '--start-url', 'https://corp.awsapps.com/start', '--region', 'us-east-1'],
      2,
      'NAME_INVALID',
      /./,
    ],
    ['a timeout that is no number', ['corp', '--timeout', 'soon'], 2, 'USAGE', /./],
    ['an option that is not there', ['--forec'], 2, 'USAGE', /--force/],
    ['two names', ['corp', '--session', 'other'], 2, 'USAGE', /leave one of them out/],
  ];
  it.each(cases)('%s', async (_, args, exit, errorCode, hint) => {
    const { code, stdout, stderr } = await login(...args);
    expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
    expect(stderr).toContain(`[${errorCode}]`);
    expect(stderr).toMatch(hint);
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
    expect(await tokenFiles(home)).toEqual([]);
  });

  it('a region where the portal does not live', async () => {
    const { code, stderr } = await runLine(
      ['login', 'corp', '--start-url', idc.startUrl, '--region', 'eu-west-1', '--no-browser'],
      { ...env, AWS_ENDPOINT_URL_SSO_OIDC: idc.httpUrlIn('eu-west-1') },
    );
    expect(code).toBe(1);
    expect(stderr).toContain('[REGION_WRONG]');
    expect(stderr).toMatch(/--region/);
    await expect(readFile(join(home, '.aws/config'))).rejects.toThrow();
  });

  it('AWS cannot be reached', async () => {
    const { code, stderr } = await runLine(['login', ...corp(), '--no-browser'], {
      ...env,
      AWS_ENDPOINT_URL_SSO_OIDC: 'http://127.0.0.1:9',
    });
    expect(code).toBe(1);
    expect(stderr).toContain('[NETWORK]');
  });

  it('the session exists with another start URL: refused, and changed with --replace', async () => {
    await mkdir(join(home, '.aws'));
    const before =
      '[sso-session corp]\nsso_start_url = https://other.awsapps.com/start\nsso_region = us-east-1\n';
    await writeFile(join(home, '.aws/config'), before);
    const refused = await login(...corp());
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('[SESSION_CONFLICT]');
    expect(refused.stderr).toContain('--replace');
    expect(await readFile(join(home, '.aws/config'), 'utf8')).toBe(before);
    const running = start(['login', ...corp(), '--replace', '--no-browser']);
    await running.until(/Code/);
    idc.approve(idc.deviceCodes[0]?.userCode ?? '');
    expect((await running.finished).code).toBe(0);
    expect(await readFile(join(home, '.aws/config'), 'utf8')).toContain(`sso_start_url = ${idc.startUrl}\n`);
  });

  it('a config that SDKs reject is named with file and line, and left as it is', async () => {
    await mkdir(join(home, '.aws'));
    const broken = '[profile a]\nregion = x\n[profile a]\nregion = y\n';
    await writeFile(join(home, '.aws/config'), broken);
    const { code, stderr } = await login(...corp(), '--no-browser');
    expect(code).toBe(1);
    expect(stderr).toContain('[CONFIG_INVALID]');
    expect(stderr).toMatch(/\.aws\/config/);
    expect(stderr).toMatch(/3/);
    expect(await readFile(join(home, '.aws/config'), 'utf8')).toBe(broken);
  });
});
