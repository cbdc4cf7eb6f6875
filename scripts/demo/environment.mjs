import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What a program needs to run at all, and how it speaks to a person. Nothing else of the person's own shell is handed on. */
const KEPT = [
  'PATH',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'TZ',
  'TERM',
  'COLORTERM',
  'NO_COLOR',
  'AWSHER_TEST_CHROMIUM',
];
const KEPT_ON_WINDOWS = [
  'Path',
  'PATHEXT',
  'SystemRoot',
  'SystemDrive',
  'windir',
  'ComSpec',
  'ProgramFiles',
  'ProgramFiles(x86)',
];
const KEPT_FOR_A_WINDOW = ['DISPLAY', 'WAYLAND_DISPLAY', 'XDG_RUNTIME_DIR', 'XDG_SESSION_TYPE', 'XAUTHORITY'];

/**
 * The environment of a new person on this computer, whose home is in `folder`: no AWS settings, proxies, certificates
 * or session of whoever runs the demo, and nothing that leads a program out of the folder.
 */
export function cleanEnvironment(
  folder,
  { watch = false, env = process.env, platform = process.platform } = {},
) {
  const names = [
    ...KEPT,
    ...(platform === 'win32' ? KEPT_ON_WINDOWS : []),
    ...(watch ? KEPT_FOR_A_WINDOW : []),
  ];
  const kept = Object.fromEntries(
    names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
  );
  const home = join(folder, 'home');
  const temporary = join(folder, 'tmp');
  // X finds its key in the person's own home unless it is told.
  const key = join(homedir(), '.Xauthority');
  return {
    LANG: 'C.UTF-8',
    ...(watch && env.DISPLAY && existsSync(key) ? { XAUTHORITY: key } : {}),
    ...kept,
    HOME: home,
    TMPDIR: temporary,
    // Node's remarks on its own version are for the maintainers.
    NODE_NO_WARNINGS: '1',
    ...(platform === 'win32'
      ? {
          USERPROFILE: home,
          APPDATA: join(home, 'AppData', 'Roaming'),
          LOCALAPPDATA: join(home, 'AppData', 'Local'),
          TEMP: temporary,
          TMP: temporary,
        }
      : {}),
  };
}

/** Whether a window can't be shown from here. */
export function displayMissing(env = process.env, platform = process.platform) {
  return !['darwin', 'win32'].includes(platform) && !env.DISPLAY && !env.WAYLAND_DISPLAY;
}
