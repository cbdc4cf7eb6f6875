import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  assertPrivate,
  ensureRunFolder,
  readRecords,
  removeRecord,
  writeRecord,
} from '../../../../native-host/base/link/run-folder.ts';
import { runFolder } from '../../../../native-host/base/link/run-folder-place.ts';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { makeSandbox, type Sandbox } from '../files/sandbox.ts';

const uid = process.getuid?.() ?? -1;
const mode = (path: string) => (fs.lstatSync(path).mode & 0o777).toString(8);
const root = it.runIf(uid === 0);
let sandbox: Sandbox;
const made: string[] = [];

beforeEach(() => {
  sandbox = makeSandbox();
});
afterEach(() => {
  for (const folder of made.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
  sandbox.remove();
});

const refusal = (work: () => void): unknown => {
  try {
    work();
    return 'not refused';
  } catch (thrown) {
    return thrown instanceof AwsherError ? thrown.code : thrown;
  }
};
const ensure = (folder = sandbox.paths.runDir, runDir = folder) =>
  refusal(() => ensureRunFolder(folder, runDir, uid));

describe('the run folder in the home directory', () => {
  it('is made private, with its parents, whatever the umask', () => {
    const before = process.umask(0);
    try {
      expect(ensure()).toBe('not refused');
    } finally {
      process.umask(before);
    }
    const { runDir, stateDir } = sandbox.paths;
    expect([mode(runDir), mode(stateDir)]).toEqual(['700', '700']);
    expect(ensure()).toBe('not refused');
  });

  it.each([0o755, 0o770, 0o707, 0o701, 0o710])(
    'is refused with mode %o, with the command that mends it',
    (loose) => {
      const { runDir } = sandbox.paths;
      fs.mkdirSync(runDir, { recursive: true });
      fs.chmodSync(runDir, loose);
      expect(ensure()).toBe('SOCKET_UNSAFE');
      expect(mode(runDir)).toBe(loose.toString(8));
      expect(() => assertPrivate(runDir, uid)).toThrow(
        expect.objectContaining({ hint: expect.stringContaining(`chmod 700 ${runDir}`) }),
      );
    },
  );

  it('is refused when it is a link, even to a private folder', () => {
    const real = join(sandbox.home, 'real');
    fs.mkdirSync(real, { mode: 0o700 });
    fs.mkdirSync(sandbox.paths.stateDir, { recursive: true });
    fs.symlinkSync(real, sandbox.paths.runDir);
    expect(ensure()).toBe('SOCKET_UNSAFE');
  });

  it('is refused when it is a file', () => {
    fs.mkdirSync(sandbox.paths.stateDir, { recursive: true });
    fs.writeFileSync(sandbox.paths.runDir, '', { mode: 0o600 });
    expect(ensure()).not.toBe('not refused');
  });

  root("is refused when it is another user's", () => {
    fs.mkdirSync(sandbox.paths.runDir, { recursive: true, mode: 0o700 });
    fs.chownSync(sandbox.paths.runDir, 65_534, 65_534);
    expect(ensure()).toBe('ROOT_REFUSED');
    expect(refusal(() => assertPrivate(sandbox.paths.runDir, uid))).toBe('SOCKET_UNSAFE');
  });
});

describe('a home with a path that is too long for a socket', () => {
  const long = () => join(sandbox.home, 'x'.repeat(80), 'run');

  it('gets a folder directly under /tmp, the same for every process', () => {
    const folder = runFolder(long(), uid, 'linux');
    expect(folder).toMatch(new RegExp(`^/tmp/awsher-${uid}-[0-9a-f]{16}$`));
    expect(runFolder(long(), uid, 'darwin')).toBe(folder);
    expect(runFolder(`${long()}2`, uid, 'linux')).not.toBe(folder);
    expect(Buffer.byteLength(join(folder, 'host-4294967295.sock'))).toBeLessThanOrEqual(103);
  });

  it('is one whose bytes, not letters, are too many', () => {
    const bytes = (text: string) => Buffer.byteLength(join(text, 'host-4294967295.sock'));
    const fits = `/${'a'.repeat(102 - bytes('/'))}`;
    expect(bytes(fits)).toBe(103);
    expect(runFolder(fits, uid, 'linux')).toBe(fits);
    expect(runFolder(`${fits}a`, uid, 'linux')).toMatch(/^\/tmp\//);
    expect(runFolder(`${fits.slice(0, -1)}é`, uid, 'linux')).toMatch(/^\/tmp\//);
    expect(runFolder(`${fits}a`, -1, 'win32')).toBe(`${fits}a`);
  });

  it('gets it private, and refuses what somebody else has put there', () => {
    const folder = runFolder(long(), uid, 'linux');
    made.push(folder);
    expect(ensure(folder, long())).toBe('not refused');
    expect(mode(folder)).toBe('700');
    expect(ensure(folder, long())).toBe('not refused');
    fs.chmodSync(folder, 0o777);
    expect(ensure(folder, long())).toBe('SOCKET_UNSAFE');
    fs.rmdirSync(folder);
    fs.symlinkSync(sandbox.home, folder);
    expect(ensure(folder, long())).toBe('SOCKET_UNSAFE');
    fs.unlinkSync(folder);
    fs.writeFileSync(folder, '', { mode: 0o600 });
    expect(ensure(folder, long())).toBe('SOCKET_UNSAFE');
  });

  root('refuses a folder that another user made first', () => {
    const folder = runFolder(long(), uid, 'linux');
    made.push(folder);
    fs.mkdirSync(folder, { mode: 0o700 });
    fs.chownSync(folder, 65_534, 65_534);
    expect(ensure(folder, long())).toBe('SOCKET_UNSAFE');
  });
});

describe('records', () => {
  const record = (pid: number, since: number) => ({
    pid,
    browserPid: 1,
    socket: join(sandbox.paths.runDir, `host-${pid}.sock`),
    browser: 'chromium',
    label: '',
    version: '0.1.0',
    since,
  });

  it('come back as they were written, the youngest first, and only private', () => {
    const { runDir } = sandbox.paths;
    ensureRunFolder(runDir, runDir, uid);
    for (const [pid, since] of [
      [11, 100],
      [12, 300],
      [13, 200],
    ] as const)
      writeRecord(runDir, record(pid, since));
    expect(readRecords(runDir).map(({ pid }) => pid)).toEqual([12, 13, 11]);
    expect(readRecords(runDir)[0]).toEqual(record(12, 300));
    expect(mode(join(runDir, 'host-11.json'))).toBe('600');
    removeRecord(runDir, 12);
    removeRecord(runDir, 12);
    expect(readRecords(runDir)).toHaveLength(2);
  });

  it('that are none are passed over and left alone', () => {
    const { runDir } = sandbox.paths;
    ensureRunFolder(runDir, runDir, uid);
    const junk = {
      'host-1.json': '',
      'host-2.json': '{}',
      'host-3.json': '[1]',
      'host-4.json': '{"pid":"4"}',
      'other.json': JSON.stringify(record(5, 1)),
    };
    for (const [name, text] of Object.entries(junk)) fs.writeFileSync(join(runDir, name), text);
    execFileSync('mkfifo', [join(runDir, 'host-6.pipe')]);
    fs.mkdirSync(join(runDir, 'host-7.json'));
    expect(readRecords(runDir)).toEqual([]);
    expect(fs.readdirSync(runDir)).toHaveLength(7);
    expect(readRecords(join(runDir, 'gone'))).toEqual([]);
  });
});
