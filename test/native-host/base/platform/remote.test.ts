import { describe, expect, it } from 'vitest';
import { type Marks, mayOpenBrowser, whereAmI } from '../../../../native-host/base/platform/remote.ts';

type Env = Record<string, string>;
const marks = (files: Env = {}): Marks => ({
  exists: (path) => Object.hasOwn(files, path),
  read: (path) => files[path] ?? '',
});
const at = (platform: NodeJS.Platform, env: Env, files: Env = {}) => {
  const where = whereAmI({ platform, env }, marks(files));
  return [where.kind, mayOpenBrowser({ platform, env }, where, marks(files))];
};
const OSRELEASE = '/proc/sys/kernel/osrelease';
const INTEROP = { '/proc/sys/fs/binfmt_misc/WSLInterop': 'enabled\ninterpreter /init\n' };

describe('whereAmI and mayOpenBrowser', () => {
  it.each<[string, NodeJS.Platform, Env, Env, string, boolean]>([
    ['a desktop', 'linux', { DISPLAY: ':0' }, { [OSRELEASE]: '6.1.0-generic' }, 'local', true],
    ['a Wayland desktop', 'linux', { WAYLAND_DISPLAY: 'wayland-0' }, {}, 'local', true],
    ['a CI machine', 'linux', { CI: 'true' }, {}, 'local', false],
    ['a Mac', 'darwin', {}, {}, 'local', true],
    ['Windows', 'win32', {}, {}, 'local', true],
    ['a Mac over SSH', 'darwin', { SSH_CONNECTION: '1 2 3 4' }, {}, 'ssh', false],
    [
      'SSH with X forwarding',
      'linux',
      { SSH_TTY: '/dev/pts/0', DISPLAY: 'localhost:10.0' },
      {},
      'ssh',
      false,
    ],
    ["an editor's remote terminal", 'linux', { SSH_CONNECTION: 'x', BROWSER: '/b.sh' }, {}, 'ssh', true],
    ['docker', 'linux', {}, { '/.dockerenv': '' }, 'container', false],
    ['podman', 'linux', {}, { '/run/.containerenv': '' }, 'container', false],
    ['toolbox on a desktop', 'linux', { DISPLAY: ':0' }, { '/run/.containerenv': '' }, 'container', true],
    ['a dev container', 'linux', { REMOTE_CONTAINERS: 'true', BROWSER: '/b.sh' }, {}, 'container', true],
    ['a container over SSH', 'linux', { SSH_CONNECTION: 'x' }, { '/.dockerenv': '' }, 'container', false],
    [
      'the same with a display',
      'linux',
      { SSH_TTY: 'x', DISPLAY: 'localhost:10.0' },
      { '/.dockerenv': '' },
      'container',
      false,
    ],
    ['Codespaces', 'linux', { CODESPACES: 'true' }, { '/.dockerenv': '' }, 'codespaces', false],
    ['WSL', 'linux', { WSL_DISTRO_NAME: 'Ubuntu' }, INTEROP, 'wsl', true],
    [
      'WSL by its kernel',
      'linux',
      {},
      { [OSRELEASE]: '5.15-microsoft-standard-WSL2', ...INTEROP },
      'wsl',
      true,
    ],
    ['WSL without interop', 'linux', { WSL_DISTRO_NAME: 'Ubuntu' }, {}, 'wsl', false],
    ['WSL with a display', 'linux', { WSL_DISTRO_NAME: 'Ubuntu', DISPLAY: ':0' }, {}, 'wsl', true],
  ])('%s', (_, platform, env, files, kind, may) => {
    expect(at(platform, env, files)).toEqual([kind, may]);
  });

  it('says why', () => {
    const env = { SSH_TTY: '/dev/pts/0' };
    expect(whereAmI({ platform: 'linux', env }, marks()).reason).toBe('SSH_TTY is set');
  });
});
