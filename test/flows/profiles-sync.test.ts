import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { loadSharedConfigFiles } from '@smithy/core/config';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingsFile } from '../../native-host/base/files/own-config.ts';
import { writeEndpointRules } from '../../scripts/demo/aws-models.ts';
import { awsher, COMMAND } from '../support/awsher.ts';
import { runAwsCli } from '../support/clients/aws-clients.ts';
import { awsOwn, startTool } from '../support/clients/run.ts';
import { runLine } from '../support/command-line.ts';
import { type Home, openHome } from '../support/credentials/home.ts';
import { hostileAccounts } from '../support/identity-center/catalogue.ts';

const hasAws = existsSync('/usr/bin/aws');
const hasScript = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;
let home: Home;

afterEach(() => home.close());

/** A home whose person signed in, with a config that has a habit of its own at its end. */
async function start(accounts: Parameters<typeof openHome>[0] = {}): Promise<string> {
  home = await openHome(accounts);
  const { startUrl, region } = home.idc;
  const mine = `# mine\n[profile own]\nregion=x ; kept\n\n[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = ${region}`;
  home.config(mine);
  await home.signIn();
  return mine;
}
const sync = (...args: string[]) => runLine(['profiles', 'sync', ...args], home.env);
const config = () => readFileSync(home.paths.configFile, 'utf8');

describe('a hostile catalogue', () => {
  it('becomes profiles that the AWS CLI and the JavaScript SDK read; undo restores every byte', async () => {
    const mine = await start({ accounts: hostileAccounts() });
    const done = await sync('--yes', '--json', '--region', 'eu-west-1');
    expect(done.code, done.stderr).toBe(0);
    const answer = JSON.parse(done.stdout);
    const names: string[] = answer.profiles.map(({ name }: { name: string }) => name);
    expect(answer).toMatchObject({ session: 'corp', changed: true, written: true });
    expect(names).toHaveLength(hostileAccounts().length * 2);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^(?!-|default$)[A-Za-z0-9_\-/.%@:+]+$/i);
    expect(answer.warnings.join('\n')).toContain('Left out');
    expect(config().startsWith(`${mine}\n`)).toBe(true);
    expect(config()).not.toMatch(/credential_process|\u001b/);

    const before = statSync(home.paths.configFile);
    const again = await sync('--json', '--region', 'eu-west-1');
    expect(JSON.parse(again.stdout)).toMatchObject({ changed: false, written: false, diff: '' });
    expect(statSync(home.paths.configFile).mtimeMs).toBe(before.mtimeMs);

    const init = { configFilepath: home.paths.configFile, filepath: '/dev/null', ignoreCache: true };
    const { configFile } = await loadSharedConfigFiles(init);
    for (const { name, accountId, role } of answer.profiles)
      expect(configFile[name]).toMatchObject({ sso_account_id: accountId, sso_role_name: role });
    if (hasAws) {
      const listed = await runAwsCli(['configure', 'list-profiles'], home.env);
      expect(listed.stdout.trim().split('\n').sort()).toEqual([...names, 'own'].sort());
      await writeEndpointRules(home.home, home.idc.httpUrl);
      for (const { name, accountId } of [answer.profiles[1], answer.profiles.at(-1)]) {
        const args = ['sts', 'get-caller-identity', '--profile', name, '--output', 'json'];
        const { code, stdout, stderr } = await runAwsCli(args, awsOwn(home.env));
        expect(code, stderr).toBe(0);
        expect(JSON.parse(stdout).Account).toBe(accountId);
      }
    }
    expect((await awsher(['profiles', 'undo'], home.env)).code).toBe(0);
    expect(config()).toBe(mine);
  }, 120_000);
});

