import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { applyAction, type Change, type Created, changeOf } from './apply.ts';
import { type Browser, browserNamed, browsersTable } from './browsers-table.ts';
import { findBrowsers, isThere, type Place, placesOf, systemPlaceOf } from './find-browsers.ts';
import { type Action, type BrowserPlan, type Plan, planInstall, type Target } from './install-plan.ts';
import type { AwsFiles } from './launcher.ts';
import { type Machine, pathsOf } from './machine.ts';
import { launcherInputs, launcherText } from './package-launcher.ts';
import { ownPlaces } from './places.ts';
import {
  type InstalledBrowser,
  type InstallRecord,
  isRecorded,
  mergeRecord,
  readRecord,
  recordText,
} from './record.ts';
import { refuseForeignHome, requireRoot } from './root.ts';
import { runningBrowsers } from './running-browsers.ts';
import { ownSystemFolder, packageFiles, refuseUntrusted } from './system-trust.ts';

export interface InstallRequest {
  /** Ids or names; empty for every browser found. */
  readonly names: readonly string[];
  /** Absolute. */
  readonly userDataDir?: string | undefined;
  /** For all users of the computer. */
  readonly allUsers: boolean;
  readonly dryRun: boolean;
  readonly packageRoot: string;
}

/** What became of one place of one browser. */
export interface BrowserResult {
  readonly id: string;
  readonly name: string;
  readonly variant: Place['variant'];
  readonly userDataDir?: string;
  readonly result: 'registered' | 'updated' | 'unchanged' | 'unsupported' | 'failed';
  /** Manifest files and registry keys. */
  readonly where: readonly string[];
  readonly note?: string;
  readonly error?: AwsherError;
}

export interface InstallReport {
  readonly launcher: string;
  readonly node: string;
  readonly host: string;
  /** Places of the AWS files that this shell names and the launcher hands on. */
  readonly files: AwsFiles;
  readonly browsers: readonly BrowserResult[];
}

/**
 * Registers the host with browsers, each on its own: one that fails does not stop the others. Doing it again changes
 * nothing. Throws ROOT_REFUSED, BROWSER_UNKNOWN, INSTALL_FAILED (no browser) or what writing the launcher throws.
 */
export function install(request: InstallRequest, machine: Machine): InstallReport {
  const { allUsers, dryRun } = request;
  if (!allUsers) refuseForeignHome(machine, 'install', request.names.length > 0 || !!request.userDataDir);
  else if (!dryRun) requireRoot(machine, 'install');
  const own = ownPlaces(machine, allUsers);
  const inputs = launcherInputs(machine, request.packageRoot, allUsers);
  const created: Created = { folders: [], registryKeys: [] };
  if (allUsers && !dryRun) {
    refuseUntrusted(machine, [inputs.node, inputs.host, ...packageFiles(request.packageRoot, machine)]);
    created.folders.push(...ownSystemFolder(machine, own.folder));
  }
  const plan = planInstall({
    machine,
    own,
    allUsers,
    launcherText: launcherText(inputs, machine),
    targets: targetsOf(request, machine),
  });
  const folderMode = allUsers ? 0o755 : 0o700;
  const act = (action: Action): Change =>
    dryRun ? changeOf(action, machine) : applyAction(action, machine, created, folderMode);
  const moved = plan.shared.map(act).includes('changed');
  const before = readRecord(own.record, machine);
  const browsers = plan.browsers.map((browser) =>
    resultOf(browser, act, { moved, wasThere: isRecorded(browser, before) }),
  );
  if (!dryRun) writeRecord(plan, browsers, created, before, machine, own.record, folderMode);
  return { launcher: own.launcher, node: inputs.node, host: inputs.host, files: inputs.files, browsers };
}

function targetsOf(request: InstallRequest, machine: Machine): Target[] {
  const { names, userDataDir, allUsers } = request;
  const named = namedBrowsers(names);
  if (userDataDir !== undefined)
    return named.map((browser) => ownFolderTarget(browser, userDataDir, machine));
  if (allUsers) return systemTargets(named, machine);
  if (named.length > 0) return named.flatMap((browser) => namedTargets(browser, machine));
  const found: Target[] = findBrowsers(machine).map((place) => ({ place }));
  const running = machine.procDir === undefined ? [] : runningBrowsers(machine.procDir, machine.paths.home);
  const extra = running.map((it) => ownFolderTarget(it.browser, it.userDataDir, machine));
  if (found.length + extra.length > 0) return [...found, ...extra];
  throw new AwsherError('INSTALL_FAILED', 'awsher found no supported browser on this computer.', {
    hint: 'name one: `awsher install --browser chrome`, or one with its own folder: `awsher install --browser chromium --user-data-dir DIR`',
  });
}

