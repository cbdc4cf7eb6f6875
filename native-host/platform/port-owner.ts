import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type ProgramRunner, programOutput } from './launch.ts';

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
  const sockets = new Set(['tcp', 'tcp6'].flatMap((table) => inodes(join(procDir, 'net', table), port)));
  return sockets.size > 0 && pids.some((pid) => openFiles(procDir, pid).some((file) => sockets.has(file)));
}

const LISTEN = '0A';

/** Sockets that listen on the port of 127.0.0.1 or of every address, as `socket:[inode]`. */
function inodes(table: string, port: number): string[] {
  let text: string;
  try {
    text = readFileSync(table, 'utf8');
  } catch {
    return [];
  }
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return text.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    const [address = '', localPort] = local.split(':');
    const reachable = /^(0100007F|0{8}|0{32}|0{16}FFFF00000100007F)$/.test(address);
    return state === LISTEN && localPort === wanted && reachable ? [`socket:[${inode}]`] : [];
  });
}

function openFiles(procDir: string, pid: number): string[] {
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
  const text = await run('lsof', ['-nP', '-a', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fp']);
  return new Set([...text.matchAll(/^p(\d+)$/gm)].map(([, pid]) => Number(pid)));
}

/** `netstat -ano`: `  TCP    127.0.0.1:51234    0.0.0.0:0    LISTENING    4321`; the state's word is translated, its peer is not. */
async function windowsListeners(run: ProgramRunner, port: number): Promise<Set<number>> {
  const text = await run('netstat.exe', ['-ano', '-p', 'TCP']);
  const rows = text.matchAll(/^\s*TCP\s+(127\.0\.0\.1|0\.0\.0\.0):(\d+)\s+0\.0\.0\.0:0\s+\S.*?\s(\d+)\s*$/gm);
  return new Set([...rows].filter(([, , own]) => Number(own) === port).map(([, , , pid]) => Number(pid)));
}
