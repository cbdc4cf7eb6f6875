import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix, win32 } from 'node:path';
import { resolvePaths } from '../../../../native-host/base/files/paths.ts';
import { type Disk, realDisk } from '../../../../native-host/base/install/disk.ts';
import type { Machine } from '../../../../native-host/base/install/machine.ts';
import { type RegRunner, regExe } from '../../../../native-host/base/install/registry.ts';
import type { System } from '../../../../native-host/base/install/system.ts';

/** A computer of any system below a temporary folder: real files, and a registry that speaks as reg.exe does. */
export interface FakeMachine extends Machine {
  root: string;
  keys: Map<string, string>;
  /** Creates a file at a path of the fake computer. */
  put(path: string, text?: string): void;
  putFolder(path: string): void;
  /** Every path with its kind, mode and bytes, and every registry key. */
  snapshot(): Record<string, string>;
  remove(): void;
}

const HOMES: Record<System, string> = {
  linux: '/home/ana maría',
  darwin: '/Users/ana',
  win32: 'C:\\Users\\Ana Müller',
};

/** A folder of Windows' program files. */
export const ADMINISTRATORS_ALONE = 'O:BAG:SYD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)';

export function fakeMachine(system: System, changes: Partial<Machine> = {}): FakeMachine {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'awsher-machine-')));
  const home = HOMES[system];
  const real = (path: string) =>
    system === 'win32' ? join(root, path.replace(':', '').replaceAll('\\', '/')) : join(root, path);
  const env = system === 'win32' ? { USERPROFILE: home } : { HOME: home, PATH: '/usr/bin:/bin' };
  const keys = new Map<string, string>();
  mkdirSync(real(home), { recursive: true });
  return {
    system,
    env,
    paths: resolvePaths({ env, platform: system, homedir: () => home }),
    disk: rootedDisk(real, system),
    registry: regExe(fakeReg(keys)),
    rights: { read: (paths) => paths.map(() => ADMINISTRATORS_ALONE), close: () => {} },
    uid: system === 'win32' ? undefined : 1000,
    procDir: undefined,
    execPath: system === 'win32' ? 'C:\\Program Files\\nodejs\\node.exe' : '/usr/bin/node',
    ...changes,
    root,
    keys,
    put: (path, text = '') => {
      mkdirSync(dirname(real(path)), { recursive: true });
      writeFileSync(real(path), text);
    },
    putFolder: (path) => {
      mkdirSync(real(path), { recursive: true });
    },
    snapshot: () => ({ ...treeOf(root), ...Object.fromEntries(keys) }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function rootedDisk(real: (path: string) => string, system: System): Disk {
  const { dirname } = system === 'win32' ? win32 : posix;
  return {
    kind: (path) => realDisk.kind(real(path)),
    names: (folder) => realDisk.names(real(folder)),
    read: (file) => realDisk.read(real(file)),
    real: (path) => (realDisk.kind(real(path)) === undefined ? undefined : path),
    mode: (path) => realDisk.mode(real(path)),
    owner: (path) => realDisk.owner(real(path)),
    makeFolder: (folder, mode) => {
      const missing: string[] = [];
      for (let at = folder; realDisk.kind(real(at)) === undefined; at = dirname(at)) missing.unshift(at);
      for (const at of missing) realDisk.makeFolder(real(at), mode);
      return missing;
    },
    write: (file, text, mode) => realDisk.write(real(file), text, mode),
    removeFile: (file) => realDisk.removeFile(real(file)),
    removeEmptyFolder: (folder) => realDisk.removeEmptyFolder(real(folder)),
  };
}

/** reg.exe of a German Windows, whose name for the default value is not the English one. */
function fakeReg(keys: Map<string, string>): RegRunner {
  const below = (key: string) => [...keys.keys()].filter((known) => known.startsWith(`${key}\\`));
  const ok = (stdout = '') => ({ status: 0, stdout, stderr: '' });
  const missing = { status: 1, stdout: '', stderr: 'FEHLER: Der angegebene Schlüssel wurde nicht gefunden.' };
  return ([verb, key = '', ...rest]) => {
    const value = keys.get(key);
    const there = value !== undefined || below(key).length > 0;
    if (verb === 'add') {
      const data = rest[rest.indexOf('/d') + 1] ?? '';
      keys.set(key, data);
      // As in the real registry, parents stay when their only child goes.
      for (
        let end = key.lastIndexOf('\\');
        end > 'HKCU\\Software'.length;
        end = key.lastIndexOf('\\', end - 1)
      ) {
        const parent = key.slice(0, end);
        if (!keys.has(parent)) keys.set(parent, '');
      }
      return ok();
    }
    if (!there) return missing;
    if (verb === 'delete') {
      for (const known of [key, ...below(key)]) keys.delete(known);
      return ok();
    }
    if (verb === 'export') {
      const quoted = value?.replace(/[\\"]/g, '\\$&');
      const lines = ['Windows Registry Editor Version 5.00', '', `[${key}]`];
      const text = [...lines, ...(quoted ? [`@="${quoted}"`] : []), '', ''].join('\r\n');
      writeFileSync(rest[0] ?? '', `\ufeff${text}`, 'utf16le');
      return ok();
    }
    const line = value ? `    (Standard)    REG_SZ    ${value}\r\n` : '';
    return ok(line || below(key).length > 0 ? `\r\n${key}\r\n${line}${below(key).join('\r\n')}` : '');
  };
}

function treeOf(root: string): Record<string, string> {
  const tree: Record<string, string> = {};
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const mode = (lstatSync(path).mode & 0o7777).toString(8);
    tree[path.slice(root.length)] = entry.isFile()
      ? `${mode} ${readFileSync(path, 'utf8')}`
      : `${mode} folder`;
  }
  return tree;
}
