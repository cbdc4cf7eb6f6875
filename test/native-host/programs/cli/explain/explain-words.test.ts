import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { command } from '../../../../../native-host/programs/cli/commands/explain.ts';
import { runCommand } from '../../../../support/credentials/context.ts';
import { corpConfig, type Home, openHome } from '../../../../support/credentials/home.ts';

let home: Home;
beforeEach(async () => {
  home = await openHome();
  home.config(
    corpConfig(
      home.idc,
      '[profile deploy]\nrole_arn = arn:aws:iam::444455556666:role/Deploy\nsource_profile = dev\nmfa_serial = arn:aws:iam::1:mfa/ana\n',
    ),
  );
  home.credentials('[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = plain-secret\n');
  await home.signIn();
});
afterEach(() => home.close());

const told = (args: string[], more = {}, env = {}) =>
  runCommand(command, { ...home.env, ...env }, {}, args, more);

describe('awsher explain', () => {
  it('draws the chain of a role, each hop with its place, token and cache', async () => {
    const { code, stdout } = await told(['deploy']);
    expect(code).toBe(0);
    expect(stdout).toContain('deploy → role to assume: role arn:aws:iam::444455556666:role/Deploy');
    expect(stdout).toMatch(/✓ role to assume .*\n[^\n]*profile dev\. {5,}~\/\.aws\/config:\d+\n/);
    expect(stdout).toMatch(/│ {2}╰─ profile dev/);
    expect(stdout).toMatch(/✓ Identity Center/);
    expect(stdout).toMatch(/token +until .* is good/);
    expect(stdout).toContain('JavaScript, Go: take the keys of the profile dev (~/.aws/credentials:2)');
  });

  it.each([80, 120])('keeps within %i columns', async (columns) => {
    const stdout = { isTTY: false, columns, write: (text: string) => void written.push(text) };
    const written: string[] = [];
    await told(['deploy'], { stdout }, { AWS_PROFILE: 'dev', AWS_REGION: 'eu-west-1' });
    for (const line of written.join('').split('\n')) expect([...line].length).toBeLessThanOrEqual(columns);
    expect(written.join('')).toContain('╰─');
  });

  it('is plain ASCII where the locale has no more, and carries no colour then', async () => {
    const { stdout } = await told(['dev'], {}, { LANG: 'C' });
    expect(stdout).toContain('|- * Identity Center');
    expect(stdout).toMatch(/^[\n -~]*$/);
  });

  it('shows no secret, and colours only a terminal', async () => {
    const { stdout } = await told(['dev']);
    for (const secret of [...home.idc.secrets, 'plain-secret', 'AKIAIOSFODNN7EXAMPLE'])
      expect(stdout).not.toContain(secret);
    expect(stdout).not.toContain('\u001b');
    const written: string[] = [];
    const terminal = { isTTY: true, columns: 80, write: (text: string) => void written.push(text) };
    await told(['dev'], { stdout: terminal }, { NO_COLOR: '' });
    expect(written.join('')).toContain('\u001b[32m');
  });

  it('asks nobody and writes nothing', async () => {
    const before = home.idc.requests.length;
    const file = home.tokenFile('corp').slice(home.home.length + 1);
    const text = home.read(file);
    await told(['dev']);
    expect(home.idc.requests.length).toBe(before);
    expect(home.read(file)).toBe(text);
    expect(home.has('.aws/cli')).toBe(false);
  });

  it('ends with the code of the error that any command would meet', async () => {
    expect((await told(['devv'])).code).toBe(2);
    home.config('[profile x]\nnonsense\n');
    expect((await told(['x'])).code).toBe(1);
  });
});
