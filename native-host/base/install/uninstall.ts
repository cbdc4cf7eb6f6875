import { browserNamed, browsersTable } from './browsers-table.ts';
import { placesOf, systemPlaceOf } from './find-browsers.ts';
import { HOST_NAME } from './host-manifest.ts';
import { type Machine, pathsOf } from './machine.ts';
import { MANIFEST_FILE, type OwnPlaces, ownPlaces } from './places.ts';
import { type InstalledBrowser, type InstallRecord, readRecord, recordText } from './record.ts';
import { refuseForeignHome, requireRoot } from './root.ts';
import { refuseForeignRecord } from './system-trust.ts';

export interface UninstallRequest {
  /** Ids or names; empty for everything that was installed. */
  readonly names: readonly string[];
  /** Absolute. */
  readonly userDataDir?: string | undefined;
  readonly allUsers: boolean;
  readonly dryRun: boolean;
}

export interface RemovedBrowser {
  readonly id: string;
  readonly name: string;
  readonly variant: InstalledBrowser['variant'];
  readonly userDataDir?: string;
  /** What went; nothing when another browser still needs the same places. */
  readonly where: readonly string[];
}

export interface UninstallReport {
  readonly browsers: readonly RemovedBrowser[];
  /** No browser is left, and launcher and record went too. */
  readonly complete: boolean;
}

/**
 * Takes back what install did: manifests, registry keys, launcher, record, and the folders and keys that install had
 * created and that are empty now. Manifests of ours that no record knows go as well. Throws ROOT_REFUSED,
 * BROWSER_UNKNOWN, or INSTALL_FAILED for all users where somebody else could have written the record.
 */
export function uninstall(request: UninstallRequest, machine: Machine): UninstallReport {
  const { allUsers, dryRun } = request;
  if (!allUsers) refuseForeignHome(machine, 'uninstall', request.names.length > 0 || !!request.userDataDir);
  else if (!dryRun) requireRoot(machine, 'uninstall');
  const own = ownPlaces(machine, allUsers);
  if (allUsers && !dryRun) refuseForeignRecord(machine, own.folder);
  const record = readRecord(own.record, machine);
  const installed = [...record.browsers, ...unrecorded(record, allUsers, machine)];
  const chosen = chooser(request);
  const leaving = installed.filter(chosen);
  const staying = installed.filter((browser) => !chosen(browser));
  const complete = staying.length === 0;
  const keptFiles = new Set(staying.flatMap(({ files }) => files));
  const keptKeys = new Set(staying.flatMap(({ registryKeys }) => registryKeys));
  const gone = new Set<string>();
  const browsers = leaving.map((browser) => {
    const files = browser.files.filter((file) => !keptFiles.has(file) && !gone.has(file));
    const keys = browser.registryKeys.filter((key) => !keptKeys.has(key) && !gone.has(key));
    for (const place of [...files, ...keys]) gone.add(place);
    if (!dryRun) {
      files.forEach(machine.disk.removeFile);
      keys.forEach(machine.registry.remove);
    }
    return described(browser, [...files, ...keys]);
  });
  if (!dryRun) settle(record, staying, own, machine);
  return { browsers, complete };
}

function described({ id, variant, userDataDir }: InstalledBrowser, where: string[]): RemovedBrowser {
  const name = browsersTable().find((browser) => browser.id === id)?.name ?? id;
  return { id, name, variant, ...(userDataDir === undefined ? {} : { userDataDir }), where };
}

function chooser({ names, userDataDir }: UninstallRequest): (browser: InstalledBrowser) => boolean {
  const everything = names.length === 0 || names.some((name) => name.toLowerCase() === 'all');
  const ids = everything ? undefined : new Set(names.map((name) => browserNamed(name).id));
  return (browser) =>
    (ids === undefined || ids.has(browser.id)) &&
    (userDataDir === undefined || browser.userDataDir === userDataDir);
}

/** Registrations at the usual places that the record does not know: it was lost, or another version's. */
function unrecorded(record: InstallRecord, allUsers: boolean, machine: Machine): InstalledBrowser[] {
  const { disk, registry } = machine;
  const { join } = pathsOf(machine);
  const known = new Set(record.browsers.flatMap(({ files, registryKeys }) => [...files, ...registryKeys]));
  const hive = allUsers ? 'HKLM' : 'HKCU';
  const found: InstalledBrowser[] = [];
  for (const browser of browsersTable()) {
    const system = systemPlaceOf(browser, machine);
    for (const place of allUsers ? (system ? [system] : []) : placesOf(browser, machine)) {
      const files = place.manifestFolders
        .map((folder) => join(folder, MANIFEST_FILE))
        .filter((file) => !known.has(file) && disk.kind(file) === 'file');
      const registryKeys = place.registryKeys
        .map((key) => `${hive}\\${key}\\${HOST_NAME}`)
        .filter((key) => !known.has(key) && registry.exists(key));
      if (files.length + registryKeys.length === 0) continue;
      found.push({ id: browser.id, variant: place.variant, files, registryKeys });
    }
  }
  return found;
}

/** Shared files and the record, once the browsers' own places are done. */
function settle(record: InstallRecord, staying: InstalledBrowser[], own: OwnPlaces, machine: Machine): void {
  const { disk, registry } = machine;
  const complete = staying.length === 0;
  if (complete) {
    for (const file of [...record.shared, own.launcher, own.record]) disk.removeFile(file);
  }
  const keys = record.created.registryKeys.toReversed().filter((key) => !registry.removeIfEmpty(key));
  const folders = innermostFirst(record.created.folders).filter((folder) => !disk.removeEmptyFolder(folder));
  if (complete || disk.kind(own.record) === undefined) return;
  const created = { folders: folders.toReversed(), registryKeys: keys.toReversed() };
  disk.write(
    own.record,
    recordText({ ...record, browsers: staying, created }),
    disk.mode(own.record) ?? 0o600,
  );
}

function innermostFirst(folders: readonly string[]): string[] {
  return folders.toSorted((left, right) => right.length - left.length);
}
