import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  installedBrowsers,
  startBrowser,
  startCommand,
} from '../../../../native-host/base/install/browser-start.ts';
import { install } from '../../../../native-host/base/install/install.ts';
import type { System } from '../../../../native-host/base/install/system.ts';
import { type FakeMachine, fakeMachine } from './fake-machine.ts';

let machine: FakeMachine;
const use = (system: System) => {
  machine = fakeMachine(system);
  return machine;
};
beforeEach(() => {
  use('linux');
});
afterEach(() => machine.remove());

const contextWith = (env: Record<string, string>) => ({
  platform: machine.system,
  paths: machine.paths,
  env: { ...machine.env, ...env },
});
const chromium = { id: 'chromium', variant: 'native' as const };

describe('startBrowser', () => {
  it('starts it where a display is, without BROWSER', async () => {
    machine.put('/usr/bin/chromium');
    const launch = vi.fn(async () => 'running' as const);
    const context = contextWith({ DISPLAY: ':0', BROWSER: 'x' });
    expect(await startBrowser(context, chromium, launch, machine)).toBe(true);
    expect(launch).toHaveBeenCalledWith('/usr/bin/chromium', [], {
      env: expect.not.objectContaining({ BROWSER: expect.anything() }),
      graceMs: expect.any(Number),
    });
  });

  it.each([
    ['no display', {}],
    ['SSH', { DISPLAY: ':0', SSH_CONNECTION: 'x' }],
    ['Codespaces', { DISPLAY: ':0', CODESPACES: 'true' }],
  ])('does not start anything with %s', async (_, env) => {
    machine.put('/usr/bin/chromium');
    const launch = vi.fn(async () => 'running' as const);
    expect(await startBrowser(contextWith(env), chromium, launch, machine)).toBe(false);
    expect(launch).not.toHaveBeenCalled();
  });

  it('says no when the program is gone or fails at once', async () => {
    const launch = vi.fn(async () => 'failed' as const);
    const context = contextWith({ DISPLAY: ':0' });
    expect(await startBrowser(context, chromium, launch, machine)).toBe(false);
    machine.put('/usr/bin/chromium');
    expect(await startBrowser(context, chromium, launch, machine)).toBe(false);
    expect(launch).toHaveBeenCalledOnce();
  });
});

describe('startCommand', () => {
  it('knows flatpaks, snaps and own folders', () => {
    machine.putFolder('/var/lib/flatpak/app/org.mozilla.firefox');
    machine.putFolder('/snap/firefox');
    machine.put('/usr/bin/chromium');
    expect(startCommand({ id: 'firefox', variant: 'flatpak' }, machine)).toEqual({
      program: 'flatpak',
      args: ['run', 'org.mozilla.firefox'],
    });
    expect(startCommand({ id: 'firefox', variant: 'snap' }, machine)?.program).toBe('/snap/bin/firefox');
    expect(startCommand({ ...chromium, userDataDir: '/a b' }, machine)?.args).toEqual([
      '--user-data-dir=/a b',
    ]);
  });

  it('leaves the focus alone on macOS', () => {
    machine.remove();
    use('darwin').putFolder('/Applications/Arc.app');
    expect(startCommand({ id: 'arc', variant: 'native' }, machine)).toEqual({
      program: '/usr/bin/open',
      args: ['-g', '-a', '/Applications/Arc.app'],
    });
  });

  it('takes the whole path on Windows', () => {
    machine.remove();
    const program = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
    use('win32').put(program);
    expect(startCommand({ id: 'chrome', variant: 'native' }, machine)).toEqual({ program, args: [] });
  });
});

describe('installedBrowsers', () => {
  it('has the one used last in front', () => {
    const request = {
      names: ['chrome', 'firefox'],
      allUsers: false,
      dryRun: false,
      packageRoot: '/opt/awsher',
    };
    install(request, machine);
    const ids = (lastUsed?: string) =>
      installedBrowsers(contextWith({}), lastUsed, machine).map(({ id }) => id);
    expect(ids()).toEqual(['chrome', 'firefox']);
    expect(ids('firefox')).toEqual(['firefox', 'chrome']);
    expect(ids('edge')).toEqual(['chrome', 'firefox']);
  });
});
