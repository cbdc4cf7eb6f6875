import { readFileSync } from 'node:fs';
import { parseProcStat } from '../formats/proc-stat.ts';

/** Whether a process with this pid runs, whoever owns it. One that has ended and was not collected yet does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    return !(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH');
  }
  try {
    return !/[ZX]/.test(parseProcStat(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.state ?? '');
  } catch {
    return true;
  }
}
