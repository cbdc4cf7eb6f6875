import { type AwsFiles, cmdLauncher, FILE_VARIABLES, type LauncherInputs, shLauncher } from './launcher.ts';
import { type Machine, pathsOf } from './machine.ts';
import { nodeCandidates, stableNode } from './node-path.ts';
import { untrusted } from './system-trust.ts';

type Here = Pick<Machine, 'system' | 'env' | 'paths' | 'disk' | 'rights' | 'execPath'>;

/** The host's script in a package folder. */
export function hostScript(packageRoot: string, machine: Pick<Machine, 'system'>): string {
  return pathsOf(machine).join(packageRoot, 'dist', 'host', 'awsher-host.js');
}

/** The AWS files that this shell names, where they are files and not in the usual place. */
export function filesOfShell({ env, paths, disk }: Pick<Machine, 'env' | 'paths' | 'disk'>): AwsFiles {
  const named = { AWS_CONFIG_FILE: paths.configFile, AWS_SHARED_CREDENTIALS_FILE: paths.credentialsFile };
  const usual = { AWS_CONFIG_FILE: 'config', AWS_SHARED_CREDENTIALS_FILE: 'credentials' };
  return Object.fromEntries(
    FILE_VARIABLES.filter(
      (name) =>
        env[name] && disk.kind(named[name]) === 'file' && named[name] !== `${paths.awsDir}/${usual[name]}`,
    ).map((name) => [name, named[name]]),
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
