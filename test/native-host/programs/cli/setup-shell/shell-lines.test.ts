import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHELLS, shellLines } from '../../../../../native-host/programs/cli/setup-shell/shell-lines.ts';
import { awsher } from '../../../../support/awsher.ts';
import { shellEnv } from '../../../../support/shell-env.ts';

// needs: zsh fish

const own = { node: 'C:\\Program Files\\nodejs\\node.exe', script: "C:\\Users\\O'Hara\\awsher\\awsher.js" };
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'awsher-shell-'));
  for (const name of ['aws', 'aws-sso-util', 'aws-vault']) {
    writeFileSync(join(folder, name), '#!/bin/sh\nprintf "%s|" "$0" "$BROWSER" "$@"\n');
    chmodSync(join(folder, name), 0o755);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function has(shell: string): boolean {
  try {
    // fish would make itself folders at home.
    execFileSync(shell, ['-c', 'exit 0'], { stdio: 'ignore', env: { ...process.env, HOME: '/dev/null' } });
    return true;
  } catch {
    return false;
  }
}

const RULES = {
  bash: 'shopt -s failglob extglob nocasematch; IFS=:',
  zsh: 'setopt ksharrays shwordsplit nonomatch extendedglob',
  fish: '',
};

describe.each(['bash', 'zsh', 'fish'] as const)('the lines for %s, in the real shell', (shell) => {
  const run = (more: string, browser?: string) => {
    const env = {
      ...shellEnv(folder, browser ? { BROWSER: browser } : {}),
      PATH: `${folder}:${process.env.PATH}`,
    };
    return execFileSync(shell, ['-c', `${shellLines(shell, 'linux', own)}\n${more}`], {
      env,
      encoding: 'utf8',
    });
  };

  it.runIf(has(shell))('give each command its own browser, and keep the words', () => {
    for (const name of ['aws', 'aws-sso-util', 'aws-vault']) {
      expect(run(`${name} sso login --profile 'a b'`)).toBe(
        `${join(folder, name)}|awsher open-url %s|sso|login|--profile|a b|`,
      );
    }
  });

  /** The start-up file of somebody who has `before` in it, then our lines, twice, and then `after`. */
  const startUp = (before: string, after: string) => {
    const lines = shellLines(shell, 'linux', own);
    const file = join(folder, `start.${shell}`);
    const aliases = shell === 'bash' ? 'shopt -s expand_aliases' : '';
    writeFileSync(file, [aliases, before, lines, lines, after, '\necho\necho the rest'].join('\n'));
    const env = { ...shellEnv(folder), PATH: `${folder}:${process.env.PATH}` };
    const { stdout, stderr } = spawnSync(shell, [file], { env, encoding: 'utf8' });
    return stderr + stdout;
  };
  const is = (fish: string, posix: string) => (shell === 'fish' ? fish : posix);
  const plain = () => `${join(folder, 'aws')}|awsher open-url %s|sso|login|\nthe rest\n`;
  const wrapped = () => 'op awsher open-url %s|plugin run -- aws sso login\nthe rest\n';

  const befores: [string, string, () => string][] = [
    ["1Password's alias", "alias aws='op plugin run -- aws'", wrapped],
    [
      'a function of the name',
      is('function aws; op plugin run -- aws $argv; end', 'aws() { op plugin run -- aws "$@"; }'),
      wrapped,
    ],
    [
      'a function that calls the program',
      is('function aws; command aws $argv; end', 'function aws { command aws "$@"; }'),
      plain,
    ],
    [
      'aliases of awsher and of what else gets a function',
      is('alias awsher=echo', 'alias awsher=echo aws-vault=nice aws-sso-util=true'),
      plain,
    ],
    ["z's cd", is('function cd; echo no; end', 'cd() { echo no; }; alias cd=z'), plain],
    [
      'aliases of builtins',
      is('', "alias command='echo 1' builtin='echo 2' eval='echo 3' declare='echo 4' local='echo 5'"),
      plain,
    ],
    [
      'functions of the names of builtins',
      is('', 'command() { echo 1; }; eval() { echo 2; }; declare() { echo 3; }'),
      plain,
    ],
    ['a shell that takes nothing unset and no failure', is('', 'set -euo pipefail'), plain],
    [
      'aliases of reserved words and of all that our lines say',
      is(
        '',
        "alias case=no if=no function=no export=no local=no declare=no '{=no' esac=no in=no set=no unset=no",
      ),
      plain,
    ],
    ['the mode of sh', { bash: 'set -o posix; set -e', zsh: 'emulate sh; set -e', fish: '' }[shell], plain],
    [
      'a BROWSER that is read-only',
      is('', 'readonly BROWSER=mine; export BROWSER'),
      () => `${join(folder, 'aws')}|mine|sso|login|\nthe rest\n`,
    ],
    ['other rules of words', RULES[shell], plain],
  ];
  it.runIf(has(shell)).each(befores.filter(([, before]) => before !== ''))(
    'load, and count, after %s',
    (_, before, expected) => {
      writeFileSync(join(folder, 'op'), '#!/bin/sh\nprintf "op %s|%s" "$BROWSER" "$*"\n', { mode: 0o755 });
      expect(startUp(before, 'aws sso login')).toBe(expected());
    },
  );

  it.runIf(has(shell))('change the profile of this shell, whatever is aliased', () => {
    const script = `#!/bin/sh\n[ "$1 $2 $3 $4" = "use dev --format ${is('fish', 'env')}" ] && echo "${is('set -gx AWS_PROFILE dev', 'export AWS_PROFILE=dev')}"\n`;
    writeFileSync(join(folder, 'awsher'), script, { mode: 0o755 });
    const before = is(
      `function awsher; ${join(folder, 'awsher')} $argv; end`,
      `awsher() { ${join(folder, 'awsher')} "$@"; }; alias cd=z command=false eval=false local=false`,
    );
    for (const one of ['', before, is('', 'IFS=:')])
      expect(startUp(one, 'awsher use dev\necho $AWS_PROFILE')).toBe('dev\n\nthe rest\n');
  });

  it.runIf(has(shell))('keep the browser of before as the next choice, and leave it as it was', () => {
    const shown = shell === 'fish' ? 'echo $BROWSER' : 'echo "$BROWSER"';
    expect(run(`aws; echo; ${shown}`, 'my-browser %s')).toBe(
      `${join(folder, 'aws')}|awsher open-url %s:my-browser %s|\nmy-browser %s\n`,
    );
  });
});

it.runIf(has('dash'))('the lines for bash, in a ~/.profile that dash reads, do and say nothing', () => {
  const script = `set -eu\n${shellLines('bash', 'linux', own)}\ncommand -v aws; echo the rest`;
  const { stdout, stderr, status } = spawnSync('dash', ['-c', script], {
    env: { ...shellEnv(folder), PATH: `${folder}:${process.env.PATH}` },
    encoding: 'utf8',
  });
  expect({ stdout, stderr, status }).toEqual({
    stdout: `${join(folder, 'aws')}\nthe rest\n`,
    stderr: '',
    status: 0,
  });
});

it('leave out what does not ask $BROWSER on macOS', () => {
  expect(shellLines('zsh', 'darwin', own)).not.toContain('aws-vault');
});

it('on Windows name node itself, in words that a POSIX splitter reads', () => {
  const lines = shellLines('powershell', 'win32', own);
  expect(lines).toContain(
    `@('"C:/Program Files/nodejs/node.exe" "C:/Users/O''Hara/awsher/awsher.js" open-url %s', $before)`,
  );
  expect(lines).toContain("-join ';'");
});

describe('awsher setup-shell', () => {
  it.each(SHELLS)('prints them for %s', async (shell) => {
    const { code, stdout, stderr } = await awsher(['setup-shell', shell], shellEnv(folder), folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('open-url %s');
    expect(stdout).not.toMatch(/^export /m);
  });

  it('takes the login shell, and says which ones it knows', async () => {
    const zsh = await awsher(['setup-shell'], shellEnv(folder, { SHELL: '/usr/bin/zsh' }), folder);
    expect(zsh.stdout).toContain('function aws {');
    const none = { code: 2, stderr: expect.stringMatching(/knows bash, .*, not t?csh\..*\n.*`env BROWSER=/) };
    expect(await awsher(['setup-shell', 'tcsh'], shellEnv(folder), folder)).toMatchObject(none);
    const csh = shellEnv(folder, { SHELL: '/bin/csh' });
    expect(await awsher(['setup-shell'], csh, folder)).toMatchObject(none);
  });
});
