import { afterEach, describe, expect, it } from 'vitest';
import { type InstallRequest, install } from '../../../../native-host/base/install/install.ts';
import {
  packageFiles,
  systemInstallation,
  untrusted,
} from '../../../../native-host/base/install/system-trust.ts';
import { uninstall } from '../../../../native-host/base/install/uninstall.ts';
import { lookAtSystem } from '../../../../native-host/features/doctor/checks/system-trust.ts';
import { ADMINISTRATORS_ALONE, type FakeMachine, fakeMachine } from './fake-machine.ts';

const PACKAGE = '/usr/lib/node_modules/awsher';
const HOST = `${PACKAGE}/dist/host/awsher-host.js`;
const OWN = '/usr/local/share/awsher';
const ANA = 'S-1-5-21-1-2-3-1001';

let machines: FakeMachine[] = [];
afterEach(() => {
  for (const machine of machines) machine.remove();
  machines = [];
});

interface Change {
  readonly owner?: number;
  readonly mode?: number;
  readonly real?: string;
}

/** A Linux where all is root's and closed, but for what a case says. */
function linux(change: Readonly<Record<string, Change>> = {}): FakeMachine {
  const machine = fakeMachine('linux', { uid: 0 });
  machines.push(machine);
  for (const file of [HOST, `${PACKAGE}/dist/host/chunk.js`, `${PACKAGE}/package.json`, '/usr/bin/node'])
    machine.put(file);
  const disk = {
    ...machine.disk,
    owner: (path: string) => change[path]?.owner ?? 0,
    mode: (path: string) => change[path]?.mode ?? 0o755,
    real: (path: string) => change[path]?.real ?? path,
  };
  return { ...machine, disk };
}

function windows(rights: Readonly<Record<string, string>> = {}) {
  const closed: string[] = [];
  const machine = fakeMachine('win32', {
    rights: {
      read: (paths) => paths.map((path) => rights[path] ?? ADMINISTRATORS_ALONE),
      close: (folder) => closed.push(folder),
    },
  });
  machines.push(machine);
  return { machine, closed };
}

const request = (packageRoot = PACKAGE): InstallRequest => ({
  names: ['chrome'],
  allUsers: true,
  dryRun: false,
  packageRoot,
});
const refused = (path: string) =>
  expect.objectContaining({ code: 'INSTALL_FAILED', message: expect.stringContaining(path) });

const OPEN: readonly (readonly [string, string, Record<string, Change>])[] = [
  ["another user's program", HOST, { [HOST]: { owner: 1000 } }],
  ['a program that all may write', HOST, { [HOST]: { mode: 0o666 } }],
  ['a part beside the program', 'chunk.js', { [`${PACKAGE}/dist/host/chunk.js`]: { mode: 0o664 } }],
  ["the package's description", 'package.json', { [`${PACKAGE}/package.json`]: { owner: 7 } }],
  [
    'a folder above that a group may write',
    '/usr/lib/node_modules',
    { '/usr/lib/node_modules': { mode: 0o775 } },
  ],
  ["another user's folder above", '/usr/lib', { '/usr/lib': { owner: 1000 } }],
  ['a node that somebody else may replace', '/usr/bin', { '/usr/bin': { mode: 0o777 } }],
  [
    'a node that is a link into a home',
    '/home/ana',
    { '/usr/bin/node': { real: '/home/ana/node' }, '/home/ana': { owner: 1000 } },
  ],
];

