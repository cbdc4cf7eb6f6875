import { HOST_NAME } from './host-manifest.ts';
import { type Machine, pathsOf } from './machine.ts';

/** Where awsher's own parts of an installation are. */
export interface OwnPlaces {
  /** Folder of launcher and, on Windows, of the host manifests. */
  readonly folder: string;
  readonly launcher: string;
  /** What was installed, so that uninstall leaves nothing behind. */
  readonly record: string;
}

/** For this person, or (`allUsers`) for everybody on the computer. */
export function ownPlaces(machine: Pick<Machine, 'system' | 'paths' | 'env'>, allUsers: boolean): OwnPlaces {
  const { join } = pathsOf(machine);
  const folder = allUsers ? systemFolder(machine) : machine.paths.dataDir;
  const stateDir = allUsers ? folder : machine.paths.stateDir;
  return {
    folder,
    launcher: join(folder, machine.system === 'win32' ? 'awsher-host.cmd' : 'awsher-host'),
    record: join(stateDir, 'installed.json'),
  };
}

/** File name of a host manifest. */
export const MANIFEST_FILE = `${HOST_NAME}.json`;

function systemFolder({ system, env }: Pick<Machine, 'system' | 'env'>): string {
  if (system === 'win32') return `${env.ProgramData || 'C:\\ProgramData'}\\awsher`;
  return system === 'darwin' ? '/Library/Application Support/awsher' : '/usr/local/share/awsher';
}
