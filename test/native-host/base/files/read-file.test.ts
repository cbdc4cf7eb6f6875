import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openServerClock } from '../../../../native-host/aws/calls/server-clock.ts';
import { createTransport } from '../../../../native-host/aws/calls/transport.ts';
import { resolvePaths } from '../../../../native-host/base/files/paths.ts';
import { readRegularFile, readTail, readText } from '../../../../native-host/base/files/read-file.ts';
import { runningHosts } from '../../../../native-host/base/link/running-hosts.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'awsher-read-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);

describe('readRegularFile', () => {
  it('gives the bytes, also through a link; of no file undefined', () => {
    writeFileSync(at('a'), 'ä');
    symlinkSync(at('a'), at('b'));
    expect(readRegularFile(at('b'))).toEqual(Buffer.from('ä'));
    expect(readText(at('a'))).toBe('ä');
    expect(readTail(at('a'), 1)).toHaveLength(1);
    expect(readRegularFile(at('none'))).toBeUndefined();
    expect(readRegularFile(at('a/none'))).toBeUndefined();
    expect(() => readText(at('none'))).toThrow(expect.objectContaining({ code: 'FILE_READ' }));
    expect(readTail(at('none'), 9)).toBe('');
  });

  it('refuses what is far too large, and reads only its end', () => {
    writeFileSync(at('huge'), '');
    truncateSync(at('huge'), 1024 ** 3);
    expect(() => readRegularFile(at('huge'))).toThrow(
      expect.objectContaining({ code: 'FILE_READ', message: expect.stringContaining('is too large') }),
    );
    expect(readTail(at('huge'), 9)).toHaveLength(9);
  });

  it('refuses a folder', () => {
    mkdirSync(at('f'));
    expect(() => readRegularFile(at('f'))).toThrow(expect.objectContaining({ code: 'FILE_NOT_REGULAR' }));
  });
});

describe.skipIf(process.platform === 'win32')('what is no file', () => {
  beforeEach(() => {
    expect(spawnSync('mkfifo', [at('pipe')]).status).toBe(0);
  });

  it('a null device is an empty file; another device and a pipe are refused, and nobody waits', () => {
    expect(readRegularFile('/dev/null')).toEqual(Buffer.alloc(0));
    for (const file of [at('pipe'), '/dev/zero']) {
      expect(() => readRegularFile(file)).toThrow(expect.objectContaining({ code: 'FILE_NOT_REGULAR' }));
      expect(readTail(file, 10)).toBe('');
    }
  });

  it('a pipe as certificates is an error, and one as awsher own notes is none', async () => {
    await expect(createTransport('https://x', { AWS_CA_BUNDLE: at('pipe') })).rejects.toMatchObject({
      code: 'FILE_READ',
    });
    const paths = resolvePaths({ env: { HOME: folder }, platform: 'linux', homedir: () => folder });
    mkdirSync(paths.stateDir, { recursive: true });
    expect(spawnSync('mkfifo', [join(paths.stateDir, 'clock.json')]).status).toBe(0);
    expect(openServerClock(paths, () => 5).now()).toBe(5);
  });

  it('records in a folder that others can write to are not believed', () => {
    const record = { pid: process.pid, browser: 'chromium', label: '', since: 1 };
    mkdirSync(at('run'), { mode: 0o700 });
    writeFileSync(at(`run/host-${process.pid}.json`), JSON.stringify(record));
    expect(runningHosts(at('run'), 'linux')).toHaveLength(1);
    spawnSync('chmod', ['777', at('run')]);
    expect(runningHosts(at('run'), 'linux')).toEqual([]);
  });
});
