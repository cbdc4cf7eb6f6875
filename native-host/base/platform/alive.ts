import { readFileSync } from 'node:fs';

/** Whether a process with this pid runs, whoever owns it. One that has ended and was not collected yet does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    return !(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH');
  }
  try {
    // proc(5): the state follows the name in parentheses, which may hold anything; Z is a zombie.
    return !/^\s*[ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'latin1').split(')').pop() ?? '');
  } catch {
    return true;
  }
}
