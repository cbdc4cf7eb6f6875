import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addNotes, readNotes } from '../../native-host/aws/tokens/session-notes.ts';
import { HELLO, startHost } from '../native-host/programs/host/real-host.ts';
import { HURRIED, runLine, startLine } from '../support/command-line.ts';
import { corpConfig, type Home, openHome } from '../support/credentials/home.ts';

let home: Home;

beforeEach(async () => {
  home = await openHome();
  home.config(corpConfig(home.idc));
});
afterEach(() => home.close());

const run = (...args: string[]) => runLine(args, home.env);
const asked = () => [home.idc.count('GetRoleCredentials'), home.idc.count('GetCallerIdentity')];

/** A sign-in by the device flow, approved elsewhere. */
async function login(...args: string[]) {
  const running = startLine(['login', 'corp', '--no-browser', ...args], home.env, undefined, HURRIED);
  await running.until(/Code/);
  const started = performance.now();
  home.idc.approve(home.idc.deviceCodes.at(-1)?.userCode ?? '');
  const result = await running.finished;
  return { ...result, ms: performance.now() - started };
}

describe('awsher whoami', () => {
  it('says person, account, role and ARN, and keeps the name', async () => {
    await home.signIn();
    const account = home.idc.accounts[0];
    const { code, stdout, stderr } = await run('whoami', '--profile', 'dev');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      new RegExp(
        `^who {6}ana@example\\.com\\naccount {2}${account?.accountId}\\nrole {5}${account?.roles[0]}\\narn {6}arn:aws:sts::${account?.accountId}:assumed-role/AWSReservedSSO_${account?.roles[0]}_[0-9a-f]{16}/ana@example\\.com\\n$`,
      ),
    );
    expect(readNotes(home.paths, 'corp').who).toBe('ana@example.com');
  });

  it('gives one object with --json', async () => {
    await home.signIn();
    const { stdout } = await run('whoami', '--profile', 'dev', '--json');
    expect(Object.keys(JSON.parse(stdout))).toEqual(['profile', 'who', 'accountId', 'role', 'arn']);
    expect(JSON.parse(stdout)).toMatchObject({ profile: 'dev', who: 'ana@example.com' });
  });

  it('names no person for a role that was assumed by hand', async () => {
    await home.signIn();
    home.config(
      corpConfig(
        home.idc,
        '[profile deep]\nsource_profile = dev\nrole_arn = arn:aws:iam::210987654321:role/Deep\nrole_session_name = not-a-person\n',
      ),
    );
    const { stdout } = await run('whoami', '--profile', 'deep', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ who: null, accountId: '210987654321', role: 'Deep' });
    expect(readNotes(home.paths, 'corp').who).toBeUndefined();
  });

  it('never signs in by itself: exit 4 and the command to run', async () => {
    const { code, stdout, stderr } = await run('whoami', '--profile', 'dev');
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toContain('awsher login corp');
  });

  it('says what is wrong when STS refuses', async () => {
    await home.signIn();
    home.idc.faults.add({ operation: 'GetCallerIdentity', status: 403, type: 'AccessDenied' });
    const { code, stdout, stderr } = await run('whoami', '--profile', 'dev');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('[AWS_ERROR]');
    for (const secret of home.idc.secrets) expect(stderr).not.toContain(secret);
  });
});