describe('install --system', () => {
  it('takes what is root’s alone, and doctor agrees', () => {
    const machine = linux();
    expect(install(request(), machine).browsers).toMatchObject([{ result: 'registered' }]);
    expect(lookAtSystem(machine)).toMatchObject({ result: 'ok' });
    expect(systemInstallation(machine)).toEqual(
      expect.arrayContaining([`${OWN}/awsher-host`, `${OWN}/installed.json`, '/usr/bin/node', HOST]),
    );
    expect(systemInstallation(machine).some((path) => path.startsWith('/etc/opt/chrome'))).toBe(true);
  });

  it.each(OPEN)('refuses %s, and doctor finds it', (_name, path, change) => {
    const machine = linux(change);
    expect(() => install(request(), machine)).toThrow(refused(path));
    expect(machine.disk.kind(`${OWN}/awsher-host`)).toBeUndefined();
    // It became so after it was installed.
    const before = linux();
    install(request(), before);
    const now = { ...before, disk: { ...machine.disk, ...pick(before), ...pickRights(machine) } };
    const found = lookAtSystem(now);
    expect(found).toMatchObject({ result: 'fail', detail: expect.stringContaining(path) });
    expect(found.next).toContain('sudo');
  });

  it.each([
    ['launcher', `${OWN}/awsher-host`],
    ['record', `${OWN}/installed.json`],
    ['folder of the manifests', '/etc/opt/chrome/native-messaging-hosts'],
  ])('doctor finds a %s that others may write', (_name, path) => {
    const before = linux();
    install(request(), before);
    const now = linux({ [path]: { mode: 0o777 } });
    expect(lookAtSystem({ ...now, disk: { ...now.disk, ...pick(before) } })).toMatchObject({
      result: 'fail',
      detail: `${path} can be written by users other than root.`,
    });
  });

  it('leaves a node that others may replace out of the launcher', () => {
    const machine = linux({ '/opt/homebrew/bin': { owner: 501 } });
    machine.put('/opt/homebrew/bin/node');
    install(request(), machine);
    const text = machine.disk.read(`${OWN}/awsher-host`);
    expect(text).not.toContain('/opt/homebrew');
    expect(text).toContain('/usr/local/bin/node');
  });

  it('refuses a folder of its own that somebody else made, and removes nothing that a record there names', () => {
    const machine = linux({ [OWN]: { owner: 1000 } });
    machine.put('/etc/shadow', 'kept');
    const record = {
      version: 1,
      shared: ['/etc/shadow'],
      browsers: [],
      created: { folders: [], registryKeys: [] },
    };
    machine.put(`${OWN}/installed.json`, JSON.stringify(record));
    expect(() => install(request(), machine)).toThrow(refused(OWN));
    expect(() => uninstall({ names: [], allUsers: true, dryRun: false }, machine)).toThrow(refused(OWN));
    expect(machine.disk.read('/etc/shadow')).toBe('kept');
  });

  it('without one there is nothing to look at', () => {
    expect(lookAtSystem(linux())).toMatchObject({ result: 'skip' });
  });
});

describe('install --system on Windows', () => {
  const folder = 'C:\\ProgramData\\awsher';
  const root = 'C:\\Program Files\\nodejs\\node_modules\\awsher';

  it('gives its folder rights of its own, once', () => {
    const { machine, closed } = windows();
    install(request(root), machine);
    install(request(root), machine);
    expect(closed).toEqual([folder]);
  });

  it.each([
    ['a folder that somebody else made', folder, `O:${ANA}D:P(A;;FA;;;BA)`],
    ['a folder that took over the rights of ProgramData', folder, 'O:BAD:AI(A;CIID;DCLCRPCR;;;BU)'],
    ['a launcher that somebody put there', `${folder}\\awsher-host.cmd`, `O:${ANA}D:AI(A;ID;FA;;;BA)`],
    ['a package that users may write', root, 'O:BAD:P(A;;FA;;;BA)(A;OICI;0x1301bf;;;BU)'],
    ['a node of one user', 'C:\\Program Files\\nodejs\\node.exe', `O:${ANA}D:P(A;;FA;;;BA)`],
  ])('refuses %s', (_name, path, sddl) => {
    const { machine } = windows({ [path]: sddl });
    machine.put(`${root}\\dist\\host\\awsher-host.js`);
    machine.put(`${folder}\\awsher-host.cmd`, 'theirs');
    const text = machine.disk.read(`${folder}\\awsher-host.cmd`);
    expect(() => install(request(root), machine)).toThrow(refused(path));
    expect(machine.disk.read(`${folder}\\awsher-host.cmd`)).toBe(text);
    expect(machine.keys.size).toBe(0);
  });

  it('doctor tells it', () => {
    const { machine } = windows({ [folder]: 'O:BAD:AI(A;CIID;DCLCRPCR;;;BU)' });
    machine.put(`${folder}\\awsher-host.cmd`, '@echo off\r\n');
    expect(lookAtSystem(machine)).toMatchObject({
      result: 'fail',
      detail: `${folder} may be changed by BU.`,
    });
  });
});

describe('of a package', () => {
  it('all that it may load is looked at', () => {
    const machine = linux();
    expect(packageFiles(PACKAGE, machine)).toEqual([
      `${PACKAGE}/package.json`,
      `${PACKAGE}/dist`,
      `${PACKAGE}/dist/host`,
      HOST,
      `${PACKAGE}/dist/host/chunk.js`,
    ]);
    expect(untrusted(machine, packageFiles(PACKAGE, machine))).toEqual([]);
  });
});

/** The files of one machine. */
function pick({ disk }: FakeMachine) {
  const { kind, names, read } = disk;
  return { kind, names, read };
}

/** Whose files are, on another. */
function pickRights({ disk }: FakeMachine) {
  const { owner, mode, real } = disk;
  return { owner, mode, real };
}
