import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type ProgramRunner, programOutput } from './launch.ts';
import { systemProgram } from './system-program.ts';

export interface PortSource {
  platform: string;
  run?: ProgramRunner;
  /** procfs, on Linux. */
  procDir?: string;
}

/**
 * Whether one of the processes listens on a TCP port of this computer's loopback address. What cannot be told is
 * `false`. Never throws.
 */
export async function listensOn(pids: readonly number[], port: number, source: PortSource): Promise<boolean> {
  const { platform, run = programOutput, procDir = '/proc' } = source;
  if (pids.length === 0) return false;
  try {
    if (platform === 'linux') return linuxListens(procDir, pids, port);
    const listeners =
      platform === 'win32' ? await windowsListeners(run, port) : await lsofListeners(run, port);
    return pids.some((pid) => listeners.has(pid));
  } catch {
    return false;
  }
}

/** `/proc/net/tcp` names the socket's inode, `/proc/<pid>/fd` who has it open (proc(5)). */
function linuxListens(procDir: string, pids: readonly number[], port: number): boolean {
  const sockets = new Set(listeningSockets(procDir, port).map(({ socket }) => socket));
  return sockets.size > 0 && pids.some((pid) => openFiles(procDir, pid).some((file) => sockets.has(file)));
}

/**
 * Whether the other end of a connection to `port` of this computer's loopback address, which came from `peerPort`, is a
 * process of this user. `alsoRoot`: or one of root's, which is how Windows comes into WSL. What cannot be told is
 * `false`. Never throws.
 */
export async function comesFromUs(
  { port, peerPort, alsoRoot = false }: { port: number; peerPort: number; alsoRoot?: boolean },
  source: PortSource & { uid: number },
): Promise<boolean> {
  const { platform, uid, run = programOutput, procDir = '/proc' } = source;
  try {
    if (platform === 'linux') {
      const owners = ['tcp', 'tcp6'].flatMap((table) =>
        ownersOf(join(procDir, 'net', table), peerPort, port),
      );
      return owners.length > 0 && owners.every((owner) => owner === uid || (alsoRoot && owner === 0));
    }
    const pids = await (platform === 'win32' ? windowsPeers : lsofPeers)(run, peerPort, port);
    // Signal 0 is refused for a process of somebody else.
    return pids.length > 0 && pids.every((pid) => process.kill(pid, 0));
  } catch {
    return false;
  }
}

/** By its whole path, as everything that is asked about somebody who may be hostile. */
export const LSOF = '/usr/sbin/lsof';

const LISTEN = '0A';
const ESTABLISHED = '01';

/** The users whose sockets are connected from one port of this computer to another (proc(5), `uid`). */
function ownersOf(table: string, from: number, to: number): number[] {
  return tableRows(table).flatMap(({ localPort, remotePort, state, uid }) =>
    state === ESTABLISHED && localPort === from && remotePort === to ? [uid] : [],
  );
}

interface TableRow {
  /** As the kernel writes it: hexadecimal, in the machine's byte order. */
  address: string;
  localPort: number;
  remotePort: number;
  state: string | undefined;
  uid: number;
  inode: string | undefined;
}

function tableRows(table: string): TableRow[] {
  let text: string;
  try {
    text = readFileSync(table, 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').map((line) => {
    const [, local = '', remote = '', state, , , , uid, , inode] = line.trim().split(/\s+/);
    const [address = '', localPort = ''] = local.split(':');
    const [, remotePort = ''] = remote.split(':');
    const port = (hex: string) => Number.parseInt(hex, 16);
    return {
      address,
      localPort: port(localPort),
      remotePort: port(remotePort),
      state,
      uid: Number(uid),
      inode,
    };
  });
}

/** Sockets of this network namespace that listen on the port of 127.0.0.1 or of every address. */
export function listeningSockets(
  procDir: string,
  port: number,
): { socket: string; address: string; uid: number }[] {
  return ['tcp', 'tcp6']
    .flatMap((table) => tableRows(join(procDir, 'net', table)))
    .flatMap(({ address, localPort, state, inode, uid }) => {
      const reachable = LOOPBACK.test(address) || /^(0{8}|0{32})$/.test(address);
      return state === LISTEN && localPort === port && reachable
        ? [{ socket: `socket:[${inode}]`, address, uid }]
        : [];
    });
}

/** 127.0.0.1, in IPv6 too. */
export const LOOPBACK = /^(0100007F|0{16}FFFF00000100007F)$/;

export function openFiles(procDir: string, pid: number): string[] {
  const folder = join(procDir, String(pid), 'fd');
  try {
    return readdirSync(folder).flatMap((name) => {
      try {
        return [readlinkSync(join(folder, name))];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

/** macOS and the BSDs: `lsof -Fp` prints `p<pid>` for each process. */
async function lsofListeners(run: ProgramRunner, port: number): Promise<Set<number>> {
  const text = await run(LSOF, ['-nP', '-a', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fp']);
  return new Set([...text.matchAll(/^p(\d+)$/gm)].map(([, pid]) => Number(pid)));
}

/** Who has the calling end open: lsof tells of nobody else's processes unless it is root's, and prints `p<pid>`, then `n<from>-><to>`. */
async function lsofPeers(run: ProgramRunner, from: number, to: number): Promise<number[]> {
  const text = await run(LSOF, ['-nP', '-a', `-iTCP:${from}`, '-sTCP:ESTABLISHED', '-Fpn']);
  return text.split(/^p/m).flatMap((process) => {
    const called = process
      .split('\n')
      .some((line) => line.startsWith('n') && line.endsWith(`:${from}->127.0.0.1:${to}`));
    return called ? [Number.parseInt(process, 10)] : [];
  });
}

async function windowsPeers(run: ProgramRunner, from: number, to: number): Promise<number[]> {
  const text = await run(systemProgram('netstat.exe'), ['-ano', '-p', 'TCP']);
  const rows = text.matchAll(/^\s*TCP\s+127\.0\.0\.1:(\d+)\s+127\.0\.0\.1:(\d+)\s+\S.*?\s(\d+)\s*$/gm);
  return [...rows].flatMap(([, local, remote, pid]) =>
    Number(local) === from && Number(remote) === to ? [Number(pid)] : [],
  );
}

/** `netstat -ano`: `  TCP    127.0.0.1:51234    0.0.0.0:0    LISTENING    4321`; the state's word is translated, its peer is not. */
async function windowsListeners(run: ProgramRunner, port: number): Promise<Set<number>> {
  const text = await run(systemProgram('netstat.exe'), ['-ano', '-p', 'TCP']);
  const rows = text.matchAll(/^\s*TCP\s+(127\.0\.0\.1|0\.0\.0\.0):(\d+)\s+0\.0\.0\.0:0\s+\S.*?\s(\d+)\s*$/gm);
  return new Set([...rows].filter(([, , own]) => Number(own) === port).map(([, , , pid]) => Number(pid)));
}
