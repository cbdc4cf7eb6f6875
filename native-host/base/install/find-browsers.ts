import { type Browser, browsersTable } from './browsers-table.ts';
import { expandAll, type Machine, pathsOf } from './machine.ts';

export type Variant = 'native' | 'flatpak' | 'snap';

/** One kind in which a browser is (or could be) installed here. */
export interface Place {
  readonly browser: Browser;
  readonly variant: Variant;
  /** Folders that host manifests go to; none on Windows, where `registryKeys` has the places. */
  readonly manifestFolders: readonly string[];
  /** Without hive, and with the host's name still missing. */
  readonly registryKeys: readonly string[];
  readonly works: 'yes' | 'override' | 'portal' | 'no';
  /** What a person must know or do for it to work. */
  readonly note?: string;
  /** Id of the flatpak. */
  readonly flatpakApp?: string;
}

/** Every place of one browser on this machine's system, whether the browser is there or not. */
export function placesOf(browser: Browser, machine: Machine): Place[] {
  if (machine.system === 'win32') {
    const keys = browser.win32?.registryKeys;
    return keys
      ? [{ browser, variant: 'native', manifestFolders: [], registryKeys: keys, works: 'yes' }]
      : [];
  }
  const entry = browser[machine.system];
  if (!entry) return [];
  const place = (variant: Variant, manifests: readonly string[]) => ({
    browser,
    variant,
    manifestFolders: expandAll(manifests, machine),
    registryKeys: [],
  });
  const places: Place[] = [{ ...place('native', entry.manifests), works: 'yes' }];
  const { flatpak, snap } = 'executables' in entry ? entry : {};
  if (flatpak) {
    const { app, works, note, manifests } = flatpak;
    places.push({ ...place('flatpak', manifests), works, note, flatpakApp: app });
  }
  if (snap) places.push({ ...place('snap', snap.manifests), works: snap.works, note: snap.note });
  return places;
}

/** The place for all users of the computer; undefined where the browser has none. */
export function systemPlaceOf(browser: Browser, machine: Machine): Place | undefined {
  const [native] = placesOf(browser, machine);
  if (native === undefined || machine.system === 'win32') return native;
  const folders = browser[machine.system]?.systemManifests ?? [];
  return { ...native, manifestFolders: folders };
}

/** The places of all browsers that are on this machine. */
export function findBrowsers(machine: Machine): Place[] {
  return browsersTable()
    .flatMap((browser) => placesOf(browser, machine))
    .filter((place) => isThere(place, machine));
}

/** Whether the browser of a place is on this machine: its program, or a profile that it has written. */
export function isThere({ browser, variant, flatpakApp }: Place, machine: Machine): boolean {
  const { disk, paths, system } = machine;
  const { join } = pathsOf(machine);
  const someFolder = (...folders: string[]) => folders.some((folder) => disk.kind(folder) === 'folder');
  if (variant === 'flatpak' && flatpakApp) {
    return someFolder(
      join('/var/lib/flatpak/app', flatpakApp),
      join(paths.home, '.local/share/flatpak/app', flatpakApp),
      join(paths.home, '.var/app', flatpakApp, 'config'),
    );
  }
  const snap = browser.linux?.snap?.name;
  if (variant === 'snap') return snap !== undefined && someFolder(join('/snap', snap));
  const entry = browser[system];
  if (!entry) return false;
  return programOf(browser, machine) !== undefined || hasProfile(entry.profiles, machine);
}

/**
 * A profile folder counts only with something in it besides host manifests: other programs create
 * `.../NativeMessagingHosts` for browsers that were never there.
 */
function hasProfile(profiles: readonly string[], machine: Machine): boolean {
  return expandAll(profiles, machine).some((folder) =>
    machine.disk
      .names(folder)
      .some((name) => name.toLowerCase() !== 'nativemessaginghosts' && name !== 'native-messaging-hosts'),
  );
}

/** Path of the browser's program (on macOS its bundle) as installed outside of flatpak and snap. */
export function programOf(browser: Browser, machine: Machine): string | undefined {
  const { disk, paths, system } = machine;
  const { join } = pathsOf(machine);
  if (system === 'darwin') {
    const bundles = (browser.darwin?.apps ?? []).flatMap((app) => [
      `/Applications/${app}.app`,
      join(paths.home, 'Applications', `${app}.app`),
    ]);
    return bundles.find((bundle) => disk.kind(bundle) === 'folder');
  }
  const executables = expandAll(browser[system]?.executables ?? [], machine);
  const candidates = executables.flatMap((executable) =>
    executable.includes('/') || executable.includes('\\')
      ? [executable]
      : commandFolders(machine).map((folder) => join(folder, executable)),
  );
  return candidates.find((file) => disk.kind(file) === 'file' && !isSnap(file, machine));
}

function commandFolders({ env }: Machine): string[] {
  const named = (env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'));
  const folders = [...named, '/usr/local/bin', '/usr/bin'];
  return [...new Set(folders)].filter(
    (folder) => !folder.startsWith('/snap/') && !folder.includes('/flatpak/'),
  );
}

/** Ubuntu's `/usr/bin/chromium-browser` and `/usr/bin/firefox` are scripts that start the snap. */
function isSnap(file: string, { disk, system }: Machine): boolean {
  if (system !== 'linux') return false;
  if (disk.real(file)?.startsWith('/snap/')) return true;
  const names = ['chromium-browser', 'firefox'];
  if (!names.some((name) => file.endsWith(`/bin/${name}`))) return false;
  return disk.read(file)?.slice(0, 4096).includes('/snap/bin/') === true;
}
