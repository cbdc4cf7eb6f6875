import { cmdLauncher, type LauncherInputs, shLauncher } from './launcher.ts';
import { type Machine, pathsOf } from './machine.ts';
import { nodeCandidates, stableNode } from './node-path.ts';

type Here = Pick<Machine, 'system' | 'env' | 'paths' | 'disk' | 'execPath'>;

/** The host's script in a package folder. */
export function hostScript(packageRoot: string, machine: Pick<Machine, 'system'>): string {
  return pathsOf(machine).join(packageRoot, 'dist', 'host', 'awsher-host.js');
}

/** What the launcher of a package starts on this machine; with `node`, that one rather than the one that runs this. */
export function launcherInputs(
  machine: Here,
  packageRoot: string,
  allUsers: boolean,
  node: string = stableNode(machine),
): LauncherInputs {
  const { home } = machine.paths;
  const others = nodeCandidates(machine).filter((path) => path !== node);
  return {
    node,
    host: hostScript(packageRoot, machine),
    fallbacks: allUsers ? others.filter((path) => !path.startsWith(home)) : others,
    home: allUsers ? undefined : home,
  };
}

export function launcherText(inputs: LauncherInputs, { system }: Pick<Machine, 'system'>): string {
  return system === 'win32' ? cmdLauncher(inputs) : shLauncher(inputs);
}
