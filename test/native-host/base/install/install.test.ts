import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ids from '../../../../manifests/ids.json' with { type: 'json' };
import { browserNamed } from '../../../../native-host/base/install/browsers-table.ts';
import { findBrowsers } from '../../../../native-host/base/install/find-browsers.ts';
import { install } from '../../../../native-host/base/install/install.ts';
import type { Machine } from '../../../../native-host/base/install/machine.ts';
import { stableNode } from '../../../../native-host/base/install/node-path.ts';
import { regExe } from '../../../../native-host/base/install/registry.ts';
import { uninstall } from '../../../../native-host/base/install/uninstall.ts';
import { type FakeMachine, fakeMachine } from './fake-machine.ts';

let machine: FakeMachine;
beforeEach(() => {
  machine = fakeMachine('linux');
});
afterEach(() => machine.remove());

const base = { names: [] as string[], allUsers: false, dryRun: false, packageRoot: '/opt/awsher' };
const on = (changes: Partial<Machine>): Machine => ({ ...machine, ...changes });

describe('which browsers', () => {
  it('says how to name one when none is found', () => {
    expect(() => install(base, machine)).toThrowError(
      expect.objectContaining({ code: 'INSTALL_FAILED', hint: expect.stringContaining('--browser chrome') }),
    );
  });

  it('takes a folder that holds nothing but host manifests for no browser', () => {
    machine.put(`${machine.paths.home}/.config/vivaldi/NativeMessagingHosts/com.other.json`, '{}');
    expect(findBrowsers(machine)).toEqual([]);
  });

  it("takes Ubuntu's script that starts the snap for the snap", () => {
    machine.put('/usr/bin/firefox', '#!/bin/sh\nexec /snap/bin/firefox "$@"\n');
    machine.putFolder('/snap/firefox');
    expect(findBrowsers(machine).map(({ variant }) => variant)).toEqual(['snap']);
  });

  it('registers a named browser that is not seen, and says so', () => {
    const { browsers } = install({ ...base, names: ['Brave'] }, machine);
    expect(browsers).toMatchObject([
      { id: 'brave', result: 'registered', note: expect.stringMatching(/not found/) },
    ]);
  });

  it.each([
    ['fierfox', 'firefox'],
    ['crome', 'chrome'],
    ['Microsoft  Egde', 'edge'],
  ])('says what %s may mean', (name, meant) => {
    expect(() => browserNamed(name)).toThrowError(
      expect.objectContaining({
        code: 'BROWSER_UNKNOWN',
        message: expect.stringContaining(`Did you mean ${meant}?`),
        hint: expect.stringContaining('vivaldi'),
      }),
    );
  });

  it('guesses nothing for a name that is like none', () => {
    expect(() => browserNamed('netscape-navigator')).toThrowError(/named "netscape-navigator"\.$/);
  });

  it.each(['Google Chrome', 'google-chrome', 'CHROME', 'chrome stable'])('knows %s', (name) => {
    expect(browserNamed(name).id).toBe('chrome');
  });

  it('goes on with the others when one fails', () => {
    machine.put(`${machine.paths.home}/.config/google-chrome/NativeMessagingHosts`, 'a file in the way');
    const { browsers } = install({ ...base, names: ['chrome', 'firefox'] }, machine);
    expect(browsers).toMatchObject([
      { id: 'chrome', result: 'failed', error: { code: 'FILE_WRITE' } },
      { id: 'firefox', result: 'registered' },
    ]);
  });
});

describe('a user data folder', () => {
  it('gets the manifest, and loses it again', () => {
    const before = machine.snapshot();
    const request = { ...base, names: ['chromium'], userDataDir: '/work dir/profile' };
    const { browsers } = install(request, machine);
    const file = `/work dir/profile/NativeMessagingHosts/${ids.host}.json`;
    expect(browsers).toMatchObject([{ id: 'chromium', result: 'registered', where: [file] }]);
    expect(browsers[0]?.note).toBeUndefined();
    expect(machine.disk.kind(file)).toBe('file');
    uninstall(request, machine);
    expect(machine.snapshot()).toEqual(before);
  });

  it('makes no difference to Firefox, which says so', () => {
    const { browsers } = install({ ...base, names: ['firefox'], userDataDir: '/p' }, machine);
    expect(browsers).toMatchObject([
      {
        where: [`${machine.paths.home}/.mozilla/native-messaging-hosts/${ids.host}.json`],
        note: expect.any(String),
      },
    ]);
  });

  it('of a running browser is found, if the browser lives in the same home', () => {
    const procDir = join(machine.root, 'proc');
    const { home } = machine.paths;
    const put = (pid: number, env: string, args: string[], exe = '/usr/lib/chromium/chromium') => {
      const folder = join(procDir, String(pid));
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'cmdline'), [exe, ...args, ''].join('\0'));
      writeFileSync(join(folder, 'environ'), `LANG=C\0${env}\0`);
      symlinkSync(exe, join(folder, 'exe'));
    };
    const folder = (name: string) => {
      mkdirSync(join(machine.root, name));
      return `--user-data-dir=${join(machine.root, name)}`;
    };
    put(10, `HOME=${home}`, ['--headless', folder('mine')]);
    put(11, `HOME=${home}`, ['--type=renderer', folder('renderer')]);
    put(12, 'HOME=/home/else', [folder('foreign')]);
    put(13, `HOME=${home}`, [folder('other')], '/opt/code/code');
    put(14, `HOME=${home}`, ['--user-data-dir=relative']);
    const { browsers } = install({ ...base, dryRun: true }, on({ procDir }));
    expect(browsers.map(({ id, userDataDir }) => [id, userDataDir])).toEqual([
      ['chromium', join(machine.root, 'mine')],
    ]);
  });
});

