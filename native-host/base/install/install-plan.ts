import type { Place, Variant } from './find-browsers.ts';
import { hostManifest } from './host-manifest.ts';
import { flatpakLauncher } from './launcher.ts';
import { type Machine, pathsOf } from './machine.ts';
import { MANIFEST_FILE, type OwnPlaces } from './places.ts';

export type Action =
  | { readonly kind: 'write-file'; readonly path: string; readonly text: string; readonly mode: number }
  | { readonly kind: 'set-registry'; readonly key: string; readonly value: string };

/** What is to be done for one place of one browser. */
export interface BrowserPlan {
  readonly id: string;
  readonly name: string;
  readonly variant: Variant;
  readonly userDataDir?: string;
  /** Nothing can be done here; the note says why. */
  readonly unsupported?: true;
  readonly note?: string;
  readonly actions: readonly Action[];
}

export interface Plan {
  /** Launcher, and on Windows the manifests that registry keys point at. */
  readonly shared: readonly Action[];
  readonly browsers: readonly BrowserPlan[];
}

/** A place to register, with a user data folder of its own if it has one. */
export interface Target {
  readonly place: Place;
  readonly userDataDir?: string;
  readonly note?: string;
}

export interface PlanInputs {
  readonly machine: Pick<Machine, 'system' | 'paths'>;
  readonly own: OwnPlaces;
  readonly allUsers: boolean;
  readonly launcherText: string;
  readonly targets: readonly Target[];
}

/** What an installation consists of. Pure: looks at nothing but its inputs. */
export function planInstall(inputs: PlanInputs): Plan {
  const { machine, own, launcherText, targets } = inputs;
  const browsers = targets.map((target) => planBrowser(target, inputs));
  const shared: Action[] = [{ kind: 'write-file', path: own.launcher, text: launcherText, mode: 0o755 }];
  if (machine.system === 'win32') {
    for (const family of new Set(targets.map(({ place }) => place.browser.family))) {
      shared.push(writeFile(sharedManifest(inputs, family), hostManifest(family, own.launcher), inputs));
    }
  }
  return { shared: browsers.every(({ unsupported }) => unsupported) ? [] : shared, browsers };
}

function planBrowser(target: Target, inputs: PlanInputs): BrowserPlan {
  const { place, userDataDir } = target;
  const { browser, variant } = place;
  const note = target.note ?? place.note;
  const base = {
    id: browser.id,
    name: browser.name,
    variant,
    ...(userDataDir === undefined ? {} : { userDataDir }),
    ...(note === undefined ? {} : { note }),
  };
  if (place.works === 'no') return { ...base, unsupported: true, actions: [] };
  return { ...base, actions: [...fileActions(target, inputs), ...registryActions(place, inputs)] };
}

function fileActions({ place, userDataDir }: Target, inputs: PlanInputs): Action[] {
  const { machine, own } = inputs;
  const { join } = pathsOf(machine);
  const folders =
    userDataDir === undefined ? place.manifestFolders : [join(userDataDir, 'NativeMessagingHosts')];
  const actions: Action[] = [];
  let launcher = own.launcher;
  if (place.flatpakApp !== undefined && userDataDir === undefined) {
    launcher = join(machine.paths.home, '.var/app', place.flatpakApp, 'data/awsher/awsher-host');
    actions.push({ kind: 'write-file', path: launcher, text: flatpakLauncher(own.launcher), mode: 0o755 });
  }
  const text = hostManifest(place.browser.family, launcher);
  return [...actions, ...folders.map((folder) => writeFile(join(folder, MANIFEST_FILE), text, inputs))];
}

function registryActions(place: Place, inputs: PlanInputs): Action[] {
  const hive = inputs.allUsers ? 'HKLM' : 'HKCU';
  const value = sharedManifest(inputs, place.browser.family);
  return place.registryKeys.map((key) => ({
    kind: 'set-registry',
    key: `${hive}\\${key}\\${MANIFEST_FILE.slice(0, -'.json'.length)}`,
    value,
  }));
}

function writeFile(path: string, text: string, { allUsers }: PlanInputs): Action {
  return { kind: 'write-file', path, text, mode: allUsers ? 0o644 : 0o600 };
}

/** On Windows one manifest per family serves all browsers. */
function sharedManifest({ machine, own }: PlanInputs, family: string): string {
  return pathsOf(machine).join(own.folder, `${family}.${MANIFEST_FILE}`);
}
