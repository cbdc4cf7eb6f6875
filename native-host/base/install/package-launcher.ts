import { placesRead } from '../files/paths.ts';
import { type AwsFiles, cmdLauncher, FILE_VARIABLES, type LauncherInputs, shLauncher } from './launcher.ts';
import { type Machine, pathsOf } from './machine.ts';
import { nodeCandidates, stableNode } from './node-path.ts';
import { untrusted } from './system-trust.ts';

type Here = Pick<Machine, 'system' | 'env' | 'paths' | 'disk' | 'rights' | 'execPath'>;

/** The host's script in a package folder. */
export function hostScript(packageRoot: string, machine: Pick<Machine, 'system'>): string {
  return pathsOf(machine).join(packageRoot, 'dist', 'host', 'awsher-host.js');
}

/** Of the places that this shell names, those that are not the usual ones and could be read by another process. */
export function filesOfShell(machine: Pick<Machine, 'env' | 'paths' | 'disk' | 'system'>): AwsFiles {
  const { env, paths, disk, system } = machine;
  const [own, usual] = [placesRead(paths, env, system), placesRead(paths, {}, system)];
  const fits = (name: (typeof FILE_VARIABLES)[number]) => {
    const kind = disk.kind(own[name]);
    // The command makes a config that is not there yet; an `exec` hides them behind a null device.
    if (name === 'XDG_CONFIG_HOME') return system === 'linux' && kind !== 'file' && kind !== 'other';
    return kind === 'file' || (kind === undefined && name !== 'AWS_CA_BUNDLE');
  };
  return Object.fromEntries(
    FILE_VARIABLES.filter((name) => env[name] && own[name] !== usual[name] && fits(name)).map((name) => [
      name,
      own[name],
    ]),
  );
}

/**
 * What the launcher of a package starts on this machine; with `kept`, that node rather than the one that runs this, and those
 * files rather than this shell's: only `install` decides anew.
 */
export function launcherInputs(
  machine: Here,
  packageRoot: string,
  allUsers: boolean,
  kept?: { readonly node?: string | undefined; readonly files?: AwsFiles | undefined },
): LauncherInputs {
  const node = kept?.node ?? stableNode(machine);
  const { home } = machine.paths;
  const isOfSystem = (path: string) => !path.startsWith(home) && untrusted(machine, [path]).length === 0;
  const others = nodeCandidates(machine).filter((path) => path !== node);
  return {
    node,
    host: hostScript(packageRoot, machine),
    fallbacks: allUsers ? others.filter(isOfSystem) : others,
    home: allUsers ? undefined : home,
    files: allUsers ? {} : (kept?.files ?? filesOfShell(machine)),
  };
}

export function launcherText(inputs: LauncherInputs, { system }: Pick<Machine, 'system'>): string {
  return system === 'win32' ? cmdLauncher(inputs) : shLauncher(inputs);
}
