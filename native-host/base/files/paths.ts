import { posix, win32 } from 'node:path';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { readText } from './read-file.ts';

/** Every place on disk that awsher reads or writes. Absolute when the home directory is. */
export interface Paths {
  readonly home: string;
  readonly awsDir: string;
  readonly configFile: string;
  readonly credentialsFile: string;
  /** Always below the home directory: no SDK but C++ moves it with AWS_CONFIG_FILE. */
  readonly ssoCacheDir: string;
  /** Role credentials of the AWS CLI v2. */
  readonly cliCacheDir: string;
  /** awsher's own state: client registrations, undo copies, vouches, log. */
  readonly stateDir: string;
  /** Holds awsher's own `config.ini`. */
  readonly configDir: string;
  /** Holds the launcher that browsers start. */
  readonly dataDir: string;
  /** Holds the local sockets of running hosts. */
  readonly runDir: string;
  readonly locksDir: string;
}

export interface PathInputs {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As `process.platform`; anything but `darwin` and `win32` follows the Linux rules. */
  readonly platform: string;
  /** `os.homedir`; asked only when the environment names no home. */
  readonly homedir: () => string;
}

/**
 * Where everything is, by the rules of the AWS SDKs for `~/.aws` and by those of the system for awsher's own
 * folders. Throws HOME_UNKNOWN. State, locks, sockets and the launcher depend on the home directory alone: the browser's environment
 * and the shell's differ, and both must meet there.
 */
export function resolvePaths(inputs: PathInputs): Paths {
  const { env, platform } = inputs;
  const { join } = platform === 'win32' ? win32 : posix;
  const home = homeDirectory(inputs);
  const awsDir = join(home, '.aws');
  const own = ownFolders(inputs, home);
  return {
    home,
    awsDir,
    configFile: expandPath(env.AWS_CONFIG_FILE, home, inputs) ?? join(awsDir, 'config'),
    credentialsFile: expandPath(env.AWS_SHARED_CREDENTIALS_FILE, home, inputs) ?? join(awsDir, 'credentials'),
    ssoCacheDir: join(awsDir, 'sso', 'cache'),
    cliCacheDir: join(awsDir, 'cli', 'cache'),
    ...own,
    runDir: join(own.stateDir, 'run'),
    locksDir: join(own.stateDir, 'locks'),
  };
}

/** Where a process reads what these variables name, absolute; empty for nothing. Without an environment: the usual places. */
export function placesRead(paths: Paths, env: PathInputs['env'], platform: string) {
  const { resolve, join, dirname } = platform === 'win32' ? win32 : posix;
  // On the others the folder is where the system wants it, whatever XDG_CONFIG_HOME says.
  const movable = platform !== 'darwin' && platform !== 'win32';
  return {
    AWS_CONFIG_FILE: resolve(env.AWS_CONFIG_FILE ? paths.configFile : join(paths.awsDir, 'config')),
    AWS_SHARED_CREDENTIALS_FILE: resolve(
      env.AWS_SHARED_CREDENTIALS_FILE ? paths.credentialsFile : join(paths.awsDir, 'credentials'),
    ),
    AWS_CA_BUNDLE: env.AWS_CA_BUNDLE ? resolve(env.AWS_CA_BUNDLE) : '',
    XDG_CONFIG_HOME: movable && !env.XDG_CONFIG_HOME ? join(paths.home, '.config') : dirname(paths.configDir),
  };
}

/**
 * The home directory as the AWS SDKs find it: HOME; on Windows USERPROFILE first, because Python's
 * `os.path.expanduser` (and so the AWS CLI) does not look at HOME there.
 */
function homeDirectory({ env, platform, homedir }: PathInputs): string {
  const named = platform === 'win32' ? env.USERPROFILE || env.HOME : env.HOME;
  if (named) return named;
  try {
    // Of an empty HOME Node makes an empty path: that would be the folder that one happens to be in.
    const found = homedir();
    if (found !== '') return found;
    throw noHome('HOME is empty');
  } catch (cause) {
    if (cause instanceof AwsherError) throw cause;
    // A container that runs as a number: neither the environment nor the system knows a home.
    throw noHome('HOME is not set, and this user has no name', cause);
  }
}

function noHome(why: string, cause?: unknown): AwsherError {
  const hint = 'set it to your home folder: `export HOME=/some/folder`';
  return new AwsherError('HOME_UNKNOWN', `There is no home directory: ${why}.`, { hint, cause });
}

function ownFolders(
  { env, platform }: PathInputs,
  home: string,
): Pick<Paths, 'stateDir' | 'configDir' | 'dataDir'> {
  if (platform === 'win32') {
    const dataDir = win32.join(home, 'AppData', 'Local', 'awsher');
    const roaming = env.APPDATA || win32.join(home, 'AppData', 'Roaming');
    return { dataDir, stateDir: win32.join(dataDir, 'state'), configDir: win32.join(roaming, 'awsher') };
  }
  if (platform === 'darwin') {
    const dataDir = posix.join(home, 'Library', 'Application Support', 'awsher');
    return { dataDir, stateDir: posix.join(dataDir, 'state'), configDir: dataDir };
  }
  const xdg = env.XDG_CONFIG_HOME;
  // The XDG base directory specification: a relative path is invalid and is to be ignored.
  const configHome = xdg && posix.isAbsolute(xdg) ? xdg : posix.join(home, '.config');
  return {
    dataDir: posix.join(home, '.local', 'share', 'awsher'),
    stateDir: posix.join(home, '.local', 'state', 'awsher'),
    configDir: posix.join(configHome, 'awsher'),
  };
}

/**
 * A path of the environment as botocore reads it (configloader.py: `expandvars`, then `expanduser`), without which the command
 * would write to another file than the AWS CLI reads. A variable or user that is not there stays as written; empty counts as unset.
 */
function expandPath(
  value: string | undefined,
  home: string,
  { env, platform }: PathInputs,
): string | undefined {
  if (!value) return undefined;
  const windows = platform === 'win32';
  const names = windows ? /\$(\w+)|\$\{([^}]*)\}|%([^%]+)%/g : /\$(\w+)|\$\{([^}]*)\}/g;
  const path = value.replace(names, (found, ...[a, b, c]) => env[a ?? b ?? c] ?? found);
  const [, user, rest = ''] = (windows ? /^~()([\\/].*)?$/s : /^~([^/]*)(\/.*)?$/s).exec(path) ?? [];
  if (user === undefined) return path;
  const folder = user === '' ? home : homeOf(user);
  const { join } = windows ? win32 : posix;
  return folder === undefined ? path : join(folder, rest);
}

/** The home directory of another user of this computer. */
function homeOf(user: string): string | undefined {
  try {
    const line = readText('/etc/passwd')
      .split('\n')
      .find((one) => one.startsWith(`${user}:`));
    return line?.split(':')[5];
  } catch {
    return undefined;
  }
}
