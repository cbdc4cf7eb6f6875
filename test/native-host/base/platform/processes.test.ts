import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ancestors, windowsWords } from '../../../../native-host/base/platform/processes.ts';

const PS_NAMES = `    1     0 /sbin/launchd
  310     1 /Applications/Visual Studio Code.app/Contents/MacOS/Electron
  412   310 -zsh
  500   412 /usr/local/bin/node
`;
const PS_ARGS = `    1 /sbin/launchd
  310 /Applications/Visual Studio Code.app/Contents/MacOS/Electron
  412 -zsh
  500 node /usr/local/bin/aws sso login
`;

const row = (
  ProcessId: number,
  ParentProcessId: number,
  Name: string,
  Started: number,
  CommandLine?: string,
) => ({
  ProcessId,
  ParentProcessId,
  Name,
  CommandLine: CommandLine ?? null,
  Started,
});

describe('ancestors', () => {
  it.runIf(process.platform === 'linux')('are those of a real process, the parent first', async () => {
    const child = spawn('/bin/sh', ['-c', 'sleep 30 & echo $!; wait', 'a name'], {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    try {
      const pid = await new Promise<number>((resolve) =>
        child.stdout.once('data', (data) => resolve(Number(data))),
      );
      const found = await ancestors(pid, { platform: 'linux' });
      expect(found.slice(0, 2).map(({ pid }) => pid)).toEqual([child.pid, process.pid]);
      expect(found[0]).toMatchObject({ name: 'sh', args: ['/bin/sh', '-c', expect.any(String), 'a name'] });
    } finally {
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    }
  });

  it('on Linux survive names with spaces and parentheses, and stop at a loop', async () => {
    const procDir = mkdtempSync(join(tmpdir(), 'awsher-proc-'));
    const put = (pid: number, parent: number, name: string) => {
      mkdirSync(join(procDir, String(pid)));
      writeFileSync(join(procDir, String(pid), 'stat'), `${pid} (${name}) S ${parent} 1 1 0 -1`);
    };
    put(7, 6, 'x');
    put(6, 5, 'a) S 9 (b');
    put(5, 6, 'loop');
    try {
      const found = await ancestors(7, { platform: 'linux', procDir });
      expect(found).toEqual([
        { pid: 6, name: 'a) S 9 (b' },
        { pid: 5, name: 'loop' },
      ]);
    } finally {
      rmSync(procDir, { recursive: true });
    }
  });

  it('on macOS come from ps', async () => {
    const run = async (_: string, args: readonly string[]) =>
      args.some((arg) => arg.includes('ppid')) ? PS_NAMES : PS_ARGS;
    expect(await ancestors(500, { platform: 'darwin', run })).toMatchObject([
      { pid: 412, name: 'zsh', args: ['-zsh'] },
      { pid: 310, name: 'Electron' },
      { pid: 1, name: 'launchd' },
    ]);
  });

  it('on Windows come from CIM, without a process that merely got the pid of a dead parent', async () => {
    const rows = [
      row(4, 0, 'System', 1),
      row(900, 4, 'younger.exe', 99),
      row(800, 900, 'pwsh.exe', 50, '"C:\\Program Files\\pwsh.exe" -NoLogo'),
      row(700, 800, 'aws.exe', 60, 'aws sso login'),
    ];
    const run = async () => JSON.stringify(rows);
    expect(await ancestors(700, { platform: 'win32', run })).toEqual([
      { pid: 800, name: 'pwsh.exe', args: ['C:\\Program Files\\pwsh.exe', '-NoLogo'] },
    ]);
  });

  it.each(['darwin', 'win32'])('are none on %s when the system does not answer', async (platform) => {
    const failing = async () => {
      throw new Error('no such program');
    };
    expect(await ancestors(1, { platform, run: failing })).toEqual([]);
    expect(await ancestors(1, { platform, run: async () => 'nonsense' })).toEqual([]);
  });
});

describe('windowsWords', () => {
  it('keeps what is in quotes together', () => {
    expect(windowsWords('"C:\\a b\\x.exe"  --a="b c" \\"q\\"')).toEqual(['C:\\a b\\x.exe', '--a=b c', '"q"']);
  });
});
