import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../../native-host/programs/cli/commands.ts';
import { runProgram } from '../../../../native-host/programs/cli/program.ts';
import { testContext } from '../../../support/credentials/context.ts';
import { type Home, openHome } from '../../../support/credentials/home.ts';

let home: Home;
beforeAll(async () => {
  home = await openHome();
  home.config('[sso-session corp]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = us-east-1\n');
});
afterAll(() => home.close());

/** Nothing of what is typed here changes the home. */
async function run(...argv: string[]) {
  const { context, stdout } = testContext(home.env);
  const error = await runProgram(context, argv).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { stdout: stdout(), error };
}

describe('awsher help', () => {
  it('lists every command once, in groups, with examples', async () => {
    const { stdout } = await run('help');
    for (const name of Object.keys(COMMANDS)) expect(stdout.split(`\n  ${name} `)).toHaveLength(2);
    const groups = ['Every day:', 'Accounts:', 'Understand:', 'Set up:', 'For programs:', 'Examples:'];
    expect(groups.map((group) => stdout.indexOf(`\n${group}`)).filter((at) => at > 0)).toHaveLength(6);
    expect(stdout.split('\n').every((line) => line.length <= 80)).toBe(true);
    expect((await run('--help')).stdout).toBe(stdout);
    expect((await run()).stdout).toBe(stdout);
  });

  it.each(Object.keys(COMMANDS))('%s', async (name) => {
    const { stdout, error } = await run('help', name);
    expect(error).toBeUndefined();
    expect(stdout).toMatch(new RegExp(`^Usage: awsher ${name} `));
    const sections = [...stdout.matchAll(/^([A-Z][\w ]+):$/gm)].map((match) => match[1]);
    const order = ['Arguments', 'Options', 'Commands', 'Options of every command', 'Examples'];
    expect(sections).toEqual(order.filter((one) => sections.includes(one)));
    expect(stdout.split('\n').filter((line) => line.length > 80 && !line.startsWith('  $ '))).toEqual([]);
    expect((await run(name, '--help')).stdout).toBe(stdout);
  });
});

/** Every command under the word of another: `profiles sync`. */
const UNDER = (
  await Promise.all(
    Object.values(COMMANDS).map(async (load) => {
      const command = await load();
      if (!('commands' in command)) return [];
      const { name } = command.declaration;
      return command.commands.map(({ declaration }) => [name, declaration.name] as const);
    }),
  )
).flat();

describe('awsher help of a command under another', () => {
  it.each(UNDER)('%s %s', async (name, word) => {
    const { stdout, error } = await run('help', name, word);
    expect(error).toBeUndefined();
    expect(stdout).toMatch(new RegExp(`^Usage: awsher ${name} ${word} `));
    expect(stdout).toContain('\nOptions of every command:');
    expect((await run(name, word, '--help')).stdout).toBe(stdout);
    expect((await run('help', name)).stdout).toMatch(new RegExp(`\\n {2}${word} `));
  });

  it('names the options of its own command alone', async () => {
    const { stdout } = await run('help', 'profiles', 'undo');
    expect(stdout).toContain('--force');
    expect(stdout).not.toContain('--template');
    expect((await run('profiles', 'list', '--force')).error).toMatchObject({
      message: 'There is no option `--force`.',
      hint: 'see `awsher help profiles list`',
    });
  });
});

describe('options of every command', () => {
  it.each([
    [['--json', 'status']],
    [['status', '--json']],
    [['--session', 'corp', '--json', 'status']],
    [['--session=corp', '-q', '--json', '--no-color', 'status']],
  ])('stand anywhere: %j', async (argv) => {
    expect(JSON.parse((await run(...argv)).stdout)).toMatchObject([{ session: 'corp', state: 'none' }]);
  });

  it.each([
    [['--json', 'profiles', 'list']],
    [['profiles', '--json', 'list']],
    [['profiles', 'list', '--json']],
  ])('also around two words: %j', async (argv) => {
    expect(JSON.parse((await run(...argv)).stdout)).toEqual([]);
  });

  it.each([[['--json', 'completion', 'bash']], [['completion', 'bash', '--json']]])(
    'also where they change nothing: %j',
    async (argv) => {
      expect((await run(...argv)).stdout).toBe((await run('completion', 'bash')).stdout);
    },
  );

  it('of the command that is run stay with it', async () => {
    const { error } = await run('--profile', 'x', 'exec', '--', 'sh', '--json');
    expect(error).toMatchObject({ code: 'PROFILE_UNKNOWN' });
  });
});

describe('a command line that is wrong', () => {
  it.each([
    [['nope'], 'There is no command `nope`.', 'see `awsher help`'],
    [['statsu'], 'There is no command `statsu`.', 'did you mean `status`? Otherwise see `awsher help`'],
    [['help', 'nope'], 'There is no command `nope`.', 'see `awsher help`'],
    [['--nope'], 'There is no option `--nope`.', 'see `awsher help`'],
    [['--json'], 'There is no option `--json`.', 'see `awsher help`'],
    [['status', '--nope'], 'There is no option `--nope`.', 'see `awsher help status`'],
    [['status', 'a', 'b'], 'There are too many arguments.', 'see `awsher help status`'],
    [['exec'], '`COMMAND` is missing.', 'see `awsher help exec`'],
    [
      ['profiles'],
      '`awsher profiles` needs a command.',
      'run `awsher profiles sync` or `awsher profiles list` or `awsher profiles undo`',
    ],
    [
      ['profiles', 'synk'],
      '`awsher profiles` has no command `synk`.',
      'did you mean `awsher profiles sync`?',
    ],
    [['help', 'saml', 'nope'], '`awsher saml` has no command `nope`.', 'see `awsher help saml`'],
    [['saml', 'login'], '`NAME` is missing.', 'see `awsher help saml login`'],
    [['login', '--timeout'], '`--timeout <SECONDS>` needs a value.', 'see `awsher help login`'],
    [
      ['import', 'x', '--format', 'yaml'],
      '`--format <FORMAT>` does not accept `yaml`. Use one of toml, ini, json.',
      'see `awsher help import`',
    ],
  ])('%j', async (argv, message, hint) => {
    const { stdout, error } = await run(...argv);
    expect(error).toMatchObject({ code: 'USAGE', message, hint });
    expect(stdout).toBe('');
  });
});
