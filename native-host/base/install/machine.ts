import { posix, win32 } from 'node:path';
import type { Paths } from '../files/paths.ts';
import type { Context } from '../platform/context.ts';
import { type Disk, realDisk } from './disk.ts';
import { type Registry, regExe } from './registry.ts';
import { type System, systemOf } from './system.ts';
import { type Rights, windowsRights } from './windows-rights.ts';

/** The computer as install, uninstall and doctor see it. */
export interface Machine {
  readonly system: System;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly paths: Paths;
  readonly disk: Disk;
  readonly registry: Registry;
  /** Windows' file rights; asked there only. */
  readonly rights: Rights;
  /** Effective uid; undefined on Windows. */
  readonly uid: number | undefined;
  /** Where processes can be looked at; undefined where there is no procfs. */
  readonly procDir: string | undefined;
  /** Path of the node that runs this. */
  readonly execPath: string;
}

/** This computer. */
export function machineOf(context: Pick<Context, 'env' | 'platform' | 'paths'>): Machine {
  const system = systemOf(context.platform);
  return {
    system,
    env: context.env,
    paths: context.paths,
    disk: realDisk,
    registry: regExe(),
    rights: windowsRights,
    uid: process.geteuid?.(),
    procDir: system === 'linux' ? '/proc' : undefined,
    execPath: process.execPath,
  };
}

/** Path functions of the machine's system, which is not always the one that a test runs on. */
export function pathsOf({ system }: Pick<Machine, 'system'>): typeof posix {
  return system === 'win32' ? win32 : posix;
}

/** A path template of the browsers table as paths of this machine; several for {programs}, none if a base is unknown. */
function expand(template: string, machine: Machine): string[] {
  const { join } = pathsOf(machine);
  const match = /^\{(\w+)\}\/(.*)$/.exec(template);
  if (!match) return [template];
  const [, base = '', rest = ''] = match;
  return basesOf(base, machine).map((folder) => join(folder, rest));
}

/** As `expand` for a list. */
export function expandAll(templates: readonly string[], machine: Machine): string[] {
  return [...new Set(templates.flatMap((template) => expand(template, machine)))];
}

function basesOf(base: string, machine: Machine): string[] {
  const { env, paths } = machine;
  const { join, isAbsolute } = pathsOf(machine);
  const local = env.LOCALAPPDATA || join(paths.home, 'AppData', 'Local');
  switch (base) {
    case 'home':
      return [paths.home];
    case 'config': {
      const named = env.XDG_CONFIG_HOME;
      return [named && isAbsolute(named) ? named : join(paths.home, '.config')];
    }
    case 'local':
      return [local];
    case 'roaming':
      return [env.APPDATA || join(paths.home, 'AppData', 'Roaming')];
    case 'programs':
      return [
        env.ProgramFiles || 'C:\\Program Files',
        env['ProgramFiles(x86)'] || 'C:\\Program Files (x86)',
        local,
      ];
    default:
      throw new TypeError(`manifests/browsers.json names an unknown folder {${base}}`);
  }
}
