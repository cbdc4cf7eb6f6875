import { readLauncher } from './launcher.ts';
import { type Machine, pathsOf } from './machine.ts';
import { hostScript, launcherInputs, launcherText } from './package-launcher.ts';
import { ownPlaces } from './places.ts';

export type Repair = 'absent' | 'right' | 'repaired' | 'failed';

/**
 * Makes the person's launcher right again when node or this package has moved, or when this package is newer than
 * the one that it names. A few stat calls and one small read when all is well, and never an error: whoever calls it
 * has other work to do. A launcher that works for another copy of awsher of the same or a newer version stays.
 */
export function repairInstall(
  machine: Pick<Machine, 'system' | 'env' | 'paths' | 'disk' | 'execPath'>,
  packageRoot: string,
): Repair {
  const { disk, system } = machine;
  const { launcher } = ownPlaces(machine, false);
  const text = disk.read(launcher);
  if (text === undefined) return 'absent';
  const named = readLauncher(text, machine.paths.home);
  const ownHost = hostScript(packageRoot, machine);
  const isFile = (path: string | undefined) => path !== undefined && disk.kind(path) === 'file';
  const works = isFile(named?.node) && isFile(named?.host);
  // A checkout that was not built yet has nothing to offer.
  if (!isFile(ownHost)) return works ? 'right' : 'failed';
  if (works && named?.host !== ownHost && !isNewer(ownHost, named?.host ?? '', machine)) return 'right';
  const node = isFile(named?.node) ? named?.node : undefined;
  const wanted = launcherText(
    launcherInputs(machine, packageRoot, false, { node, files: named?.files ?? {} }),
    machine,
  );
  const executable = system === 'win32' || ((disk.mode(launcher) ?? 0) & 0o100) !== 0;
  if (text === wanted && executable) return 'right';
  try {
    disk.write(launcher, wanted, 0o755);
    return 'repaired';
  } catch {
    return 'failed';
  }
}

function isNewer(left: string, right: string, machine: Pick<Machine, 'system' | 'disk'>): boolean {
  const [a, b] = [versionAt(left, machine), versionAt(right, machine)];
  for (let part = 0; part < 3; part++) {
    const difference = (a[part] ?? 0) - (b[part] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

/** Version numbers of the package that a host script (`dist/host/awsher-host.js`) belongs to; none if unknown. */
function versionAt(host: string, { disk, system }: Pick<Machine, 'system' | 'disk'>): number[] {
  const { dirname, join } = pathsOf({ system });
  const text = disk.read(join(dirname(dirname(dirname(host))), 'package.json'));
  const version = /"version":\s*"(\d+)\.(\d+)\.(\d+)/.exec(text ?? '');
  return version ? version.slice(1).map(Number) : [];
}
