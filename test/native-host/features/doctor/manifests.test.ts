import { afterEach, describe, expect, it } from 'vitest';
import { install } from '../../../../native-host/base/install/install.ts';
import { ownPlaces } from '../../../../native-host/base/install/places.ts';
import { readRecord } from '../../../../native-host/base/install/record.ts';
import type { System } from '../../../../native-host/base/install/system.ts';
import { manifests } from '../../../../native-host/features/doctor/checks/manifests.ts';
import type { DoctorContext } from '../../../../native-host/features/doctor/context.ts';
import { type FakeMachine, fakeMachine } from '../../base/install/fake-machine.ts';

let machine: FakeMachine;
afterEach(() => machine.remove());

const ROOTS = { linux: '/opt/awsher', darwin: '/opt/awsher', win32: 'C:\\awsher' };

function contextOf(system: System): DoctorContext {
  machine = fakeMachine(system);
  return {
    env: machine.env,
    platform: system,
    paths: machine.paths,
    now: () => 0,
    machine,
    packageRoot: ROOTS[system],
    version: '1.0.0',
    nodeVersion: '22.0.0',
    talk: async () => ({ code: 0, stdout: Buffer.alloc(0), stderr: '' }),
    output: async () => '',
    probe: async () => ({ kind: 'failed', code: 'X', proxy: false }),
  };
}

function register(names: string[], userDataDir?: string): void {
  const packageRoot = ROOTS[machine.system];
  install({ names, userDataDir, allUsers: false, dryRun: false, packageRoot }, machine);
}

describe.each(['linux', 'darwin', 'win32'] as const)('host manifests on %s', (system) => {
  it('are right after install, a failure when one is gone, and there again after the fix', async () => {
    const context = contextOf(system);
    register(['chrome', 'firefox']);
    expect(await manifests.run(context)).toMatchObject({ result: 'ok', detail: 'Google Chrome\nFirefox' });
    const [, firefox] = readRecord(ownPlaces(machine, false).record, machine).browsers;
    for (const file of firefox?.files ?? []) machine.disk.removeFile(file);
    for (const key of firefox?.registryKeys ?? []) machine.registry.remove(key);
    const finding = await manifests.run(context);
    expect(finding).toMatchObject({
      result: 'fail',
      detail: expect.stringMatching(/^Firefox: .* does not exist$/),
      next: expect.stringContaining('awsher install --browser firefox'),
    });
    expect(await finding.fix?.()).toBe('Firefox was registered again');
    expect((await manifests.run(context)).result).toBe('ok');
  });

  it('where nothing was ever registered, every browser found is a failure', async () => {
    const context = contextOf(system);
    const profiles = {
      linux: '/home/ana maría/.config/google-chrome/Default/x',
      darwin: '/Users/ana/Library/Application Support/Google/Chrome/Default/x',
      win32: 'C:\\Users\\Ana Müller\\AppData\\Local\\Google\\Chrome\\User Data\\Default\\x',
    };
    expect(await manifests.run(context)).toMatchObject({
      result: 'fail',
      next: expect.stringContaining('--browser NAME'),
    });
    machine.put(profiles[system]);
    expect(await manifests.run(context)).toMatchObject({
      result: 'fail',
      detail: expect.stringMatching(/^Google Chrome: /),
    });
    // A second browser that was left out on purpose is only named.
    register(['firefox']);
    expect(await manifests.run(context)).toMatchObject({
      result: 'ok',
      detail: expect.stringMatching(/^Firefox\nnot registered, .*: Google Chrome$/),
    });
  });
});

describe('a user data folder', () => {
  it('is looked at where it was registered, and mended there', async () => {
    const context = contextOf('linux');
    register(['chromium'], '/srv/profile');
    expect(await manifests.run(context)).toMatchObject({
      result: 'ok',
      detail: 'Chromium with /srv/profile',
    });
    const [chromium] = readRecord(ownPlaces(machine, false).record, machine).browsers;
    for (const file of chromium?.files ?? []) machine.disk.removeFile(file);
    const finding = await manifests.run(context);
    expect(finding.next).toContain('awsher install --browser chromium --user-data-dir "/srv/profile"');
    await finding.fix?.();
    expect((await manifests.run(context)).result).toBe('ok');
  });

  it('a manifest is found also when the record of the installation is lost', async () => {
    const context = contextOf('linux');
    register(['chrome']);
    machine.disk.removeFile(ownPlaces(machine, false).record);
    machine.put('/usr/bin/google-chrome');
    expect(await manifests.run(context)).toMatchObject({ result: 'ok', detail: 'Google Chrome' });
  });
});
