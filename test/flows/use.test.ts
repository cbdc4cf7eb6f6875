import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeCatalogue } from '../../native-host/features/catalogue/store.ts';
import { COMMAND } from '../support/awsher.ts';
import { runLine } from '../support/command-line.ts';
import { type Home, openHome } from '../support/credentials/home.ts';
import { hasTerminal, onTerminal } from '../support/terminal.ts';

const has = (shell: string) =>
  spawnSync(shell, ['-c', 'exit 0'], { env: { ...process.env, HOME: '/dev/null' } }).status === 0;

let home: Home;
let env: Record<string, string>;
beforeEach(async () => {
  home = await openHome();
  const { startUrl, region } = home.idc;
  const profile = (name: string, accountId: string) =>
    `[profile ${name}]\nsso_session = corp\nsso_account_id = ${accountId}\nsso_role_name = Admin\nregion = eu-west-1\n`;
  home.config(
    `[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = ${region}\nsso_registration_scopes = sso:account:access\n\n` +
      `${profile('dev', '111111111111')}\n${profile('prod', '222222222222')}`,
  );
  const bin = join(home.home, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'awsher'), `#!/bin/sh\nexec '${process.execPath}' '${COMMAND}' "$@"\n`);
  chmodSync(join(bin, 'awsher'), 0o755);
  env = { ...home.env, PATH: `${bin}:${home.env.PATH}`, TERM: 'xterm' };
});
afterEach(() => home.close());

describe('awsher use', () => {
  it('prints the line for each shell, and no key', async () => {
    const use = async (...args: string[]) => (await runLine(['use', ...args], env)).stdout;
    expect(await use('dev')).toBe('export AWS_PROFILE=dev\n');
    expect(await use('dev', '--format', 'fish')).toBe('set -gx AWS_PROFILE "dev"\n');
    expect(await use('dev', '--format', 'powershell')).toBe('$Env:AWS_PROFILE="dev"\n');
    expect(await use('--off', '--format', 'env')).toBe('unset AWS_PROFILE\n');
  });

  it('knows the nearest name, and needs a terminal or a name', async () => {
    expect(await runLine(['use', 'deb'], env)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('did you mean dev?'),
    });
    expect(await runLine(['use'], env)).toMatchObject({ code: 2, stdout: '' });
  });

  it.each(['bash', 'zsh', 'fish'])('changes the shell that it is typed in: %s', (shell) => {
    if (!has(shell)) return;
    const load =
      shell === 'fish' ? 'awsher setup-shell fish | source' : `eval "$(awsher setup-shell ${shell})"`;
    const code = shell === 'fish' ? '$status' : '$?';
    const lines = [
      load,
      'awsher use prod',
      'echo "now $AWS_PROFILE"',
      'awsher use nope',
      `echo "code ${code} $AWS_PROFILE"`,
      'awsher use --off',
      'echo "off [$AWS_PROFILE]"',
      'awsher use --help',
      'awsher --version',
    ];
    const { stdout, stderr } = spawnSync(shell, ['-c', lines.join('\n')], { env, encoding: 'utf8' });
    expect(stdout).toContain('now prod\n');
    expect(stdout).toContain('code 2 prod\n');
    expect(stdout).toContain('off []\n');
    expect(stdout).toMatch(/Usage: awsher use[\s\S]+\n\d+\.\d+\.\d+(-rc\.\d+)?\n$/);
    expect(stderr).toContain('✓ prod');
  });
});

describe.runIf(hasTerminal)('the picker, on a real terminal', () => {
  const answer = () => readFileSync(join(home.home, 'answer'), 'utf8');
  const line = (command: string) =>
    `stty -a > before; ${command} > answer; echo "code $?"; stty -a > after; cmp before after && echo same`;
  const run = (command: string, ...steps: [RegExp, string][]) =>
    onTerminal(`cd '${home.home}'; ${line(command)}`, env, ...steps);

  it('takes what was searched for; stdout has the answer alone, and the terminal is as before', async () => {
    const screen = await run('awsher use', [/Which profile\?[\s\S]*esc to cancel/, '2222'], [/1 of 2/, '\r']);
    expect(screen).toMatch(/code 0[\s\S]*same/);
    expect(answer()).toBe('export AWS_PROFILE=prod\n');
    // What was used comes first the next time.
    await run('awsher use', [/esc to cancel/, '\r']);
    expect(answer()).toBe('export AWS_PROFILE=prod\n');
  });

  it.each([
    ['esc', '\u001b', 3],
    ['Ctrl-C', '\u0003', 130],
  ])('is left by %s', async (_, keys, code) => {
    const screen = await run('awsher use', [/esc to cancel/, keys]);
    expect(screen).toMatch(new RegExp(`code ${code}[\\s\\S]*same`));
    expect(answer()).toBe('');
  });

  it('moves by arrows, and serves every command that needs a profile', async () => {
    await home.signIn();
    home.idc.accounts.splice(0, 3, { accountId: '222222222222', roles: ['Admin'] });
    await run('awsher export --format dotenv', [/esc to cancel/, '\u001b[B'], [/❯[^\n]*prod/, '\r']);
    expect(answer()).toContain('AWS_ACCESS_KEY_ID=');
    const screen = await run('awsher exec -- printenv AWS_REGION', [/esc to cancel/, '\r']);
    expect(screen).toContain('code 0');
    expect(answer()).toBe('eu-west-1\n');
  });

  it('gives a role without a profile one', async () => {
    const { startUrl, region } = home.idc;
    const account = { accountName: 'Data Lake', emailAddress: '', rolesAsOf: 1, problem: null } as const;
    writeCatalogue(home.paths, {
      session: 'corp',
      startUrl,
      region,
      accountsAsOf: 1,
      accounts: [{ ...account, accountId: '333333333333', roles: ['Billing'] }],
    });
    await run('awsher use', [/esc to cancel/, 'lake bill'], [/1 of 3/, '\r']);
    expect(answer()).toMatch(/^export AWS_PROFILE=data-lake_Billing\n$/);
    expect(home.read('.aws/config')).toContain('sso_account_id = 333333333333');
  });

  it('lists while it is open, where nothing was listed yet', async () => {
    const { startUrl, region } = home.idc;
    await home.signIn();
    home.config(
      `[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = ${region}\nsso_registration_scopes = sso:account:access\n`,
    );
    const { accountName, accountId } = home.idc.accounts[2] ?? {};
    await run('awsher use', [/payments-prod · ReadOnly[\s\S]* 6 ·/, `${accountName} read`], [/1 of 6/, '\r']);
    expect(answer()).toMatch(/^export AWS_PROFILE=payments-prod_ReadOnlyAccess\n$/);
    expect(home.read('.aws/config')).toContain(`sso_account_id = ${accountId}`);
  });

  it('asks which session, where there are several', async () => {
    const { startUrl, region } = home.idc;
    await home.signIn();
    home.config(
      `${home.read('.aws/config')}\n[sso-session other]\nsso_start_url = https://other.awsapps.com/start\nsso_region = ${region}\n`,
    );
    expect(startUrl).toContain('corp');
    await run('awsher accounts --json', [/Which session\?[\s\S]*esc to cancel/, 'corp'], [/1 of 2/, '\r']);
    expect(JSON.parse(answer())).toHaveLength(3);
  });
});
