import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fastCredentialProcess } from '../../../../native-host/aws/resolver/cached-credentials.ts';
import { command as credentialProcess } from '../../../../native-host/programs/cli/commands/credential-process.ts';
import { fastStatus } from '../../../../native-host/programs/cli/commands/status.ts';
import { runCommand, testContext } from '../../../support/credentials/context.ts';
import { corpConfig, type Home, openHome } from '../../../support/credentials/home.ts';

let home: Home;

beforeEach(async () => {
  home = await openHome();
  const up = '[profile up]\nrole_arn = arn:aws:iam::444455556666:role/R\nsource_profile = dev\n';
  home.config(corpConfig(home.idc, `${up}[profile k]\naws_access_key_id = A\naws_secret_access_key = s\n`));
  await home.signIn();
});
afterEach(() => home.close());

function fast(
  argv: string[],
  env: Record<string, string> = {},
  now: () => number = () => Date.now(),
): string | null {
  return fastCredentialProcess({ ...home.env, ...env }, argv, {
    platform: 'linux',
    homedir: () => home.home,
    now,
  });
}

const slow = async (profile: string) =>
  (await runCommand(credentialProcess, home.env, { profile })).stdout.trim();

describe('the fast lane of credential-process', () => {
  it.each(['dev', 'up'])(
    'says what the command says, as soon as there is something in the cache: %s',
    async (profile) => {
      expect(fast(['credential-process', '--profile', profile])).toBeNull();
      const answer = await slow(profile);
      expect(fast(['credential-process', '--profile', profile])).toBe(answer);
      expect(fast(['--quiet', 'credential-process', `--profile=${profile}`])).toBe(answer);
      expect(fast(['credential-process'], { AWS_PROFILE: profile })).toBe(answer);
    },
  );

  it('leaves to the command what ends within 15 minutes, by the clock of AWS', async () => {
    await slow('dev');
    expect(
      fast(['credential-process', '--profile', 'dev'], {}, () => Date.now() + 44 * 60_000),
    ).not.toBeNull();
    expect(fast(['credential-process', '--profile', 'dev'], {}, () => Date.now() + 46 * 60_000)).toBeNull();
  });

  it.each([
    [['credential-process', '--profile', 'k']],
    [['credential-process', '--profile', 'nobody']],
    [['credential-process', '--profile', 'dev', '--verbose']],
    [['credential-process', '--profile']],
    [['credential-process', '--profile', '--quiet']],
    [['credential-process', '--profile=']],
    [['credential-process', '--help']],
    [['credential-process', 'dev']],
    [['export', '--profile', 'dev']],
    [[]],
  ])('leaves %j to the command', async (argv) => {
    await slow('dev');
    expect(fast(argv)).toBeNull();
  });

  it('leaves keys in the environment and a config that SDKs reject to the command', async () => {
    await slow('dev');
    const keys = { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 's', AWS_PROFILE: 'dev' };
    expect(fast(['credential-process'], keys)).toBeNull();
    home.config(`${corpConfig(home.idc)}[profile dev]\n`);
    expect(fast(['credential-process', '--profile', 'dev'])).toBeNull();
  });
});

describe('the fast lane of status', () => {
  it('says what the command says', () => {
    const { context, stdout } = testContext(home.env);
    expect(fastStatus(context, ['status', '--json'])).toBe(true);
    expect(JSON.parse(stdout())).toMatchObject([{ session: 'corp', state: 'valid' }]);
  });

  it.each([
    [['status', '--verbose']],
    [['status', 'a', 'b']],
    [['login']],
    [[]],
    [['--json', 'status', '--session', 'x']],
  ])('leaves %j to the command', (argv) => {
    const { context, stdout } = testContext(home.env);
    expect(fastStatus(context, argv)).toBe(false);
    expect(stdout()).toBe('');
  });
});
