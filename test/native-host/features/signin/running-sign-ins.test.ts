import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runningSignIns } from '../../../../native-host/features/signin/running-sign-ins.ts';
import { until } from '../../../support/until.ts';

const NOW = Date.parse('2026-11-27T09:00:00Z');
const home = homedir();
const uid = process.getuid?.() ?? -1;

let folder: string | undefined;
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  if (folder) rmSync(folder, { recursive: true });
  folder = undefined;
});

/** A procfs in which one process of ours was started so many seconds ago. */
function fakeProc(
  processes: readonly { pid: number; parent?: number; age: number; args: readonly string[]; home?: string }[],
) {
  const procDir = mkdtempSync(join(tmpdir(), 'awsher-proc-'));
  folder = procDir;
  const bootedAt = NOW / 1000 - 86_400;
  writeFileSync(join(procDir, 'stat'), `cpu 1 2 3\nbtime ${bootedAt}\nprocesses 7\n`);
  for (const { pid, parent = 1, age, args, home = procDir } of processes) {
    mkdirSync(join(procDir, String(pid)));
    const rest = `${' 0'.repeat(17)} ${(86_400 - age) * 100} 0`;
    writeFileSync(join(procDir, String(pid), 'stat'), `${pid} (a) b) S ${parent}${rest}`);
    writeFileSync(join(procDir, String(pid), 'cmdline'), args.map((arg) => `${arg}\0`).join(''));
    writeFileSync(join(procDir, String(pid), 'environ'), `HOME=${home}\0`);
  }
  return { platform: 'linux' as const, procDir, uid, home: procDir, now: NOW };
}

describe.runIf(process.platform === 'linux')('real processes', () => {
  it('of a known sign-in command are found, with when they began and without their arguments', async () => {
    folder = mkdtempSync(join(tmpdir(), 'awsher-aws-'));
    const aws = join(folder, 'aws');
    writeFileSync(aws, '#!/bin/sh\nread line\n');
    chmodSync(aws, 0o755);
    const started = Date.now();
    const words = ['sso', 'login', '--profile', 'secret-marker'];
    children.push(spawn(aws, words), spawn(aws, ['s3', 'ls']));
    const mine = async () => {
      const found = await runningSignIns({ platform: 'linux', uid, home, now: Date.now() });
      return found.find(({ pid }) => pid === children[0]?.pid);
    };
    await until(async () => (await mine()) !== undefined);
    const found = await mine();
    expect(found).toEqual({
      command: 'aws sso login',
      pid: children[0]?.pid,
      startedAt: expect.any(Number),
      endpointOverride: false,
    });
    // btime is in whole seconds.
    expect(Math.abs((found?.startedAt ?? 0) - started)).toBeLessThan(60_000);
    const all = await runningSignIns({ platform: 'linux', uid, home, now: Date.now() });
    expect(JSON.stringify(all)).not.toContain('secret-marker');
    expect(all.map(({ pid }) => pid)).not.toContain(children[1]?.pid);
  });
});

describe.runIf(process.platform === 'linux')('in procfs', () => {
  it("a command in another home is not this person's; one in a home below is", async () => {
    const args = ['aws', 'sso', 'login'];
    const source = fakeProc([
      { pid: 10, age: 5, args, home: '/srv/runner' },
      { pid: 11, age: 6, args, home: `${tmpdir()}/awsher-proc` },
      { pid: 12, age: 7, args, home: '' },
      { pid: 13, age: 8, args, home: '/' },
      { pid: 14, age: 9, args },
    ]);
    expect((await runningSignIns(source)).map(({ pid }) => pid)).toEqual([12, 13, 14]);
    const inside = await runningSignIns({ ...source, home: `${source.home}/snap/chromium/common` });
    expect(inside.map(({ pid }) => pid)).toEqual([12, 13, 14]);
  });

  it('commands of the last ten minutes, newest first; a launcher and its program are one', async () => {
    const source = fakeProc([
      { pid: 10, age: 30, args: ['aws', 'sso', 'login'] },
      { pid: 11, age: 5, args: ['/usr/bin/python3', '/usr/bin/aws-sso-util', 'login'] },
      { pid: 12, parent: 11, age: 4, args: ['aws-sso-util', 'login'] },
      { pid: 13, age: 601, args: ['aws', 'sso', 'login'] },
      { pid: 14, age: 5, args: ['aws', 'login'] },
      { pid: 15, age: 5, args: [] },
    ]);
    expect(await runningSignIns(source)).toEqual([
      { command: 'aws-sso-util login', pid: 11, startedAt: NOW - 5_000, endpointOverride: false },
      { command: 'aws sso login', pid: 10, startedAt: NOW - 30_000, endpointOverride: false },
    ]);
  });

  it('nobody else has any', async () => {
    const source = fakeProc([{ pid: 10, age: 30, args: ['aws', 'sso', 'login'] }]);
    expect(await runningSignIns({ ...source, uid: uid + 1 })).toEqual([]);
  });

  it('twenty at most, and none where nothing can be read', async () => {
    const args = ['aws', 'sso', 'login'];
    const many = Array.from({ length: 30 }, (_, index) => ({ pid: 100 + index, age: index, args }));
    expect(await runningSignIns(fakeProc(many))).toHaveLength(20);
    expect(await runningSignIns({ platform: 'linux', procDir: '/nowhere', uid, home, now: NOW })).toEqual([]);
  });
});

describe('elsewhere', () => {
  it('macOS: from ps, of this person alone', async () => {
    const asked: string[] = [];
    const run = async (program: string, args: readonly string[]) => {
      asked.push([program, ...args].join(' '));
      return args.some((arg) => arg.includes('etime'))
        ? '  500   412    01:05 /usr/local/bin/python3\n  501   412 1-02:03:04 /bin/aws\n  502   412 09:59 aws\n'
        : '  500 /usr/local/bin/python3 /usr/local/bin/aws sso login\n  501 aws sso login\n  502 aws configure sso\n';
    };
    expect(await runningSignIns({ platform: 'darwin', run, uid: 501, home, now: NOW })).toEqual([
      { command: 'aws sso login', pid: 500, startedAt: NOW - 65_000, endpointOverride: false },
      { command: 'aws configure sso', pid: 502, startedAt: NOW - 599_000, endpointOverride: false },
    ]);
    expect(asked.every((words) => words.startsWith('ps -ww -U 501 '))).toBe(true);
  });

  it('Windows: from CIM, by the SID of this person', async () => {
    let query = '';
    const run = async (_program: string, args: readonly string[]) => {
      query = args.at(-1) ?? '';
      const Name = 'aws.exe';
      return JSON.stringify([
        { ProcessId: 700, ParentProcessId: 1, Name, CommandLine: '"C:\\a b\\aws.exe" sso login', Age: 4_000 },
        { ProcessId: 701, ParentProcessId: 1, Name, CommandLine: null, Age: 4_000 },
        null,
      ]);
    };
    expect(await runningSignIns({ platform: 'win32', run, uid: -1, home, now: NOW })).toEqual([
      { command: 'aws sso login', pid: 700, startedAt: NOW - 4_000, endpointOverride: false },
    ]);
    expect(query).toContain('GetOwnerSid');
  });

  it.each(['darwin', 'win32'] as const)('none on %s when the system does not answer', async (platform) => {
    const broken = async () => {
      throw new Error('no such program');
    };
    expect(await runningSignIns({ platform, run: broken, uid: 1, home, now: NOW })).toEqual([]);
    expect(await runningSignIns({ platform, run: async () => 'nonsense', uid: 1, home, now: NOW })).toEqual(
      [],
    );
  });
});
