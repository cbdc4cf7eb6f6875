import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../../../native-host/programs/cli/commands.ts';
import { commandLine } from '../../../../../native-host/programs/cli/completion/model.ts';
import { awsher, COMMAND } from '../../../../support/awsher.ts';
import { shellEnv } from '../../../../support/shell-env.ts';

// needs: zsh fish

let folder: string;
let env: Record<string, string>;
const script = (shell: string) => join(folder, `completion.${shell}`);

/** Sections of a hostile config: none of these may run, and none may be offered. */
const HOSTILE = [
  '[profile $(touch ran)]',
  '[profile `touch ran`]',
  '[profile a;touch ran]',
  "[profile 'two words']",
];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'awsher-completion-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'awsher'), `#!/bin/sh\nexec '${process.execPath}' '${COMMAND}' "$@"\n`);
  chmodSync(join(bin, 'awsher'), 0o755);
  env = { ...shellEnv(folder), PATH: `${bin}${delimiter}${process.env.PATH}`, TERM: 'dumb' };
  mkdirSync(join(folder, '.aws'));
  const sections = [
    '[profile dev]',
    '[profile deploy]',
    '[profile a:b]',
    '[profile a:c]',
    '[sso-session corp]',
    ...HOSTILE,
  ];
  writeFileSync(join(folder, '.aws/config'), `${sections.join('\nregion = x\n')}\nregion = x\n`);
  writeFileSync(join(folder, 'a file.txt'), '');
  for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
    const { code, stdout } = await awsher(['completion', shell], env);
    expect(code).toBe(0);
    writeFileSync(script(shell), stdout);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(program: string, args: string[], input = ''): string {
  const { stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    input,
    timeout: 30_000,
  });
  if (error) throw error;
  expect(stderr.replace(/^.*(job control|ioctl).*$/gm, '').trim()).toBe('');
  return stdout;
}

/** What bash itself would offer at the end of a line: the function is called with the variables that bash sets. */
function bash(line: string): string[] {
  const code = `. ${script('bash')}
COMP_LINE=$1 COMP_POINT=\${#1} COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'
_awsher awsher
for one in "\${COMPREPLY[@]}"; do printf '%s\\n' "$one"; done`;
  return run('bash', ['--norc', '--noprofile', '-c', code, 'test', line]).split('\n').filter(Boolean);
}

/**
 * A real interactive zsh in a terminal of its own: a Tab is typed, and the line is printed. Typed is only once the prompt
 * is there, for what comes earlier is echoed by the terminal and by the line editor, in any order; and only what follows
 * the prompt is looked at. Which completions zsh itself has it asks once, and keeps.
 */
function zsh(line: string): string {
  const code = `zmodload zsh/zpty
zpty shell zsh -f -i
send() { zpty -w shell "$1" }
send 'RPS1= ; unsetopt zle_bracketed_paste 2>/dev/null; autoload -Uz compinit && compinit -u -C -d ${join(folder, 'zcompdump')}; source ${script('zsh')}'
send 'show() { print -r -- "LI""NE<$BUFFER>" }; zle -N show; bindkey "^X" show; bindkey "^I" complete-word; PS1=PROM"PT>"'
zpty -r -m shell all '*PROMPT>*'
zpty -w -n shell ${JSON.stringify(line)}$'\t\x18'
zpty -r -m shell all '*LINE<*>*'
print -r -- "$all"
zpty -d shell`;
  const output = run('zsh', ['-f', '-c', code]);
  return /LINE<([^>]*)>/.exec(output)?.[1] ?? output;
}

function fish(line: string): string[] {
  const code = `source ${script('fish')}; complete -C $argv[1]`;
  return run('fish', ['--no-config', '-c', code, line])
    .split('\n')
    .map((text) => text.split('\t')[0] ?? '')
    .filter(Boolean);
}

const has = (program: string) => spawnSync(program, ['--version']).status === 0;

