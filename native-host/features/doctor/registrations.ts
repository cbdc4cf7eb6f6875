import { type Browser, browsersTable } from '../../base/install/browsers-table.ts';
import { findBrowsers, type Place, placesOf } from '../../base/install/find-browsers.ts';
import { HOST_NAME } from '../../base/install/host-manifest.ts';
import { type Machine, pathsOf } from '../../base/install/machine.ts';
import { MANIFEST_FILE, ownPlaces } from '../../base/install/places.ts';
import { type InstalledBrowser, readRecord } from '../../base/install/record.ts';
import { runningBrowsers } from '../../base/install/running-browsers.ts';

/** One browser that is, or should be, registered: where its manifest belongs. */
export interface Registration {
  readonly browser: Browser;
  readonly variant: Place['variant'];
  readonly userDataDir?: string;
  readonly allUsers: boolean;
  /** Manifest files; on Windows the registry keys that name one. */
  readonly files: readonly string[];
  readonly registryKeys: readonly string[];
}

export interface Registrations {
  readonly expected: readonly Registration[];
  /** Browsers on this computer that were left out, and user data folders of running ones. */
  readonly others: readonly string[];
}

/**
 * What awsher should be registered with: all that the records of `install` name and whatever else has a manifest of ours
 * at its usual place; if that is nothing, every browser found.
 */
export function registrations(machine: Machine): Registrations {
  const recorded = [false, true].flatMap((allUsers) =>
    readRecord(ownPlaces(machine, allUsers).record, machine).browsers.flatMap((entry) =>
      fromRecord(entry, allUsers),
    ),
  );
  const found = findBrowsers(machine).filter(({ works }) => works !== 'no');
  const isKnown = (place: Place) =>
    recorded.some(({ browser, variant }) => browser.id === place.browser.id && variant === place.variant);
  const unrecorded = found.filter((place) => !isKnown(place)).map((place) => fromPlace(place, machine));
  const present = unrecorded.filter(
    ({ files, registryKeys }) =>
      files.some((file) => machine.disk.kind(file) === 'file') ||
      registryKeys.some((key) => machine.registry.exists(key)),
  );
  const known = [...recorded, ...present];
  if (known.length === 0) return { expected: unrecorded, others: [] };
  const left = unrecorded.filter((one) => !present.includes(one)).map(titleOf);
  return { expected: known, others: [...left, ...strayFolders(known, machine)] };
}

/** `Google Chrome`, `Firefox (flatpak)`, `Chromium with /srv/profile`. */
export function titleOf({ browser, variant, userDataDir }: Registration): string {
  const kind = variant === 'native' ? browser.name : `${browser.name} (${variant})`;
  return userDataDir === undefined ? kind : `${kind} with ${userDataDir}`;
}

function fromRecord(entry: InstalledBrowser, allUsers: boolean): Registration[] {
  const browser = browsersTable().find(({ id }) => id === entry.id);
  if (!browser) return [];
  const { variant, userDataDir, registryKeys } = entry;
  const files = entry.files.filter((file) => file.endsWith('.json'));
  const base = { browser, variant, allUsers, files, registryKeys };
  return [userDataDir === undefined ? base : { ...base, userDataDir }];
}

function fromPlace(
  { browser, variant, manifestFolders, registryKeys }: Place,
  machine: Machine,
): Registration {
  const { join } = pathsOf(machine);
  return {
    browser,
    variant,
    allUsers: false,
    files: manifestFolders.map((folder) => join(folder, MANIFEST_FILE)),
    registryKeys: registryKeys.map((key) => `HKCU\\${key}\\${HOST_NAME}`),
  };
}

function strayFolders(known: readonly Registration[], machine: Machine): string[] {
  if (machine.procDir === undefined) return [];
  const has = new Set(known.map(({ userDataDir }) => userDataDir));
  const usual = new Set(
    browsersTable().flatMap((browser) =>
      placesOf(browser, machine).flatMap((place) => place.manifestFolders),
    ),
  );
  const { join } = pathsOf(machine);
  return runningBrowsers(machine.procDir, machine.paths.home)
    .filter(
      ({ userDataDir }) => !has.has(userDataDir) && !usual.has(join(userDataDir, 'NativeMessagingHosts')),
    )
    .map(({ browser, userDataDir }) => `${browser.name} with ${userDataDir}`);
}
