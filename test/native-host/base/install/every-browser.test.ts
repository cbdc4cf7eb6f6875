import { afterEach, describe, expect, it } from 'vitest';
import ids from '../../../../manifests/ids.json';
import { type Browser, browsersTable } from '../../../../native-host/base/install/browsers-table.ts';
import {
  findBrowsers,
  type Place,
  placesOf,
  systemPlaceOf,
} from '../../../../native-host/base/install/find-browsers.ts';
import { install } from '../../../../native-host/base/install/install.ts';
import { expandAll, type Machine, pathsOf } from '../../../../native-host/base/install/machine.ts';
import { ownPlaces } from '../../../../native-host/base/install/places.ts';
import type { System } from '../../../../native-host/base/install/system.ts';
import { uninstall } from '../../../../native-host/base/install/uninstall.ts';
import { type FakeMachine, fakeMachine } from './fake-machine.ts';

const SYSTEMS: readonly System[] = ['linux', 'darwin', 'win32'];
const PACKAGE = { linux: '/opt/awsher', darwin: '/opt/awsher', win32: 'C:\\awsher' };
const machines: FakeMachine[] = [];

function machineFor(system: System, changes: Partial<Machine> = {}): FakeMachine {
  const machine = fakeMachine(system, changes);
  machines.push(machine);
  return machine;
}

afterEach(() => {
  for (const machine of machines.splice(0)) machine.remove();
});

const request = (machine: FakeMachine) => ({
  names: [],
  allUsers: false,
  dryRun: false,
  packageRoot: PACKAGE[machine.system],
});

/** Puts one browser on the computer, as little of it as there can be. */
function putBrowser(place: Place, machine: FakeMachine): void {
  const path = traceOf(place, machine);
  if (path.endsWith('/')) machine.putFolder(path);
  else machine.put(path, '{}');
}

function traceOf({ browser, variant, flatpakApp }: Place, machine: FakeMachine): string {
  if (variant === 'flatpak') return `/var/lib/flatpak/app/${flatpakApp}/`;
  if (variant === 'snap') return `/snap/${browser.linux?.snap?.name}/`;
  const entry = browser[machine.system];
  const [profile] = expandAll(entry?.profiles ?? [], machine);
  if (profile !== undefined) return pathsOf(machine).join(profile, 'Local State');
  if (machine.system === 'darwin') return `/Applications/${browser.darwin?.apps[0]}.app/`;
  const [program = ''] = entry && 'executables' in entry ? expandAll(entry.executables, machine) : [];
  return /[\\/]/.test(program) ? program : `/usr/bin/${program}`;
}

function expectManifest(text: string | undefined, browser: Browser, path: string): void {
  const manifest: unknown = JSON.parse(text ?? 'null');
  expect(manifest).toEqual({
    name: ids.host,
    description: expect.any(String),
    path,
    type: 'stdio',
    ...(browser.family === 'chromium'
      ? { allowed_origins: [`chrome-extension://${ids.chromium[0]}/`] }
      : { allowed_extensions: [ids.firefox] }),
  });
}

const rows = SYSTEMS.flatMap((system) => {
  const machine = fakeMachine(system);
  const places = browsersTable().flatMap((browser) => placesOf(browser, machine));
  machine.remove();
  return places.map((place) => ({ system, id: place.browser.id, variant: place.variant, place }));
});