describe('awsher profiles sync', () => {
  beforeEach(async () => void (await start()));

  it('writes nothing without a terminal or --yes, and shows what it would write', async () => {
    const before = config();
    const refused = await sync();
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('+[profile payments-dev_AdministratorAccess]\n');
    expect(refused.stderr).toMatch(/there is no terminal to ask you on.*\[USAGE\]\n.*--yes/);
    const looked = await sync('--dry-run');
    expect({ code: looked.code, stdout: looked.stdout }).toEqual({ code: 0, stdout: '' });
    expect(looked.stderr).toContain('Nothing was written: this was a dry run.');
    expect(config()).toBe(before);
  });

  it('follows what AWS says: gone roles stay until --prune, new ones come', async () => {
    await sync('--yes');
    const [first, second] = home.idc.accounts;
    first?.roles.splice(0, 1);
    second?.roles.push('Auditor');
    const next = await sync('--yes', '--refresh');
    expect(next.stderr).toMatch(/1 profile for roles that no longer exist: payments-dev_AdministratorAccess/);
    expect(next.stderr).toMatch(/1 profile added, 6 as they were/);
    const pruned = await sync('--yes', '--prune');
    expect(pruned.stderr).toMatch(/1 profile removed/);
    expect(config()).not.toContain('payments-dev_AdministratorAccess]');
    expect(config()).toContain('[profile payments-staging_Auditor]');
    const listed = await runLine(['profiles', 'list', '--json'], home.env);
    expect(JSON.parse(listed.stdout)).toHaveLength(6);
    expect(JSON.parse(listed.stdout)[0]).toMatchObject({
      name: 'payments-dev_ReadOnlyAccess',
      session: 'corp',
      accountName: 'payments-dev',
      role: 'ReadOnlyAccess',
      kept: true,
    });
  });

  it('goes on without a suspended account, says so, and prunes nothing of it', async () => {
    await sync('--yes');
    const before = config();
    home.idc.options.forbiddenAccounts = [home.idc.accounts[0]?.accountId ?? ''];
    const { code, stderr } = await sync('--yes', '--prune', '--refresh');
    expect(code).toBe(0);
    expect(stderr).toMatch(/AWS does not list the roles of payments-dev \(111122223333\)/);
    expect(stderr).toContain('Up to date');
    expect(config()).toBe(before);
  });

  it('takes what config.ini says, and the command line before it', async () => {
    home.write(
      settingsFile(home.paths).slice(home.home.length + 1),
      '[profiles]\ntemplate = {account_id}\nroles = Read*\nregion = eu-west-3\n',
    );
    await sync('--yes');
    expect(config()).toMatch(/\[profile 111122223333\]\n(.*\n){3}region = eu-west-3\n/);
    const more = await sync('--dry-run', '--role', 'Admin*', '--template', '{role', '--json');
    expect(more.code).toBe(2);
    expect(more.stderr).toContain('at character 1: this { has no }');
    expect((await sync('--dry-run', '--role', 'Admin*')).stderr).toContain(
      'sso_role_name = AdministratorAccess',
    );
  });

  it("lists them with the team's labels, on one line each, whatever the accounts are called", async () => {
    const [first, second] = home.idc.accounts;
    if (first !== undefined) first.accountName = 'a\n\u001b[31m\u202eb';
    if (second !== undefined) second.accountName = 'x'.repeat(200);
    home.write(
      settingsFile(home.paths).slice(home.home.length + 1),
      '[accounts.*-prod]\nlabel = Live\n[production]\naccounts = *prod*\n',
    );
    await sync('--yes', '--role', 'ReadOnly*');
    const { stdout } = await runLine(['profiles', 'list'], home.env);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^PROFILE +ACCOUNT +ACCOUNT ID +LABEL +ROLE$/);
    expect(
      lines.filter((line) => /payments-prod +111122223347 +Live +ReadOnlyAccess$/.test(line)),
    ).toHaveLength(1);
    expect(stdout).not.toMatch(/\u001b|\u202e|x{70}/);
    const { stdout: json } = await runLine(['profiles', 'list', '--json'], home.env);
    expect(JSON.parse(json)).toContainEqual(
      expect.objectContaining({ accountName: 'payments-prod', label: 'Live', color: null, production: true }),
    );
  });

  it('two at once leave the same as one', async () => {
    const both = await Promise.all([sync('--yes'), sync('--yes')]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const text = config();
    expect(JSON.parse((await sync('--json')).stdout)).toMatchObject({ changed: false });
    expect(text.match(/^\[profile /gm)).toHaveLength(7);
  });

  it.each([
    ['\ufeff[default]\n', /config, line 1: .*byte order mark/],
    ['[default]\nregion = x\nregion = y\n', /config, line 3: the key region appears a second time/],
    ['[profile a]\n[profile a]\n', /config, line 2: the section \[profile a\] appears a second time/],
  ])('refuses a config that botocore refuses, before it asks AWS: %j', async (text, words) => {
    home.config(text);
    const { code, stderr } = await sync('--session', 'corp', '--yes');
    expect(code).toBe(1);
    expect(stderr).toMatch(words);
    expect(config()).toBe(text);
    expect(home.idc.count('ListAccounts')).toBe(0);
  });

  it('says that a sign-in is needed, and opens nothing', async () => {
    home.config(config().replaceAll('corp', 'other'));
    const { code, stderr } = await sync('--yes');
    expect(code).toBe(4);
    expect(stderr).toContain('awsher login other');
  });

  it.skipIf(!hasScript)('asks on a terminal, and takes no for an answer', async () => {
    const before = config();
    expect(await onTerminal('n')).toBe(3);
    expect(config()).toBe(before);
    expect(await onTerminal('y')).toBe(0);
    expect(config()).toContain('[profile payments-dev_ReadOnlyAccess]');
  });

  /** Runs the command on a terminal of its own and presses one key at the question. */
  async function onTerminal(key: string): Promise<number | null> {
    const line = `stty cols 100 rows 40; exec '${process.execPath}' '${COMMAND}' profiles sync`;
    const child = spawn('script', ['-qefc', line, '/dev/null'], { env: { ...home.env, TERM: 'xterm' } });
    let seen = '';
    let pressed = false;
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      seen += chunk;
      if (pressed || !seen.includes('Write this?')) return;
      pressed = true;
      child.stdin.write(key);
    });
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    expect(pressed, seen).toBe(true);
    return code;
  }
});

it.skipIf(process.platform === 'win32')('a reader that has seen enough is no error', async () => {
  await start({ accounts: 20, rolesPerAccount: 50 });
  expect((await sync('--yes')).code).toBe(0);
  const line = `'${process.execPath}' '${COMMAND}' profiles list | head -1; echo "\${PIPESTATUS[0]}"`;
  const shell = startTool('bash', ['-c', line], home.env, home.home);
  const { stdout, stderr } = await shell.finished;
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^PROFILE .*\n0\n$/);
});
