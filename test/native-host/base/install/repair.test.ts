import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { install } from '../../../../native-host/base/install/install.ts';
import { readLauncher } from '../../../../native-host/base/install/launcher.ts';
import { hostScript } from '../../../../native-host/base/install/package-launcher.ts';
import { ownPlaces } from '../../../../native-host/base/install/places.ts';
import { repairInstall } from '../../../../native-host/base/install/repair.ts';
import type { System } from '../../../../native-host/base/install/system.ts';
import { type FakeMachine, fakeMachine } from './fake-machine.ts';

const SYSTEMS: readonly System[] = ['linux', 'win32'];

describe.each(SYSTEMS)('repairInstall on %s', (system) => {
  const base = system === 'win32' ? 'C:\\tools\\' : '/opt/';
  let machine: FakeMachine;

  beforeEach(() => {
    machine = fakeMachine(system);
    machine.put(machine.execPath);
    putPackage(`${base}one`, '1.0.0');
    putPackage(`${base}two`, '1.0.0');
  });
  afterEach(() => machine.remove());

  function putPackage(root: string, version: string): void {
    machine.put(hostScript(root, machine));
    machine.put(
      `${root}${system === 'win32' ? '\\' : '/'}package.json`,
      JSON.stringify({ version }, null, 2),
    );
  }

  function installFrom(root: string): void {
    install({ names: ['chrome'], allUsers: false, dryRun: false, packageRoot: root }, machine);
  }

  const launcher = () => machine.disk.read(ownPlaces(machine, false).launcher) ?? '';
  const repaired = (root: string) => {
    expect(repairInstall(machine, root)).toBe('repaired');
    expect(readLauncher(launcher(), machine.paths.home)?.host).toBe(hostScript(root, machine));
    expect(repairInstall(machine, root)).toBe('right');
  };

  it('does nothing where nothing is installed', () => {
    const before = machine.snapshot();
    expect(repairInstall(machine, `${base}one`)).toBe('absent');
    expect(machine.snapshot()).toEqual(before);
  });

  it('writes nothing when all is well', () => {
    installFrom(`${base}one`);
    const before = machine.snapshot();
    expect(repairInstall(machine, `${base}one`)).toBe('right');
    expect(machine.snapshot()).toEqual(before);
  });

  it('follows a package that was moved', () => {
    installFrom(`${base}one`);
    machine.disk.removeFile(hostScript(`${base}one`, machine));
    repaired(`${base}two`);
  });

  it('is what a second install does too, which says so', () => {
    installFrom(`${base}one`);
    const request = { names: ['chrome'], allUsers: false, dryRun: false, packageRoot: `${base}two` };
    expect(install(request, machine).browsers).toMatchObject([{ result: 'updated' }]);
    expect(readLauncher(launcher(), machine.paths.home)?.host).toBe(hostScript(`${base}two`, machine));
    expect(install(request, machine).browsers).toMatchObject([{ result: 'unchanged' }]);
  });

  it('follows an update into another folder, and never goes back to the older one', () => {
    installFrom(`${base}one`);
    putPackage(`${base}new`, '1.10.0');
    putPackage(`${base}older`, '1.9.3');
    repaired(`${base}new`);
    expect(repairInstall(machine, `${base}older`)).toBe('right');
    expect(readLauncher(launcher(), machine.paths.home)?.host).toBe(hostScript(`${base}new`, machine));
  });

  it('leaves a working copy of the same version alone, so that two copies do not fight', () => {
    installFrom(`${base}one`);
    expect(repairInstall(machine, `${base}two`)).toBe('right');
    expect(readLauncher(launcher(), machine.paths.home)?.host).toBe(hostScript(`${base}one`, machine));
  });

  it('names another node when the old one is gone, and only then', () => {
    const other = `${base}other-node`;
    const file = ownPlaces(machine, false).launcher;
    machine.put(other);
    installFrom(`${base}one`);
    const withOther = { ...machine, execPath: other };
    expect(repairInstall(withOther, `${base}one`)).toBe('right');
    machine.disk.removeFile(machine.execPath);
    expect(repairInstall(withOther, `${base}one`)).toBe('repaired');
    expect(readLauncher(machine.disk.read(file) ?? '', machine.paths.home)?.node).toBe(other);
  });

  it('replaces a launcher that is damaged, and says so when it cannot', () => {
    installFrom(`${base}one`);
    machine.disk.write(ownPlaces(machine, false).launcher, 'half a li', 0o755);
    const readOnly = {
      ...machine,
      disk: {
        ...machine.disk,
        write: () => {
          throw new Error('read-only');
        },
      },
    };
    expect(repairInstall(readOnly, `${base}one`)).toBe('failed');
    repaired(`${base}one`);
  });

  if (system === 'linux')
    it('makes it executable again', () => {
      installFrom(`${base}one`);
      const { launcher: file } = ownPlaces(machine, false);
      machine.disk.write(file, launcher(), 0o644);
      repaired(`${base}one`);
      expect(machine.disk.mode(file)).toBe(0o755);
    });
});
