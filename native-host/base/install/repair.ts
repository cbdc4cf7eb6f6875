import { isNewer } from '../link/versions.ts';
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
  machine: Pick<Machine, 'system' | 'env' | 'paths' | 'disk' | 'rights' | 'execPath'>,
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
  if (works && named?.host !== ownHost && !isFromNewer(ownHost, named?.host ?? '', machine)) return 'right';
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

/** Of two host scripts (`dist/host/awsher-host.js`): whether the package of the first has a newer version. Unknown is oldest. */
function isFromNewer(
  left: string,
  right: string,
  { disk, system }: Pick<Machine, 'system' | 'disk'>,
): boolean {
  const { dirname, join } = pathsOf({ system });
  const [a = '', b = ''] = [left, right].map((host) => {
    const text = disk.read(join(dirname(dirname(dirname(host))), 'package.json')) ?? '';
    return /"version":\s*"([^"]+)"/.exec(text)?.[1];
  });
  return isNewer(a, b);
}
