/** The shells that `setup-shell` speaks. */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof SHELLS)[number];

export const isShell = (name: string): name is Shell => SHELLS.some((shell) => shell === name);

/** Commands that take their browser from `$BROWSER`, all of Python's `webbrowser` or of `xdg-open`. */
const WRAPPED = ['aws', 'aws-sso-util'];
/** This one starts the system's opener: only `xdg-open` looks at `$BROWSER`. */
const WRAPPED_ON_LINUX = ['aws-vault'];

/**
 * The lines for a shell's start-up file. Each command gets its own BROWSER; a global one would send every link that
 * any program opens through awsher. What BROWSER held before stays in it, as the next choice.
 */
export function shellLines(shell: Shell, platform: string, own: { node: string; script: string }): string {
  const commands = platform === 'linux' ? [...WRAPPED, ...WRAPPED_ON_LINUX] : WRAPPED;
  const lines = [
    `# awsher: your browser approves the AWS sign-ins that these commands ask for (\`awsher setup-shell ${shell}\`).`,
    ...BEFORE[shell],
    ...commands.flatMap((command) => WRAPPER[shell](command, platform, own)),
    ...BETWEEN[shell],
    '',
    '# `awsher use` changes the profile of this shell. A prompt: docs/accounts.md.',
    ...USE[shell],
    ...AFTER[shell],
    '',
    '# Tools with a setting of their own (docs/other-tools.md):',
    '#   aws-sso-cli   ~/.config/aws-sso/config.yaml: AuthUrlAction: exec, UrlExecCommand: [awsher, open-url, "%s"]',
    '#   Granted       ~/.granted/config: CustomSSOBrowserPath = "the path of awsher-open"',
  ];
  return `${lines.join('\n')}\n`;
}

type Wrapper = (command: string, platform: string, own: { node: string; script: string }) => string[];

const BROWSER = 'BROWSER="awsher open-url %s${BROWSER:+:$BROWSER}"';

/** A command of bash that is none at all in another shell. Another one (dash) may read the lines in ~/.profile: there they are a text. */
const inBash = (...words: string[]): string => words.map((word) => `\${BASH_VERSION:+"${word}"}`).join(' ');

/**
 * While our lines are read there are no aliases, which could stand for any word of them, and bash's POSIX mode is off: it has
 * no functions with a hyphen. A BROWSER that is read-only stays what it is, and the commands theirs.
 */
const READABLE = '(\\builtin unset BROWSER) 2>/dev/null && {';
const BEFORE: Readonly<Record<Shell, readonly string[]>> = {
  bash: [
    `${inBash('builtin', 'read', '-rd', '', 'awsher_lines')} <<'awsher_end' || \\true`,
    'awsher_mode="$(\\builtin shopt -po posix || \\builtin true; \\builtin shopt -p expand_aliases || \\builtin true)"',
    '\\builtin shopt -u expand_aliases; \\builtin set +o posix',
    READABLE,
  ],
  zsh: ['awsher_mode="${options[aliases]}"; \\builtin setopt no_aliases', READABLE],
  fish: [],
  powershell: [],
};
const BETWEEN: typeof BEFORE = { bash: ['}'], zsh: ['}'], fish: [], powershell: [] };
const AFTER: typeof BEFORE = {
  bash: [
    '\\builtin eval "$awsher_mode"; \\builtin unset awsher_mode awsher_lines',
    'awsher_end',
    inBash('builtin', 'eval', '$awsher_lines'),
  ],
  zsh: ['case "$awsher_mode" in on) \\builtin setopt aliases ;; esac; \\builtin unset awsher_mode'],
  fish: [],
  powershell: [],
};

/**
 * What a name means so far is kept under another one, and ours calls that: a function of the person's own goes on working, and
 * lines that are read twice do not call themselves.
 */
const posixKeep = (command: string): string[] => [
  `case "$(\\builtin declare -f ${command})" in`,
  `  *awsher_own*) ;;`,
  `  "") function awsher_own_${command} { \\builtin command ${command} "$@"; } ;;`,
  `  *) \\builtin eval "function awsher_own_$(\\builtin declare -f ${command})" ;;`,
  'esac',
];