describe('a login says as whom', () => {
  it('asks once, and has the role in the cache for the first command', async () => {
    const first = await login();
    expect(first.code).toBe(0);
    expect(first.stdout).toContain(' as ana@example.com, until ');
    expect(asked()).toEqual([1, 1]);
    const requests = home.idc.requests.length;
    expect((await run('credential-process', '--profile', 'dev')).code).toBe(0);
    expect((await run('login', 'corp')).stdout).toContain(' as ana@example.com');
    expect(home.idc.requests.length).toBe(requests);
    const again = await login('--force');
    expect(again.stdout).toContain(' as ana@example.com');
    expect(asked()).toEqual([1, 1]);
  });

  it('asks nobody on the cached path, nor when a token is renewed', async () => {
    await home.signIn();
    await run('login', 'corp');
    home.changeToken('corp', { expiresAt: Date.now() + 60_000 });
    expect((await run('login', 'corp')).stdout).toContain('renewed');
    expect(asked()).toEqual([0, 0]);
  });

  it.each([
    ['for --json, which does not say it', () => {}, ['--json']],
    [
      'without a profile of the session',
      () => home.config(corpConfig(home.idc).split('[profile')[0] ?? ''),
      [],
    ],
    [
      'through a profile that would run a program',
      () =>
        home.config(
          corpConfig(
            home.idc,
            `role_arn = arn:aws:iam::210987654321:role/X\nsource_profile = prog\n[profile prog]\ncredential_process = touch ${home.home}/ran\n`,
          ),
        ),
      [],
    ],
  ])('asks nobody %s', async (_when, prepare, args) => {
    prepare();
    const { code, stdout } = await login(...args);
    expect(code).toBe(0);
    expect(stdout).not.toContain('ana@');
    expect(asked()).toEqual([0, 0]);
    expect(home.has('ran')).toBe(false);
  });

  it('asks through the profile that was named', async () => {
    const other = home.idc.accounts[1];
    home.config(
      corpConfig(
        home.idc,
        `[profile prod]\nsso_session = corp\nsso_account_id = ${other?.accountId}\nsso_role_name = ${other?.roles[0]}\n`,
      ),
    );
    home.idc.options.forbiddenRoles = [
      `${home.idc.accounts[0]?.accountId}/${home.idc.accounts[0]?.roles[0]}`,
    ];
    expect((await login('--profile', 'prod')).stdout).toContain(' as ana@example.com');
  });

  it.each([
    ['the role is not assigned any more', { operation: 'GetRoleCredentials', status: 403 }, [1, 0]],
    ['the portal is ill', { operation: 'GetRoleCredentials', status: 500 }, [1, 0]],
    ['the connection breaks', { operation: 'GetRoleCredentials', cut: 'before' as const }, [1, 0]],
    ['STS is ill', { operation: 'GetCallerIdentity', status: 500 }, [1, 1]],
    ['STS throttles', { operation: 'GetCallerIdentity', status: 429, type: 'Throttling' }, [1, 1]],
  ])('leaves it out when %s, and tries nothing twice', async (_what, fault, requests) => {
    home.idc.faults.add(fault);
    const { code, stdout, stderr } = await login();
    expect(code).toBe(0);
    expect(stdout).toMatch(/signed in to corp .*, until /);
    expect(stdout).not.toContain(' as ');
    expect(stderr).not.toMatch(/✗|!/);
    expect(asked()).toEqual(requests);
  });

  it.each(['GetRoleCredentials', 'GetCallerIdentity'])(
    'waits no longer than 1.5 s for %s',
    async (operation) => {
      home.idc.faults.add({ operation, delayMs: 20_000 });
      const { code, stdout, ms } = await login();
      expect(code).toBe(0);
      expect(stdout).not.toContain(' as ');
      // The poll of the device flow comes on top.
      expect(ms).toBeLessThan(3_600);
    },
  );
});

describe('awsher logout', () => {
  it('forgets who it was, and tells connected browsers', async () => {
    await home.signIn();
    addNotes(home.paths, 'corp', { who: 'ana@example.com' });
    let told = 0;
    const host = startHost({
      home: home.home,
      handlers: {
        'sessions.changed': () => {
          told += 1;
        },
      },
    });
    try {
      await host.extension.call('hello', HELLO);
      expect((await run('logout', 'corp')).code).toBe(0);
      await expect.poll(() => told).toBe(1);
      expect(readNotes(home.paths, 'corp')).toEqual({});
      expect((await run('logout', 'corp')).stderr).toContain('was not signed in');
      expect(told).toBe(1);
    } finally {
      host.child.kill('SIGKILL');
      await host.ended;
    }
  });
});