/** Browsers by name, each once; `all` stands for every browser found and gives none here. */
function namedBrowsers(names: readonly string[]): Browser[] {
  const wanted = names.filter((name) => name.toLowerCase() !== 'all');
  const browsers = new Set(wanted.map((name) => browserNamed(name)));
  return wanted.length < names.length ? [] : [...browsers];
}

/** A browser that was named is registered where it is, or at its usual place if it is not seen. */
function namedTargets(browser: Browser, machine: Machine): Target[] {
  const places = placesOf(browser, machine);
  const there = places.filter((place) => isThere(place, machine));
  if (there.length > 0) return there.map((place) => ({ place }));
  const [usual] = places;
  if (usual) return [{ place: usual, note: `${browser.name} was not found on this computer.` }];
  throw new AwsherError('INSTALL_FAILED', `${browser.name} does not exist for this system.`, {
    hint: 'run `awsher install` without `--browser` to set up every browser it finds',
  });
}

function ownFolderTarget(browser: Browser, userDataDir: string, machine: Machine): Target {
  const [usual] = placesOf(browser, machine);
  if (!usual) {
    throw new AwsherError('INSTALL_FAILED', `${browser.name} does not exist for this system.`, {
      hint: 'name another one with `--browser`',
    });
  }
  if (browser.family === 'chromium') return { place: usual, userDataDir };
  return { place: usual, note: `${browser.name} looks at its usual place, whatever its profile folder is.` };
}

function systemTargets(named: readonly Browser[], machine: Machine): Target[] {
  const browsers = named.length > 0 ? named : browsersTable();
  return browsers
    .map((browser) => systemPlaceOf(browser, machine))
    .filter((place) => place !== undefined)
    .filter((place) => named.length > 0 || isThere(place, machine))
    .map((place) => ({ place }));
}

function resultOf(plan: BrowserPlan, act: (action: Action) => Change, state: Before): BrowserResult {
  const { actions, unsupported, ...browser } = plan;
  const where = actions.filter(isRegistration).map(placeOf);
  if (unsupported) return { ...browser, result: 'unsupported', where };
  try {
    const changes = actions.map(act);
    return { ...browser, result: resultOfChanges(changes, state), where };
  } catch (thrown) {
    const error =
      thrown instanceof AwsherError
        ? thrown
        : new AwsherError('INSTALL_FAILED', `awsher could not be registered with ${plan.name}.`, {
            hint: 'run `awsher doctor`',
            cause: thrown,
          });
    return { ...browser, result: 'failed', where, error };
  }
}

interface Before {
  /** The launcher named another node or package. */
  moved: boolean;
  wasThere: boolean;
}

/** Browsers share places, so that a new one can find everything there already. */
function resultOfChanges(changes: readonly Change[], { moved, wasThere }: Before): BrowserResult['result'] {
  if (changes.includes('changed')) return 'updated';
  if (!wasThere) return 'registered';
  return moved || changes.includes('new') ? 'updated' : 'unchanged';
}

function isRegistration(action: Action): boolean {
  return action.kind === 'set-registry' || action.path.endsWith('.json');
}

function placeOf(action: Action): string {
  return action.kind === 'set-registry' ? action.key : action.path;
}

function writeRecord(
  plan: Plan,
  results: readonly BrowserResult[],
  created: Created,
  before: InstallRecord,
  machine: Machine,
  file: string,
  folderMode: number,
): void {
  const installed = plan.browsers
    .filter((_, index) => results[index]?.result !== 'failed' && results[index]?.result !== 'unsupported')
    .map(toInstalled);
  if (installed.length === 0) return;
  created.folders.push(...machine.disk.makeFolder(pathsOf(machine).dirname(file), folderMode));
  const text = recordText(
    mergeRecord(before, { shared: plan.shared.map(placeOf), browsers: installed, created }),
  );
  if (machine.disk.read(file) !== text) machine.disk.write(file, text, folderMode & 0o666);
}

function toInstalled({ id, variant, userDataDir, actions }: BrowserPlan): InstalledBrowser {
  return {
    id,
    variant,
    ...(userDataDir === undefined ? {} : { userDataDir }),
    files: actions.filter(({ kind }) => kind === 'write-file').map(placeOf),
    registryKeys: actions.filter(({ kind }) => kind === 'set-registry').map(placeOf),
  };
}