const fishKeep = (command: string): string[] => [
  `if not functions -q ${command}`,
  `    function awsher_own_${command}; command ${command} $argv; end`,
  `else if not string match -q '*awsher_own*' (functions ${command})`,
  `    functions -e awsher_own_${command}; functions -c ${command} awsher_own_${command}`,
  'end',
];

/** An alias of the name (1Password's is `op plugin run -- aws`) hides the function, so it gets the same BROWSER in its own words, once. */
function posix(aliases: string): Wrapper {
  return (command) => [
    ...posixKeep(command),
    `function ${command} { ${BROWSER} awsher_own_${command} "$@"; }`,
    `case "\${${aliases}[${command}]-}" in "" | BROWSER=*) ;; *) ${aliases}[${command}]='${BROWSER} '"\${${aliases}[${command}]}" ;; esac`,
  ];
}

const WRAPPER: Record<Shell, Wrapper> = {
  bash: posix('BASH_ALIASES'),
  zsh: posix('aliases'),
  fish: (command) => [
    ...fishKeep(command),
    `function ${command} --wraps ${command}`,
    `    set -lx BROWSER (string join : 'awsher open-url %s' $BROWSER)`,
    `    awsher_own_${command} $argv`,
    'end',
  ],
  powershell: (command, platform, own) => {
    const windows = platform === 'win32';
    const separator = windows ? ';' : ':';
    // On Windows the command itself is a batch file, which would read the address as a command line. Python's
    // webbrowser splits words as a POSIX shell does, so slashes must lean forward.
    const program = windows
      ? `"${forward(own.node)}" "${forward(own.script)}" open-url %s`
      : 'awsher open-url %s';
    return [
      `function ${command} {`,
      '  $before = $env:BROWSER',
      `  $env:BROWSER = (@('${program.replaceAll("'", "''")}', $before) | Where-Object { $_ }) -join '${separator}'`,
      `  try { & (Get-Command ${command} -CommandType Application -TotalCount 1) @args }`,
      '  finally { $env:BROWSER = $before }',
      '}',
    ];
  },
};

const POSIX_USE = [
  ...posixKeep('awsher'),
  'function awsher {',
  "  \\builtin local IFS=' ' awsher_line",
  '  case " $* " in',
  '    *" --help "* | *" -h "*) awsher_own_awsher "$@" ;;',
  '    " use "*)',
  '      awsher_line="$(awsher_own_awsher "$@" --format env)" && \\builtin eval "$awsher_line"',
  '      ;;',
  '    *) awsher_own_awsher "$@" ;;',
  '  esac',
  '}',
];

/** The function that lets `awsher use` change the shell that it is typed in: no program can do that by itself. */
const USE: Readonly<Record<Shell, readonly string[]>> = {
  bash: POSIX_USE,
  zsh: POSIX_USE,
  fish: [
    ...fishKeep('awsher'),
    'function awsher --wraps awsher',
    '    if test (count $argv) -gt 0; and test $argv[1] = use; and not contains -- --help $argv; and not contains -- -h $argv',
    '        set -l awsher_line (awsher_own_awsher $argv --format fish)',
    '        or return',
    '        eval $awsher_line',
    '    else',
    '        awsher_own_awsher $argv',
    '    end',
    'end',
  ],
  powershell: [
    'function awsher {',
    '  $program = Get-Command awsher -CommandType Application -TotalCount 1',
    "  if ($args.Count -gt 0 -and $args[0] -eq 'use' -and -not ($args -contains '--help' -or $args -contains '-h')) {",
    '    $line = & $program @args --format powershell',
    '    if ($LASTEXITCODE -eq 0) { Invoke-Expression ($line -join "`n") }',
    '  } else { & $program @args }',
    '}',
  ],
};

const forward = (path: string): string => path.replaceAll('\\', '/');
