import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awsher, startAwsher } from '../support/awsher.ts';
import { runLine } from '../support/command-line.ts';
import { type Home, openHome } from '../support/credentials/home.ts';

let home: Home;
afterEach(() => home.close());

async function signedIn(options: Parameters<typeof openHome>[0]): Promise<void> {
  home = await openHome(options);
  const { startUrl, region } = home.idc;
  home.config(
    `[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = ${region}\nsso_registration_scopes = sso:account:access\n`,
  );
  await home.signIn('corp');
}

const accounts = (...args: string[]) => runLine(['accounts', ...args], home.env);
const roleCalls = () => home.idc.count('ListAccountRoles', { status: 200 });

describe('awsher accounts', () => {
  const payments = { accountId: '111111111111', accountName: 'Payments', emailAddress: 'pay@example.com' };
  beforeEach(() =>
    signedIn({
      accounts: [
        { ...payments, roles: ['Admin', 'ReadOnly'] },
        { accountId: '222222222222', accountName: 'Search', emailAddress: 's@example.com', roles: ['Admin'] },
        { accountId: '333333333333', roles: [] },
      ],
    }),
  );

  it('answers as JSON, and the second time asks for the list of accounts alone', async () => {
    const first = await accounts('--json');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(first.stdout)).toEqual([
      { ...payments, roles: ['Admin', 'ReadOnly'] },
      { accountId: '222222222222', accountName: 'Search', emailAddress: 's@example.com', roles: ['Admin'] },
      { accountId: '333333333333', accountName: '', emailAddress: '', roles: [] },
    ]);
    const asked = roleCalls();
    expect((await accounts('--json')).stdout).toBe(first.stdout);
    expect([asked, roleCalls()]).toEqual([3, 3]);
    expect((await accounts('--json', '--refresh')).stdout).toBe(first.stdout);
    expect(roleCalls()).toBe(6);
    expect((await accounts('--json', '--cached')).stdout).toBe(first.stdout);
    expect(home.idc.count('ListAccounts')).toBe(3);
  });

  it('shows a table, and says what is new and gone since', async () => {
    const first = await accounts();
    expect(first.stdout).toMatch(/^111111111111 {2}Payments +Admin, ReadOnly$/m);
    expect(first.stdout).toMatch(/^333333333333 +no role$/m);
    home.idc.accounts.splice(1, 1, { accountId: '444444444444', accountName: 'New', roles: ['Billing'] });
    const second = await accounts();
    expect(second).toMatchObject({ code: 0 });
    expect(second.stdout).toMatch(/^444444444444 {2}New +Billing$/m);
    expect(second.stderr).toBe('+ New (444444444444)\n- Search (222222222222)\n');
  });

  it('searches in names, numbers, e-mail addresses and roles', async () => {
    const found = async (text: string) => JSON.parse((await accounts('--json', '--search', text)).stdout);
    expect(await found('pay READ')).toEqual([{ ...payments, roles: ['ReadOnly'] }]);
    expect(await found('pay@example')).toEqual([{ ...payments, roles: ['Admin', 'ReadOnly'] }]);
    expect(await found('admin')).toHaveLength(2);
    expect(await found('nowhere')).toEqual([]);
    // As the list to type in: letter by letter.
    expect(await found('pyrdonly')).toEqual([{ ...payments, roles: ['ReadOnly'] }]);
  });

  it('writes CSV with a line for each role', async () => {
    Object.assign(home.idc.accounts[1] ?? {}, { accountName: '=cmd|"x", y' });
    const { stdout } = await accounts('--csv');
    expect(stdout.split('\r\n')).toEqual([
      'accountId,accountName,emailAddress,role',
      '111111111111,Payments,pay@example.com,Admin',
      '111111111111,Payments,pay@example.com,ReadOnly',
      `222222222222,"'=cmd|""x"", y",s@example.com,Admin`,
      '333333333333,,,\n',
    ]);
  });

  it('reports a suspended account, and shows the rest', async () => {
    home.idc.options.forbiddenAccounts = ['111111111111'];
    const { code, stdout } = await accounts();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^111111111111 {2}Payments +no access/m);
    expect(stdout).toMatch(/^222222222222 {2}Search +Admin$/m);
  });

  it('needs a sign-in: exit 4, and nothing on stdout', async () => {
    home.idc.revokeTokens();
    home.idc.endPortalSessions();
    const { code, stdout, stderr } = await accounts('--json');
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toContain('awsher login corp');
  });
});

it('keeps hostile names off the terminal, and gives them to programs as they are', async () => {
  const accountName = '\u001b[31mred\u001b]0;title\u0007 ]\n[profile x]\u202egnp.exe';
  const roles = ['Admin', 'bad role\nname', 'x'.repeat(65)];
  await signedIn({ accounts: [{ accountId: '111111111111', accountName, roles }] });
  const table = await accounts();
  expect(table.stdout.trimEnd().split('\n')).toHaveLength(1);
  expect(table.stdout).toMatch(/^[^\u001b\u0007\u202e]*Admin\n$/);
  expect(table.stderr).toBe(
    '! 2 roles have names that AWS does not allow; left out (--json shows everything)\n',
  );
  expect(JSON.parse((await accounts('--json')).stdout)).toEqual([
    { accountId: '111111111111', accountName, emailAddress: '', roles },
  ]);
});

it('goes on where it was killed', async () => {
  await signedIn({ accounts: 30, rolesPerAccount: 1 });
  const killed = startAwsher(['accounts'], home.env);
  await killed.until(/(?:^\d{12} .*\n[\s\S]*){18}/m);
  killed.child.kill('SIGKILL');
  await killed.finished;
  const { code, stdout } = await awsher(['accounts', '--json'], { ...home.env, AWS_EXECUTION_ENV: 'second' });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(home.idc.accounts);
  // What was under way at the kill is asked twice, and may be answered only now: what the second one asked is told by its name.
  const second = home.idc.requests.filter(({ userAgent }) => userAgent.includes('second'));
  expect(second.length).toBeGreaterThan(0);
  expect(second.filter(({ operation }) => operation === 'ListAccountRoles').length).toBeLessThanOrEqual(12);
});

it('makes one listing for two at once, whoever of them lives longer', async () => {
  await signedIn({ accounts: 30, rolesPerAccount: 1 });
  const one = startAwsher(['accounts'], home.env);
  await one.until(/^\d{12} /m);
  const other = startAwsher(['accounts', '--json'], home.env);
  const table = startAwsher(['accounts'], home.env);
  const [first, second, third] = await Promise.all([one.finished, other.finished, table.finished]);
  expect([first.code, second.code, third.code]).toEqual([0, 0, 0]);
  expect(JSON.parse(second.stdout)).toEqual(home.idc.accounts);
  expect(third.stdout.trimEnd().split('\n')).toHaveLength(30);
  expect(roleCalls()).toBe(30);
});
