import { readFileSync, readlinkSync } from 'node:fs';
import { type ProcStat, parseProcStat } from '../formats/proc-stat.ts';
import { nodeOs } from './lazy-modules.ts';
import { sha1Hex } from './sha1.ts';

/** Who holds a lock, in terms that another process can check later. */
export interface LockOwner {
  /** Machine and, on Linux, pid namespace: where `pid` has a meaning. */
  readonly place: string;
  /** Changes with every boot. */
  readonly boot: string;
  readonly pid: number;
  /** Start of the process: clock ticks since boot on Linux, else seconds since the epoch. */
  readonly start: number;
}

export type Liveness = 'alive' | 'dead' | 'unknown';

const BOOT_TOLERANCE_SECONDS = 5;
const START_TOLERANCE_SECONDS = 5;
let own: LockOwner | undefined;

/** A short name of the place where a pid has its meaning, for file names. */
export function placeMark(): string {
  return sha1Hex(thisOwner().place).slice(0, 8);
}

/** Whether a process of this place runs no more: not there, or killed and not yet collected by its parent. */
export function hasEnded(pid: number): boolean {
  if (process.platform !== 'linux') return !pidExists(pid);
  const seen = linuxStart(pid);
  return seen === undefined || 'ZX'.includes(seen.state);
}

/** This process as an owner. */
export function thisOwner(): LockOwner {
  own ??= {
    place: placeName(),
    boot: bootId(),
    pid: process.pid,
    start: linuxStart(process.pid)?.start ?? Math.round(Date.now() / 1000 - process.uptime()),
  };
  return own;
}

/**
 * Whether the owner still runs. `unknown` where this system cannot tell: an owner on another machine or in another
 * pid namespace, or (not on Linux) a process that has the pid and whose start cannot be compared.
 */
export async function livenessOf(owner: LockOwner): Promise<Liveness> {
  const here = thisOwner();
  if (owner.place !== here.place) return 'unknown';
  if (process.platform === 'linux') {
    if (owner.boot !== here.boot) return 'dead';
    const seen = linuxStart(owner.pid);
    // A killed process that its parent has not collected yet (Z) holds nothing any more.
    return seen !== undefined && seen.start === owner.start && !'ZX'.includes(seen.state) ? 'alive' : 'dead';
  }
  if (!pidExists(owner.pid)) return 'dead';
  if (Math.abs(Number(owner.boot) - Number(here.boot)) > BOOT_TOLERANCE_SECONDS) return 'unknown';
  if (owner.pid === process.pid) return owner.start === here.start ? 'alive' : 'dead';
  const start = await portableStart(owner.pid);
  if (start === undefined) return 'unknown';
  return Math.abs(start - owner.start) <= START_TOLERANCE_SECONDS ? 'alive' : 'dead';
}

function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}

function placeName(): string {
  const parts = [nodeOs().hostname()];
  if (process.platform === 'linux') parts.push(textOf('/etc/machine-id'), linkOf('/proc/self/ns/pid'));
  return parts.join('|');
}

function bootId(): string {
  if (process.platform === 'linux') return textOf('/proc/sys/kernel/random/boot_id');
  return String(Math.round(Date.now() / 1000 - nodeOs().uptime()));
}

function linuxStart(pid: number): ProcStat | undefined {
  if (process.platform !== 'linux') return undefined;
  const stat = parseProcStat(textOf(`/proc/${pid}/stat`));
  return Number.isFinite(stat?.start) ? stat : undefined;
}

/** Start of a process in seconds since the epoch from `ps`; undefined on Windows, which has no cheap way. */
async function portableStart(pid: number): Promise<number | undefined> {
  if (process.platform === 'win32') return undefined;
  const { spawnSync } = await import('node:child_process');
  const ps = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { PATH: '/bin:/usr/bin', LC_ALL: 'C' },
    timeout: 2000,
  });
  const at = Date.parse(ps.stdout?.trim() ?? '');
  return Number.isNaN(at) ? undefined : at / 1000;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

function linkOf(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}
