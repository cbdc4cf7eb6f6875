import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { readLauncher } from './launcher.ts';
import { type Machine, pathsOf } from './machine.ts';
import { ownPlaces } from './places.ts';
import { readRecord } from './record.ts';
import { othersRights } from './windows-rights.ts';

type Trusting = Pick<Machine, 'system' | 'rights'> & {
  readonly disk: Pick<Machine['disk'], 'mode' | 'owner' | 'real' | 'names' | 'kind'>;
};

/** A file or folder that somebody else than the administrator could change. */
export interface Untrusted {
  readonly path: string;
  /** The rest of a sentence that begins with the path. */
  readonly why: string;
}

/**
 * Throws INSTALL_FAILED when something that every user's browser is to start, or a folder above it, is another user's or may
 * be written by one: whoever that is could put their own program in its place.
 */
export function refuseUntrusted(machine: Trusting, started: readonly string[]): void {
  const [first] = untrusted(machine, started);
  if (first === undefined) return;
  throw new AwsherError(
    'INSTALL_FAILED',
    `${first.path} ${first.why}, who could change what every browser starts.`,
    { hint: 'install awsher and Node where only root can write, as `sudo npm install -g awsher` does' },
  );
}

/**
 * What is not the administrator's alone among these files and the folders up to the root, along a link as well as where it
 * leads.
 */
export function untrusted(machine: Trusting, started: readonly string[]): Untrusted[] {
  const { disk, rights, system } = machine;
  const files = new Set(started.flatMap((path) => [path, disk.real(path) ?? path]));
  const folders = new Set([...files].map((path) => pathsOf(machine).dirname(path)));
  const paths = [...new Set([...files].flatMap((path) => withParents(path, machine)))];
  const descriptors = system === 'win32' ? rights.read(paths) : [];
  return paths.flatMap((path, at) => {
    const why =
      system === 'win32'
        ? othersRights(descriptors[at], !files.has(path) && !folders.has(path))
        : reason(disk.mode(path) ?? 0, disk.owner(path) ?? 0);
    return why === undefined ? [] : [{ path, why }];
  });
}

/** Everything of the package that a host or a command of it may load. */
export function packageFiles(packageRoot: string, machine: Trusting): string[] {
  const { join } = pathsOf(machine);
  const below = (path: string): string[] =>
    machine.disk.kind(path) === 'folder'
      ? [path, ...machine.disk.names(path).flatMap((name) => below(join(path, name)))]
      : [path];
  return [join(packageRoot, 'package.json'), ...below(join(packageRoot, 'dist'))];
}

/**
 * Makes the folder of launcher and record, on Windows with rights of its own, and returns what had to be made. Throws
 * INSTALL_FAILED for one that somebody else made or may write to.
 */
export function ownSystemFolder(machine: Machine, folder: string): string[] {
  const { disk, rights, system } = machine;
  const made = disk.makeFolder(folder, 0o755);
  if (system === 'win32' && made.includes(folder)) rights.close(folder);
  refuseUntrusted(machine, insideOf(folder, machine));
  return made;
}

/** Throws INSTALL_FAILED where somebody else could have written the record: root would remove whatever it names. */
export function refuseForeignRecord(machine: Machine, folder: string): void {
  if (machine.disk.kind(folder) === undefined) return;
  const first = untrusted(machine, insideOf(folder, machine)).find(({ path }) => path.startsWith(folder));
  if (first === undefined) return;
  throw new AwsherError('INSTALL_FAILED', `${first.path} ${first.why}, so it may not be awsher's.`, {
    hint: `check what is in ${folder}, and remove it yourself`,
  });
}

/** A folder with all that is in it. */
function insideOf(folder: string, machine: Trusting): string[] {
  const { join } = pathsOf(machine);
  return [folder, ...machine.disk.names(folder).map((name) => join(folder, name))];
}

/** What an installation for all users starts and reads: launcher, manifests, record, node and host. Empty when there is none. */
export function systemInstallation(machine: Machine): string[] {
  const { disk, paths } = machine;
  const own = ownPlaces(machine, true);
  if (disk.kind(own.launcher) === undefined) return [];
  const named = readLauncher(disk.read(own.launcher) ?? '', paths.home);
  const record = readRecord(own.record, machine);
  const files = [own.launcher, own.record, ...record.shared, ...record.browsers.flatMap((one) => one.files)];
  const { dirname } = pathsOf(machine);
  const packageRoot = dirname(dirname(dirname(named?.host ?? '')));
  const programs = named === undefined ? [] : [named.node, ...packageFiles(packageRoot, machine)];
  return [...new Set([...files, ...programs])].filter((path) => disk.kind(path) !== undefined);
}

function withParents(path: string, machine: Pick<Machine, 'system'>): string[] {
  const parent = pathsOf(machine).dirname(path);
  return parent === path ? [path] : [path, ...withParents(parent, machine)];
}

function reason(mode: number, owner: number): string | undefined {
  if (owner !== 0) return `belongs to user ${owner}`;
  return (mode & 0o022) === 0 ? undefined : 'can be written by users other than root';
}
