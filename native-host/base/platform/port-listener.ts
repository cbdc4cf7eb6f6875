import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { textField } from '../formats/json.ts';
import { parseProcStat } from '../formats/proc-stat.ts';
import { type ProgramRunner, programOutput } from './launch.ts';
import { LOOPBACK, LSOF, listeningSockets, openFiles, type PortSource } from './port-owner.ts';
import { askPowerShell } from './processes.ts';
import { bootTime, elapsedMs, ticks } from './recent-processes.ts';

/** A process that has a listening socket open. */
export interface ListeningProcess {
  pid: number;
  /** Whole path of its program; `null` where the system does not tell. */
  executable: string | null;
  /** Milliseconds since 1970. */
  startedAt: number;
}

export interface PortListener {
  /** All of its sockets are this user's. Of another user's no process is told. */
  own: boolean;
  /** It can be reached from this computer alone. */
  loopback: boolean;
  processes: ListeningProcess[];
  /** Since when the socket listens, in milliseconds since 1970; Windows alone tells. */
  since: number | null;
}

export interface ListenerSource extends PortSource {
  uid: number;
  now: number;
}

/**
 * Who listens on a TCP port of this computer, where a connection to 127.0.0.1 goes. `null`: nobody, or nobody whom this
 * user may see. Rejects when the system cannot be asked.
 */
export async function listenerOf(port: number, source: ListenerSource): Promise<PortListener | null> {
  const { platform, uid, now, run = programOutput, procDir = '/proc' } = source;
  if (platform === 'linux') return onLinux(procDir, port, uid);
  return platform === 'win32' ? onWindows(run, port, now) : onMac(run, port, uid, now);
}

/** `/proc/net/tcp` names socket, address and user, `/proc/<pid>/fd` who has it open (proc(5)); both of the own network namespace. */
function onLinux(procDir: string, port: number, uid: number): PortListener | null {
  const sockets = listeningSockets(procDir, port);
  if (sockets.length === 0) return null;
  const own = sockets.every((one) => one.uid === uid);
  const wanted = new Set(sockets.map(({ socket }) => socket));
  const booted = bootTime(procDir);
  const pids = own ? readdirSync(procDir).filter((name) => /^\d+$/.test(name)) : [];
  return {
    own,
    loopback: sockets.every(({ address }) => LOOPBACK.test(address)),
    processes: pids.map(Number).flatMap((pid) => {
      if (!openFiles(procDir, pid).some((file) => wanted.has(file))) return [];
      return [{ pid, executable: executableOf(procDir, pid), startedAt: booted + startTicks(procDir, pid) }];
    }),
    since: null,
  };
}

function executableOf(procDir: string, pid: number): string | null {
  try {
    return readlinkSync(join(procDir, String(pid), 'exe'));
  } catch {
    return null;
  }
}

/** NaN when the process is gone. */
function startTicks(procDir: string, pid: number): number {
  try {
    return ticks(
      parseProcStat(readFileSync(join(procDir, String(pid), 'stat'), 'utf8'))?.start ?? Number.NaN,
    );
  } catch {
    return Number.NaN;
  }
}

/** `lsof -F` prints for each process `p<pid>` and `u<uid>`, and for each of its sockets `f<number>` and `n<address>:<port>` (lsof(8)). */
async function onMac(
  run: ProgramRunner,
  port: number,
  uid: number,
  now: number,
): Promise<PortListener | null> {
  // Its exit code is 1 when it finds nothing.
  const text = await run(LSOF, ['-nP', '-a', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpun']).catch(() => '');
  const found = text
    .split(/^p/m)
    .slice(1)
    .map((part) => ({
      pid: Number.parseInt(part, 10),
      uid: Number(/^u(\d+)$/m.exec(part)?.[1]),
      addresses: [...part.matchAll(/^n(.*):\d+$/gm)].map(([, address]) => address ?? ''),
    }))
    .filter(({ addresses }) =>
      addresses.some((one) => ['127.0.0.1', '*', '[::ffff:127.0.0.1]'].includes(one)),
    );
  if (found.length === 0) return null;
  const pids = found.map(({ pid }) => pid);
  const ps = await run('/bin/ps', ['-ww', '-p', pids.join(','), '-o', 'pid=,etime=,comm=']);
  const told = new Map(
    [...ps.matchAll(/^\s*(\d+)\s+([\d:-]+)\s+(.+)$/gm)].map(([, pid, age = '', path = '']) => [
      Number(pid),
      { executable: path.trim(), startedAt: now - elapsedMs(age) },
    ]),
  );
  return {
    own: found.every((one) => one.uid === uid),
    loopback: found.every(({ addresses }) => !addresses.includes('*')),
    processes: pids.map((pid) => ({ pid, executable: null, startedAt: Number.NaN, ...told.get(pid) })),
    since: null,
  };
}

/** The socket's own age, and of its process the age, the path, and whether it is this user's. */
const windowsQuery = (port: number): string =>
  '[Console]::OutputEncoding=[Text.Encoding]::UTF8; $now=Get-Date; ' +
  '$me=[Security.Principal.WindowsIdentity]::GetCurrent().User.Value; ' +
  `ConvertTo-Json -Compress @(Get-NetTCPConnection -State Listen -LocalPort ${port} -ErrorAction SilentlyContinue | ForEach-Object { ` +
  '$c=$_; $p=Get-CimInstance Win32_Process -Filter "ProcessId=$($c.OwningProcess)"; [PSCustomObject]@{' +
  'Address=$c.LocalAddress; Pid=$c.OwningProcess; Age=[long]($now-$c.CreationTime).TotalMilliseconds; ' +
  'Own=(Invoke-CimMethod -InputObject $p -MethodName GetOwnerSid).Sid -eq $me; Path=$p.ExecutablePath; ' +
  'Started=[long]($now-$p.CreationDate).TotalMilliseconds} })';

async function onWindows(run: ProgramRunner, port: number, now: number): Promise<PortListener | null> {
  const rows = (await askPowerShell(run, windowsQuery(port))).filter((row) =>
    ['127.0.0.1', '0.0.0.0', '::', '::ffff:127.0.0.1'].includes(String(row.get('Address'))),
  );
  if (rows.length === 0) return null;
  const ages = rows.map((row) => Number(row.get('Age')));
  const byPid = new Map(rows.map((row) => [Number(row.get('Pid')), row]));
  return {
    own: rows.every((row) => row.get('Own') === true),
    loopback: rows.every((row) => String(row.get('Address')).endsWith('127.0.0.1')),
    processes: [...byPid].map(([pid, row]) => ({
      pid,
      executable: textField(row, 'Path') ?? null,
      startedAt: now - Number(row.get('Started')),
    })),
    since: now - Math.max(...ages),
  };
}
