import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { resolvePaths } from '../../native-host/base/files/paths.ts';

/** A host ends by itself when its browser does; this is how long it may take. */
const GRACE_MS = 3000;

/** The native-messaging hosts that run in this home, by the records that they leave there. */
export async function hostsIn(home: string): Promise<number[]> {
  const { runDir } = resolvePaths({
    env: { ...process.env, HOME: home },
    platform: process.platform,
    homedir: () => home,
  });
  const names = await readdir(runDir).catch(() => []);
  return names.flatMap((name) => {
    const [, pid] = /^host-(\d+)\.json$/.exec(name) ?? [];
    return pid === undefined ? [] : [Number(pid)];
  });
}

/** Waits until the processes have ended by themselves. Kills those that do not, and returns them. */
export async function waitForEnd(pids: readonly number[]): Promise<number[]> {
  const deadline = performance.now() + GRACE_MS;
  while (pids.some(isAlive) && performance.now() < deadline) await sleep(20);
  const late = pids.filter(isAlive);
  for (const pid of late) process.kill(pid, 'SIGKILL');
  return late;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