describe('root', () => {
  const asRoot = (owner: number, env: Record<string, string> = {}) =>
    on({
      uid: 0,
      env: { ...machine.env, ...env },
      disk: { ...machine.disk, owner: (path) => (path === machine.paths.home ? owner : 0) },
    });
  const refused = (hint: RegExp) =>
    expect.objectContaining({ code: 'ROOT_REFUSED', hint: expect.stringMatching(hint) });

  it("is refused in another user's home, with the way out", () => {
    const before = machine.snapshot();
    const act = () => install({ ...base, names: ['chrome'] }, asRoot(1000, { SUDO_USER: 'ana' }));
    expect(act).toThrowError(refused(/`awsher install` without sudo, as ana/));
    expect(() => uninstall(base, asRoot(1000))).toThrowError(refused(/`awsher uninstall` without sudo/));
    expect(machine.snapshot()).toEqual(before);
  });

  it('is told when sudo gave it its own home, unless it named a browser', () => {
    expect(() => install(base, asRoot(0, { SUDO_USER: 'ana' }))).toThrowError(
      refused(/without sudo, as ana/),
    );
    expect(install({ ...base, names: ['chrome'] }, asRoot(0, { SUDO_USER: 'ana' })).browsers).toHaveLength(1);
  });

  it('may in its own home, and for all users', () => {
    expect(install({ ...base, names: ['chrome'] }, asRoot(0)).browsers).toMatchObject([
      { result: 'registered' },
    ]);
    const all = { ...base, names: ['firefox'], allUsers: true };
    expect(install(all, asRoot(1000)).browsers).toMatchObject([{ result: 'registered' }]);
  });
});

describe('for all users', () => {
  it('is for root, who is named in the hint', () => {
    const all = { ...base, names: ['chrome'], allUsers: true };
    const wanted = (command: string) =>
      expect.objectContaining({ code: 'INSTALL_FAILED', hint: `run \`sudo awsher ${command} --system\`` });
    expect(() => install(all, machine)).toThrowError(wanted('install'));
    expect(() => uninstall(all, machine)).toThrowError(wanted('uninstall'));
    expect(install({ ...all, dryRun: true }, machine).browsers).toHaveLength(1);
  });
});

describe('uninstall', () => {
  it('leaves what others put into folders of ours', () => {
    install({ ...base, names: ['chrome'] }, machine);
    const others = `${machine.paths.home}/.config/google-chrome/NativeMessagingHosts/com.other.json`;
    machine.put(others, '{}');
    uninstall(base, machine);
    expect(machine.disk.kind(others)).toBe('file');
    expect(machine.disk.names(machine.paths.home)).toEqual(['.config']);
  });

  it('finds registrations although the record is lost', () => {
    install({ ...base, names: ['chrome', 'firefox'] }, machine);
    machine.disk.removeFile(join(machine.paths.stateDir, 'installed.json'));
    const { browsers } = uninstall(base, machine);
    expect(browsers.map(({ id }) => id)).toEqual(expect.arrayContaining(['chrome', 'firefox']));
    expect(JSON.stringify(machine.snapshot())).not.toContain(ids.host);
  });
});

describe('stableNode', () => {
  it('prefers a path that survives the next update', () => {
    const cellar = '/opt/homebrew/Cellar/node/22.3.0/bin/node';
    machine.put(cellar);
    machine.put('/opt/homebrew/bin/node');
    const real = (path: string) => (path === '/opt/homebrew/bin/node' ? cellar : machine.disk.real(path));
    expect(stableNode(on({ execPath: cellar, disk: { ...machine.disk, real } }))).toBe(
      '/opt/homebrew/bin/node',
    );
  });

  it('keeps the one that runs when no other path leads to it', () => {
    machine.put('/usr/bin/node');
    const own = '/home/ana/.nvm/versions/node/v22.1.0/bin/node';
    machine.put(own);
    expect(stableNode(on({ execPath: own }))).toBe(own);
  });
});

describe('the registry', () => {
  it('that may not be written is one clear sentence', () => {
    const registry = regExe(() => ({ status: 1, stdout: '', stderr: 'Access is denied.' }));
    expect(() => registry.write('HKLM\\Software\\X', 'v')).toThrowError(
      expect.objectContaining({ code: 'INSTALL_FAILED', hint: expect.stringContaining('administrator') }),
    );
  });
});
