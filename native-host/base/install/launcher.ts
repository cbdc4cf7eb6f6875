/** What a launcher starts. */
export interface LauncherInputs {
  /** Absolute path of node. */
  node: string;
  /** Absolute path of the host's script. */
  host: string;
  /** Other nodes, tried in order when the first is gone. */
  fallbacks: readonly string[];
  /** Whatever home the browser's environment names; left out of a launcher for all users. */
  home: string | undefined;
  /** Other places than the usual ones, as the shell names them: a browser's environment may know nothing of it. */
  files: AwsFiles;
}

/** Paths by the variable that names them. */
export type AwsFiles = Readonly<Partial<Record<(typeof FILE_VARIABLES)[number], string>>>;
export const FILE_VARIABLES = [
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_CA_BUNDLE',
  'XDG_CONFIG_HOME',
] as const;

const GONE = 'is gone. Run `awsher install` again.';
const NO_NODE =
  'awsher: no Node.js 20.19 or newer was found. Install Node.js, then run `awsher install` again.';
/** Exit status 0 if this node is new enough; old syntax, so that old nodes can answer. */
const NEW_ENOUGH = 'var v=process.versions.node.split(".");process.exit(v[0]>20||v[0]==20&&v[1]>=19?0:1)';

/**
 * The launcher that host manifests point at, for Unix. A browser that was started from the desktop has neither the
 * shell's PATH nor, sometimes, a HOME, so nothing here depends on the environment.
 */
export function shLauncher({ node, host, fallbacks, home, files }: LauncherInputs): string {
  const carried = Object.entries(files).map(
    ([name, path]) => `[ -n "\${${name}:-}" ] || { ${name}=${shQuote(path)}; export ${name}; }\n`,
  );
  return `#!/bin/sh
# Browsers start awsher with this file. \`awsher install\` writes it, and again when node or awsher has moved.
node=${shQuote(node)}
host=${shQuote(host)}
${home === undefined ? '' : `HOME=${shQuote(home)}; export HOME\n`}${carried.join('')}\
if [ ! -f "$host" ]; then
  printf 'awsher: %s ${GONE}\\n' "$host" >&2
  exit 1
fi
if [ -f "$node" ] && [ -x "$node" ]; then exec "$node" "$host" "$@"; fi
for node in ${fallbacks.map(shQuote).join(' ')} "$HOME"/.nvm/versions/node/*/bin/node "$(command -v node)"; do
  if [ -f "$node" ] && [ -x "$node" ] && "$node" -e '${NEW_ENOUGH}' >/dev/null 2>&1 </dev/null; then
    exec "$node" "$host" "$@"
  fi
done
printf '%s\\n' '${NO_NODE}' >&2
exit 1
`;
}

/**
 * The launcher for Windows. Lines end with CR LF; the code page is UTF-8 from the second line on, where the system lets
 * a batch file choose it. So that a name like `Müller` does not hang on that, what lies in the person's home is named
 * from the launcher's own place, three folders below it.
 */
export function cmdLauncher({ node, host, fallbacks, home, files }: LauncherInputs): string {
  const quoted = (path: string) => cmdQuote(path, home);
  const lines = [
    '@echo off',
    '%SystemRoot%\\System32\\chcp.com 65001 >nul 2>nul',
    'rem Browsers start awsher with this file. "awsher install" writes it, and again when node or awsher has moved.',
    'setlocal DisableDelayedExpansion',
    ...(home === undefined ? [] : ['for %%H in ("%~dp0..\\..\\..") do set "AWSHER_HOME=%%~fH"']),
    `set "AWSHER_NODE=${quoted(node)}"`,
    `set "AWSHER_HOST=${quoted(host)}"`,
    ...(home === undefined ? [] : ['set "USERPROFILE=%AWSHER_HOME%"']),
    ...Object.entries(files).map(([name, path]) => `if not defined ${name} set "${name}=${quoted(path)}"`),
    'if not exist "%AWSHER_HOST%" (',
    `  >&2 echo awsher: its program ${GONE}`,
    '  exit /b 1',
    ')',
    ...fallbacks.map((path) => `if not exist "%AWSHER_NODE%" set "AWSHER_NODE=${quoted(path)}"`),
    'if not exist "%AWSHER_NODE%" for /f "delims=" %%N in (\'%SystemRoot%\\System32\\where.exe $PATH:node 2^>nul\') do set "AWSHER_NODE=%%N"',
    'if not exist "%AWSHER_NODE%" (',
    `  >&2 echo ${NO_NODE}`,
    '  exit /b 1',
    ')',
    '"%AWSHER_NODE%" "%AWSHER_HOST%" %*',
    'exit /b %ERRORLEVEL%',
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/**
 * The launcher inside a flatpak's own folder, which has the same path within the sandbox and outside of it. It starts
 * the real one outside; flatpak-spawn hands on stdin and stdout, and ends it when the browser goes.
 */
export function flatpakLauncher(launcher: string): string {
  return `#!/bin/sh
# Written by \`awsher install\`. The browser's sandbox needs: flatpak override --user --talk-name=org.freedesktop.Flatpak
exec flatpak-spawn --host --watch-bus ${shQuote(launcher)} "$@"
`;
}

/** What a launcher in this home names; undefined when the text is no launcher of ours. */
export function readLauncher(
  text: string,
  home: string,
): { node: string; host: string; files: AwsFiles } | undefined {
  const windows = text.startsWith('@echo off');
  const fromBatch = (value: string | undefined) =>
    value?.replace(/^%AWSHER_HOME%|%%/g, (found) => (found === '%%' ? '%' : home));
  const line = (name: string) => {
    if (!windows) return shUnquote(new RegExp(`^${name}=('.*')$`, 'm').exec(text)?.[1]);
    return fromBatch(new RegExp(`^set "AWSHER_${name.toUpperCase()}=(.*)"\r?$`, 'm').exec(text)?.[1]);
  };
  const node = line('node');
  const host = line('host');
  const files = Object.fromEntries(
    FILE_VARIABLES.flatMap((name) => {
      const path = windows
        ? fromBatch(new RegExp(`set "${name}=(.*)"\r?$`, 'm').exec(text)?.[1])
        : shUnquote(new RegExp(`\\{ ${name}=('.*'); export`, 'm').exec(text)?.[1]);
      return path === undefined ? [] : [[name, path]];
    }),
  );
  return node !== undefined && host !== undefined ? { node, host, files } : undefined;
}

function shQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function shUnquote(text: string | undefined): string | undefined {
  return text?.slice(1, -1).replaceAll("'\\''", "'");
}

/** Windows paths cannot hold a double quote; a percent sign is the only one that a batch file reads in quotes. */
function cmdQuote(path: string, home: string | undefined): string {
  const inHome = home !== undefined && path.startsWith(`${home}\\`);
  const fromThere = inHome ? path.slice(home.length) : path;
  return `${inHome ? '%AWSHER_HOME%' : ''}${fromThere.replaceAll('%', '%%')}`;
}
