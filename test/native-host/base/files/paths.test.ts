import { describe, expect, it } from 'vitest';
import { type Paths, placesRead, resolvePaths } from '../../../../native-host/base/files/paths.ts';

const fallback = (): string => '/fallback';

function paths(platform: string, env: Record<string, string>): Paths {
  return resolvePaths({ env, platform, homedir: fallback });
}

describe('resolvePaths', () => {
  it('knows every place on Linux', () => {
    expect(paths('linux', { HOME: '/home/ana' })).toEqual({
      home: '/home/ana',
      awsDir: '/home/ana/.aws',
      configFile: '/home/ana/.aws/config',
      credentialsFile: '/home/ana/.aws/credentials',
      ssoCacheDir: '/home/ana/.aws/sso/cache',
      cliCacheDir: '/home/ana/.aws/cli/cache',
      stateDir: '/home/ana/.local/state/awsher',
      configDir: '/home/ana/.config/awsher',
      dataDir: '/home/ana/.local/share/awsher',
      runDir: '/home/ana/.local/state/awsher/run',
      locksDir: '/home/ana/.local/state/awsher/locks',
    });
  });

  it('knows every place on macOS', () => {
    const own = '/Users/ana/Library/Application Support/awsher';
    expect(paths('darwin', { HOME: '/Users/ana' })).toEqual({
      home: '/Users/ana',
      awsDir: '/Users/ana/.aws',
      configFile: '/Users/ana/.aws/config',
      credentialsFile: '/Users/ana/.aws/credentials',
      ssoCacheDir: '/Users/ana/.aws/sso/cache',
      cliCacheDir: '/Users/ana/.aws/cli/cache',
      stateDir: `${own}/state`,
      configDir: own,
      dataDir: own,
      runDir: `${own}/state/run`,
      locksDir: `${own}/state/locks`,
    });
  });

  it('knows every place on Windows', () => {
    const home = 'C:\\Users\\ana';
    const own = `${home}\\AppData\\Local\\awsher`;
    expect(paths('win32', { USERPROFILE: home, APPDATA: 'D:\\Roaming' })).toEqual({
      home,
      awsDir: `${home}\\.aws`,
      configFile: `${home}\\.aws\\config`,
      credentialsFile: `${home}\\.aws\\credentials`,
      ssoCacheDir: `${home}\\.aws\\sso\\cache`,
      cliCacheDir: `${home}\\.aws\\cli\\cache`,
      stateDir: `${own}\\state`,
      configDir: 'D:\\Roaming\\awsher',
      dataDir: own,
      runDir: `${own}\\state\\run`,
      locksDir: `${own}\\state\\locks`,
    });
  });

  it.each([
    ['linux', { HOME: '/h' }, '/h'],
    ['linux', { HOME: '/h', USERPROFILE: '/u' }, '/h'],
    ['linux', { HOME: '' }, '/fallback'],
    ['linux', { USERPROFILE: '/u' }, '/fallback'],
    ['darwin', {}, '/fallback'],
    ['win32', { HOME: 'C:\\h', USERPROFILE: 'C:\\u' }, 'C:\\u'],
    ['win32', { HOME: 'C:\\h' }, 'C:\\h'],
    ['win32', {}, '/fallback'],
  ])('finds the home directory on %s with %j at %s', (platform, env, expected) => {
    expect(paths(platform, env).home).toBe(expected);
  });

  it.each([
    ['linux', '/etc/aws', '/etc/aws'],
    ['linux', '~/other', '/home/ana/other'],
    ['linux', '~', '/home/ana'],
    ['linux', '~bob/other', '~bob/other'],
    ['linux', '~root/other', '/root/other'],
    ['linux', '$HOME/other', '/home/ana/other'],
    ['linux', '${HOME}/$HOME', '/home/ana//home/ana'],
    ['linux', '$NOT_SET/other', '$NOT_SET/other'],
    ['win32', '%USERPROFILE%\\other', 'C:\\ana\\other'],
    ['linux', '', '/home/ana/.aws/config'],
    ['linux', 'relative', 'relative'],
    ['linux', '~\\other', '~\\other'],
    ['win32', '~\\other', 'C:\\ana\\other'],
    ['win32', '~/other', 'C:\\ana\\other'],
  ])('on %s takes AWS_CONFIG_FILE=%s for %s', (platform, value, expected) => {
    const home = platform === 'win32' ? { USERPROFILE: 'C:\\ana' } : { HOME: '/home/ana' };
    const found = paths(platform, { ...home, AWS_CONFIG_FILE: value });
    expect(found.configFile).toBe(expected);
    expect(found.ssoCacheDir).toBe(paths(platform, home).ssoCacheDir);
  });

  it('moves only the credentials file with AWS_SHARED_CREDENTIALS_FILE', () => {
    const found = paths('linux', { HOME: '/h', AWS_SHARED_CREDENTIALS_FILE: '~/c' });
    expect(found).toEqual({ ...paths('linux', { HOME: '/h' }), credentialsFile: '/h/c' });
  });

  it('lets the environment move nothing of its own but the settings', () => {
    const env = {
      HOME: '/h',
      XDG_CONFIG_HOME: '/xdg/config',
      XDG_STATE_HOME: '/xdg/state',
      XDG_DATA_HOME: '/xdg/data',
      XDG_RUNTIME_DIR: '/run/user/1',
      TMPDIR: '/t',
    };
    expect(paths('linux', env)).toEqual({
      ...paths('linux', { HOME: '/h' }),
      configDir: '/xdg/config/awsher',
    });
    expect(paths('linux', { HOME: '/h', XDG_CONFIG_HOME: 'relative' }).configDir).toBe('/h/.config/awsher');
    expect(paths('win32', { USERPROFILE: 'C:\\u', LOCALAPPDATA: 'D:\\l' }).stateDir).toBe(
      'C:\\u\\AppData\\Local\\awsher\\state',
    );
  });
});

describe('placesRead', () => {
  it.each(['linux', 'darwin', 'win32'])(
    'on %s is the same for two processes that read the same',
    (platform) => {
      const env = { HOME: '/h', USERPROFILE: 'C:\\u' };
      const of = (more: Record<string, string>) =>
        placesRead(paths(platform, { ...env, ...more }), { ...env, ...more }, platform);
      const { XDG_CONFIG_HOME: moved, ...others } = of({ XDG_CONFIG_HOME: '/xdg', AWS_PROFILE: 'x' });
      const { XDG_CONFIG_HOME: usual, ...same } = of({});
      expect(others).toEqual(same);
      expect(moved === usual).toBe(platform !== 'linux');
    },
  );
});
