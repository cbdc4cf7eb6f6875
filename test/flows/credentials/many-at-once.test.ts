import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awsher, startAwsher } from '../../support/awsher.ts';
import { corpConfig, type Home, openHome } from '../../support/credentials/home.ts';

let home: Home;
const COUNT = 20;

beforeEach(async () => {
  home = await openHome();
});
afterEach(() => home.close());

function keyIds(results: readonly { stdout: string }[]): Set<unknown> {
  return new Set(results.map(({ stdout }) => JSON.parse(stdout).AccessKeyId));
}

describe('20 processes at once with an expired token', () => {
  it('make one refresh and leave one token file, and all of them are right', async () => {
    home.config(corpConfig(home.idc));
    await home.signIn();
    home.changeToken('corp', { expiresAt: Date.now() - 1000 });
    const run = () => awsher(['credential-process', '--profile', 'dev'], home.env);
    const results = await Promise.all(Array.from({ length: COUNT }, run));
    expect(results.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
      Array.from({ length: COUNT }, () => ({ code: 0, stderr: '' })),
    );
    expect(home.idc.count('CreateToken')).toBe(2); // The sign-in's own, and one refresh.
    expect(home.idc.count('GetRoleCredentials')).toBe(1);
    expect(keyIds(results).size).toBe(1);
    expect(readdirSync(home.paths.ssoCacheDir)).toHaveLength(1);
    expect(readdirSync(home.paths.cliCacheDir)).toHaveLength(1);
    expect(home.idc.unexpected).toEqual([]);
  });

  it('make one refresh also when each wants another role', async () => {
    const accounts = home.idc.accounts.flatMap(({ accountId, roles }) =>
      roles.map((role) => ({ accountId, role })),
    );
    const profiles = accounts.map(
      ({ accountId, role }, at) =>
        `[profile p${at}]\nsso_session = corp\nsso_account_id = ${accountId}\nsso_role_name = ${role}\n`,
    );
    home.config(corpConfig(home.idc, profiles.join('')));
    await home.signIn();
    home.changeToken('corp', { expiresAt: Date.now() - 1000 });
    const results = await Promise.all(
      profiles.map((_, at) => awsher(['credential-process', '--profile', `p${at}`], home.env)),
    );
    expect(results.map(({ code }) => code)).toEqual(profiles.map(() => 0));
    expect(home.idc.count('CreateToken')).toBe(2);
    expect(keyIds(results).size).toBe(profiles.length);
  });

  it('go on within a second when the one that refreshes is killed', async () => {
    home.config(corpConfig(home.idc));
    await home.signIn();
    home.changeToken('corp', { expiresAt: Date.now() - 1000 });
    // The connection is cut before AWS did anything, so the refresh token is still good.
    home.idc.faults.add({ operation: 'CreateToken', delayMs: 30_000, cut: 'before' });
    const args = ['credential-process', '--profile', 'dev'];
    mkdirSync(home.paths.locksDir, { recursive: true });
    const first = startAwsher(args, home.env);
    while (!readdirSync(home.paths.locksDir, { encoding: 'utf8' }).some((name) => name.startsWith('role-'))) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const waiting = startAwsher(args, home.env);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(waiting.child.exitCode).toBeNull();
    // The command, and the process beside it that renews.
    first.child.kill('SIGKILL');
    for (const pid of renewing(home.home)) process.kill(pid, 'SIGKILL');
    home.idc.faults.clear();
    const killed = performance.now();
    expect((await waiting.finished).code).toBe(0);
    expect(performance.now() - killed).toBeLessThan(5000);
    await first.finished;
  });

  it('all say that a sign-in is needed after one rejected refresh', async () => {
    home.config(corpConfig(home.idc));
    await home.signIn();
    home.changeToken('corp', { expiresAt: Date.now() - 1000 });
    home.idc.endPortalSessions();
    const run = () => awsher(['credential-process', '--profile', 'dev'], home.env);
    const results = await Promise.all(Array.from({ length: 8 }, run));
    expect(results.map(({ code }) => code)).toEqual(Array.from({ length: 8 }, () => 4));
    for (const { stdout, stderr } of results) {
      expect(stdout).toBe('');
      expect(stderr).toContain('awsher login corp');
    }
    expect(home.idc.count('CreateToken')).toBe(2);
  });
});

/** Pids of the renewals beside commands of this home. */
function renewing(home: string): number[] {
  const read = (pid: string, name: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${name}`, 'utf8');
    } catch {
      return '';
    }
  };
  return readdirSync('/proc')
    .filter(
      (pid) =>
        read(pid, 'cmdline').includes('renew-beside') && read(pid, 'environ').includes(`HOME=${home}\0`),
    )
    .map(Number);
}