describe.each(rows)('$id ($variant) on $system', ({ system, place }) => {
  it('is found alone, registered, left alone the second time, and removed without a trace', () => {
    const machine = machineFor(system);
    const { join } = pathsOf(machine);
    putBrowser(place, machine);
    const found = findBrowsers(machine).map(({ browser, variant }) => [browser.id, variant]);
    expect(found).toEqual([[place.browser.id, place.variant]]);

    const before = machine.snapshot();
    const report = install(request(machine), machine);
    if (place.works === 'no') {
      expect(report.browsers).toMatchObject([{ result: 'unsupported', where: [], note: expect.any(String) }]);
      expect(machine.snapshot()).toEqual(before);
      return;
    }
    expect(report.browsers).toMatchObject([{ id: place.browser.id, result: 'registered' }]);
    const { launcher, folder } = ownPlaces(machine, false);
    const path =
      place.variant === 'flatpak'
        ? join(machine.paths.home, `.var/app/${place.flatpakApp}/data/awsher/awsher-host`)
        : launcher;
    for (const manifestFolder of place.manifestFolders) {
      const file = join(manifestFolder, `${ids.host}.json`);
      expectManifest(machine.disk.read(file), place.browser, path);
      expect(machine.disk.mode(file)).toBe(0o600);
    }
    for (const key of place.registryKeys) {
      const file = machine.keys.get(`HKCU\\${key}\\${ids.host}`);
      expectManifest(machine.disk.read(file ?? ''), place.browser, path);
    }
    expect(report.browsers[0]?.where).toHaveLength(place.manifestFolders.length + place.registryKeys.length);
    expect(place.manifestFolders.length + place.registryKeys.length).toBeGreaterThan(0);
    expect(machine.disk.mode(path)).toBe(0o755);
    expect(machine.disk.mode(folder)).toBe(0o700);

    const installed = machine.snapshot();
    machine.disk.write = () => expect.fail('a file was written although nothing had changed');
    expect(install(request(machine), machine).browsers).toMatchObject([{ result: 'unchanged' }]);
    expect(machine.snapshot()).toEqual(installed);

    expect(uninstall(request(machine), machine)).toMatchObject({ complete: true });
    expect(machine.snapshot()).toEqual(before);
  });

  it('writes nothing on a dry run', () => {
    const machine = machineFor(system);
    putBrowser(place, machine);
    const before = machine.snapshot();
    install({ ...request(machine), dryRun: true }, machine);
    expect(machine.snapshot()).toEqual(before);
  });
});

describe.each(SYSTEMS)('for all users of %s', (system) => {
  it('registers at the system places and removes everything again', () => {
    const machine = machineFor(system, system === 'win32' ? {} : { uid: 0 });
    for (const browser of browsersTable()) {
      const [native] = placesOf(browser, machine);
      if (native) putBrowser(native, machine);
    }
    const before = machine.snapshot();
    const all = { ...request(machine), allUsers: true };
    const report = install(all, machine);
    const { join } = pathsOf(machine);
    for (const browser of browsersTable()) {
      const place = systemPlaceOf(browser, machine);
      if (!place) continue;
      expect(report.browsers.find(({ id }) => id === browser.id)?.result, browser.id).not.toBe('failed');
      for (const folder of place.manifestFolders) {
        expectManifest(machine.disk.read(join(folder, `${ids.host}.json`)), browser, report.launcher);
        expect(machine.disk.mode(join(folder, `${ids.host}.json`))).toBe(0o644);
      }
      for (const key of place.registryKeys) expect(machine.keys.has(`HKLM\\${key}\\${ids.host}`)).toBe(true);
    }
    expect([...machine.keys.keys()].filter((key) => key.startsWith('HKCU'))).toEqual([]);
    expect(machine.disk.read(report.launcher)).not.toContain(machine.paths.home);
    uninstall(all, machine);
    expect(machine.snapshot()).toEqual(before);
  });
});

describe.each(SYSTEMS)('all browsers of %s at once', (system) => {
  it('come and go one by one without taking one another along', () => {
    const machine = machineFor(system);
    for (const browser of browsersTable()) {
      for (const place of placesOf(browser, machine)) putBrowser(place, machine);
    }
    const before = machine.snapshot();
    const { browsers } = install(request(machine), machine);
    const working = browsers.filter(({ result }) => result !== 'unsupported');
    expect(new Set(working.map(({ result }) => result))).toEqual(new Set(['registered']));
    const wholly = machine.snapshot();
    const idsInOrder = [...new Set(working.map(({ id }) => id))];
    for (const [index, id] of idsInOrder.entries()) {
      uninstall({ ...request(machine), names: [id] }, machine);
      const now = machine.snapshot();
      for (const other of working.filter(({ id: left }) => idsInOrder.indexOf(left) > index)) {
        for (const where of other.where) {
          const inTree = Object.keys(now).some(
            (path) => path === where || path === `/${where.replace(':', '').replaceAll('\\', '/')}`,
          );
          expect(inTree, `${where} of ${other.id} after ${id} went`).toBe(true);
        }
      }
    }
    expect(machine.snapshot()).toEqual(before);
    expect(Object.keys(wholly).length).toBeGreaterThan(Object.keys(before).length);
  });
});
