import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseProcStat } from '../formats/proc-stat.ts';
import { programOutput } from './launch.ts';
import {
  askPowerShell,
  type ProcessInfo,
  type ProcessSource,
  psName,
  psWords,
  windowsWords,
} from './processes.ts';

export interface RecentProcess extends ProcessInfo {
  parent: number;
  /** Milliseconds since 1970. */
  startedAt: number;
}

export interface RecentSource extends ProcessSource {
  /** Whose processes; not asked for on Windows. */
  uid: number;
  /** Milliseconds since 1970. */
  since: number;
  now: number;
}

/** USER_HZ: the unit of times in procfs, the same on every Linux that Node runs on (proc(5), sysconf(3)). */
const TICKS_PER_SECOND = 100;

/**
 * The processes of one person that were started since a moment. Never throws: what cannot be told is an empty list.
 * Only their command lines are read, and those of nobody else.
 */
export async function recentProcesses(source: RecentSource): Promise<RecentProcess[]> {
  try {
    const all = await listed(source);
    return all.filter(({ startedAt }) => startedAt >= source.since);
  } catch {
    return [];
  }
}

/** When this Linux was started, in milliseconds since 1970; the kernel tells whole seconds. */
export const bootTime = (procDir: string): number =>
  Number(/^btime (\d+)$/m.exec(readFileSync(join(procDir, 'stat'), 'utf8'))?.[1]) * 1000;

/** A time of procfs in milliseconds. */
export const ticks = (count: number): number => (count * 1000) / TICKS_PER_SECOND;

function listed(source: RecentSource): Promise<RecentProcess[]> | RecentProcess[] {
  switch (source.platform) {
    case 'linux':
      return fromProc(source);
    case 'win32':
      return fromCim(source);
    default:
      return fromPs(source);
  }
}

function fromProc({ procDir = '/proc', uid, since }: RecentSource): RecentProcess[] {
  const bootedAt = bootTime(procDir);
  return readdirSync(procDir)
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const folder = join(procDir, name);
        if (statSync(folder).uid !== uid) return [];
        const stat = parseProcStat(readFileSync(join(folder, 'stat'), 'utf8'));
        const startedAt = bootedAt + ticks(stat?.start ?? Number.NaN);
        // btime is in whole seconds, and a process that is out of the question is not read any further.
        if (!stat || !(startedAt >= since)) return [];
        const args = readFileSync(join(folder, 'cmdline'), 'utf8').split('\0').slice(0, -1);
        const { parent, name: program } = stat;
        return [
          { pid: Number(name), parent, name: program, startedAt, ...(args.length > 0 ? { args } : {}) },
        ];
      } catch {
        // It ended meanwhile.
        return [];
      }
    });
}

/** macOS and the BSDs. */
async function fromPs({ run = programOutput, uid, now }: RecentSource): Promise<RecentProcess[]> {
  const [names, commands] = await Promise.all([
    run('ps', ['-ww', '-U', String(uid), '-o', 'pid=,ppid=,etime=,comm=']),
    run('ps', ['-ww', '-U', String(uid), '-o', 'pid=,args=']),
  ]);
  const args = psWords(commands);
  return [...names.matchAll(/^\s*(\d+)\s+(\d+)\s+([\d:-]+)\s+(.+)$/gm)].map(
    ([, pid, parent, age = '', command = '']) => {
      const words = args.get(Number(pid));
      return {
        pid: Number(pid),
        parent: Number(parent),
        name: psName(command),
        startedAt: now - elapsedMs(age),
        ...(words ? { args: words } : {}),
      };
    },
  );
}

/** `[[dd-]hh:]mm:ss`, as ps writes an age (POSIX, ps, `etime`). */
export function elapsedMs(age: string): number {
  const [clock = '', days = '0'] = age.split('-').reverse();
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return (Number(days) * 86_400 + seconds) * 1000;
}

/** Young processes alone, since asking for a process's owner is slow; the SID tells one person from another. */
const cimQuery = (seconds: number): string =>
  '[Console]::OutputEncoding=[Text.Encoding]::UTF8; ' +
  '$me=[Security.Principal.WindowsIdentity]::GetCurrent().User.Value; ' +
  `$since=(Get-Date).AddSeconds(-${seconds}); ` +
  'ConvertTo-Json -Compress @(Get-CimInstance Win32_Process | Where-Object { $_.CreationDate -ge $since -and $_.CommandLine -and ' +
  '(Invoke-CimMethod -InputObject $_ -MethodName GetOwnerSid).Sid -eq $me } | Select-Object ProcessId,ParentProcessId,Name,CommandLine,' +
  "@{n='Age';e={[long]((Get-Date)-$_.CreationDate).TotalMilliseconds}})";

async function fromCim({ run = programOutput, now, since }: RecentSource): Promise<RecentProcess[]> {
  const query = cimQuery(Math.ceil((now - since) / 1000));
  return (await askPowerShell(run, query)).flatMap((row) => {
    const [pid, parent, name] = [row.get('ProcessId'), row.get('ParentProcessId'), row.get('Name')];
    const [line, age] = [row.get('CommandLine'), row.get('Age')];
    if (typeof pid !== 'number' || typeof parent !== 'number' || typeof name !== 'string') return [];
    if (typeof line !== 'string' || typeof age !== 'number') return [];
    return [{ pid, parent, name, args: windowsWords(line), startedAt: now - age }];
  });
}