describe.skipIf(!has('bash'))('completion in bash', () => {
  it('offers every command, and only those that begin so', async () => {
    const { commands } = await commandLine(COMMANDS);
    expect(bash('awsher ')).toEqual(commands.map(({ name }) => name));
    expect(bash('awsher lo')).toEqual(['login', 'logout']);
    expect(bash('awsher -')).toEqual(['--help', '--version']);
  });

  it('offers the options of the command', () => {
    expect(bash('awsher login --no')).toEqual(['--no-browser', '--no-color']);
    expect(bash('awsher status --no')).toEqual(['--no-color']);
  });

  it('offers values: choices, names of the config, ids of browsers, files', () => {
    expect(bash('awsher export --format p')).toEqual(['powershell']);
    expect(bash('awsher export --format=env')).toEqual(['env', 'env-no-export']);
    expect(bash('awsher login ')).toEqual(['corp']);
    expect(bash('awsher exec --profile de')).toEqual(['dev', 'deploy']);
    expect(bash('awsher install --browser fire')).toEqual(['firefox', 'firefox-developer']);
    expect(bash('awsher doctor --report a')).toEqual(['a file.txt']);
    expect(bash('awsher exec --profile dev -- a')).toEqual(['a file.txt']);
  });

  it('replaces only what follows a colon, because bash does', () => {
    expect(bash('awsher export --profile a:')).toEqual(['b', 'c']);
  });

  it('knows which word is the argument', () => {
    expect(bash('awsher login --browser x ')).toEqual(['corp']);
    expect(bash('awsher login --timeout 5 corp ')).toEqual([]);
    expect(bash('awsher login --region ')).toEqual([]);
  });
});

describe.skipIf(!has('zsh'))(
  `completion in zsh${has('zsh') ? '' : ' (skipped: there is no zsh here)'}`,
  () => {
    it.each([
      ['awsher stat', 'awsher status '],
      ['awsher export --format fi', 'awsher export --format fish '],
      ['awsher export --format=fi', 'awsher export --format=fish '],
      ['awsher login co', 'awsher login corp '],
      ['awsher exec --profile dep', 'awsher exec --profile deploy '],
      ['awsher login --no-b', 'awsher login --no-browser '],
      ['awsher doctor --report a', 'awsher doctor --report a\\ file.txt '],
    ])('%s', (line, completed) => {
      expect(zsh(line)).toBe(completed);
    });
  },
);

describe.skipIf(!has('fish'))(
  `completion in fish${has('fish') ? '' : ' (skipped: there is no fish here)'}`,
  () => {
    it.each([
      ['awsher lo', ['login', 'logout']],
      ['awsher export --format p', ['powershell']],
      ['awsher login c', ['corp']],
      ['awsher exec --profile de', ['deploy', 'dev']],
      ['awsher login --no', ['--no-browser', '--no-color']],
      ['awsher status --no', ['--no-color']],
      ['awsher install --browser firef', ['firefox', 'firefox-developer']],
    ])('%s', (line, offered) => {
      expect(fish(line).sort()).toEqual(offered);
    });
  },
);

describe('awsher complete', () => {
  it('offers no name that a shell could take for anything else, and never fails', async () => {
    expect(await awsher(['complete', 'profile'], env)).toMatchObject({
      code: 0,
      stdout: 'dev\ndeploy\na:b\na:c\n',
    });
    for (const kind of ['nothing', '__proto__', 'label']) {
      expect(await awsher(['complete', kind], env)).toMatchObject({ code: 0, stdout: '', stderr: '' });
    }
  });

  it('runs none of them', () => {
    bash('awsher export --profile ');
    if (has('zsh')) zsh('awsher export --profile ');
    if (has('fish')) fish('awsher export --profile ');
    expect(spawnSync('ls', { cwd: folder, encoding: 'utf8' }).stdout).not.toMatch(/^ran$/m);
  });

  it.skipIf(!has('pwsh'))(
    `loads in PowerShell${has('pwsh') ? '' : ' (skipped: there is no pwsh here)'}`,
    () => {
      const code = `. ${script('powershell')}; (TabExpansion2 'awsher stat' 11).CompletionMatches.CompletionText`;
      expect(run('pwsh', ['-NoProfile', '-Command', code])).toBe('status\n');
    },
  );
});
