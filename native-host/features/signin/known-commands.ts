import type { ProcessInfo } from '../../base/platform/processes.ts';

/** A command that signs in to AWS through a browser, and for nothing else opens one of AWS's approval pages. */
interface KnownCommand {
  /** File name of the program, without `.exe` and the like; the module's name after `python -m`. */
  program: RegExp;
  /** The subcommands that sign in and start nothing of the person's; any, when there are none. */
  subcommands?: readonly (readonly string[])[];
  /** Words with which it runs another program, which may open a mail's link as well. */
  wraps?: RegExp;
  /** Options before the subcommand that take the next word as their value. */
  valued?: readonly string[];
}

/** Global options of the AWS CLI with a value (AWS CLI Command Reference, "Global Options"). */
const AWS_VALUED = [
  '--profile',
  '--region',
  '--output',
  '--query',
  '--color',
  '--endpoint-url',
  '--ca-bundle',
  '--cli-read-timeout',
  '--cli-connect-timeout',
  '--cli-binary-format',
];

/**
 * The sign-in commands whose approvals need no question. One line per tool; `aws login` is not among them: it is
 * another flow, which awsher never touches.
 */
const KNOWN_COMMANDS: readonly KnownCommand[] = [
  {
    program: /^(aws|awscli|aws2)$/,
    subcommands: [
      ['sso', 'login'],
      ['configure', 'sso'],
      ['sso-util', 'login'],
    ],
    valued: AWS_VALUED,
  },
  // aws-sso-util (benkehoe); `run-as` runs a program.
  {
    program: /^aws[-_]sso[-_]util$/,
    subcommands: [
      ['login'],
      ['configure'],
      ['console'],
      ['roles'],
      ['check'],
      ['credential-process'],
      ['admin'],
    ],
  },
  // aws-sso-cli (synfinatic); `exec` and no word at all run a shell.
  {
    program: /^aws-sso$/,
    subcommands: [['login'], ['eval'], ['process'], ['console'], ['cache'], ['list']],
    valued: ['--config', '--sso', '-S', '--level', '-L', '--browser', '-b', '--url-action', '-u'],
  },
  {
    program: /^d?granted$/,
    subcommands: [
      ['sso', 'login'],
      ['sso', 'populate'],
      ['sso', 'generate'],
      ['sso', 'list'],
      ['credential-process'],
    ],
  },
  // Granted: `assume` is a script around `assumego`.
  { program: /^d?assume(go)?$/, wraps: /^--?exec(=|$)/ },
  // `exec` runs a program.
  {
    program: /^aws-vault$/,
    subcommands: [['login'], ['export'], ['rotate']],
    valued: ['--backend', '--prompt', '--keychain', '--secret-service-collection', '--pass-prefix'],
  },
];

/** Programs that run whatever program they are given. */
export const INTERPRETER = /^(python[\d.]*|pypy[\d.]*|pythonw|py|node|ruby|bash|dash|sh|zsh|ksh|fish)$/;

/** The known command that a process is, as a person would name it (`aws sso login`), or `null`. */
export function knownCommand({ name, args }: Pick<ProcessInfo, 'name' | 'args'>): string | null {
  const [program, ...rest] = programWords(args ?? [name]);
  if (program === undefined) return null;
  for (const { program: pattern, subcommands, valued, wraps } of KNOWN_COMMANDS) {
    if (!pattern.test(program) || rest.some((word) => wraps?.test(word))) continue;
    if (!subcommands) return program;
    const words = plainWords(rest, valued ?? []);
    const found = subcommands.find((wanted) => wanted.every((word, index) => words[index] === word));
    if (found) return [program, ...found].join(' ');
  }
  return null;
}

/** Options of one interpreter or another whose value may be the next word: then nobody can tell which word is the script. */
const MAY_TAKE_A_VALUE = /^(-[rWXICQ]|--(require|import|loader|experimental-loader|conditions|env-file))$/;

/** Where the script of an interpreter stands among its words; -1 where there is none, or it cannot be told. */
export function scriptIndex(words: readonly string[]): number {
  const first = words.findIndex((word) => !word.startsWith('-'));
  return MAY_TAKE_A_VALUE.test(words[first - 1] ?? '') ? -1 : first;
}

/** A command line without its interpreter: `python3 -u /usr/bin/aws sso login` is `aws sso login`. */
export function programWords(args: readonly string[]): string[] {
  const [first = '', ...rest] = args;
  const program = programName(first);
  if (!INTERPRETER.test(program)) return [program, ...rest];
  const at = scriptIndex(rest);
  for (const [index, word] of rest.slice(0, at < 0 ? undefined : at).entries()) {
    if (word === '-m') return rest.slice(index + 1);
    // `sh -c`, `python -c`, `node -e`: the text of a program, and no name.
    if (/^-[a-z]*[ce]$/.test(word)) return [program, ...rest];
  }
  return at < 0 ? [program, ...rest] : [programName(rest[at] ?? ''), ...rest.slice(at + 1)];
}

const programName = (path: string): string =>
  path
    .replace(/^.*[\\/]/, '')
    .replace(/^-/, '')
    .replace(/\.(exe|cmd|bat|ps1|py|pyz)$/i, '');

/** The words up to the end that are neither options nor values of options. */
function plainWords(words: readonly string[], valued: readonly string[]): string[] {
  return words.filter((word, index) => !word.startsWith('-') && !valued.includes(words[index - 1] ?? ''));
}
