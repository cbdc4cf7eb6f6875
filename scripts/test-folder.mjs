// The one temporary folder of a test run. It goes with the run, and with it every process that was started for it; what a
// run that was killed has left goes when the next one begins. Only Node's own modules may be imported here.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = /^awsher-t(\d+)$/;

/** Makes the folder, named after this process, and clears those of runs that are no more. */
export function openTestFolder() {
  const usual = realpathSync(tmpdir());
  for (const name of readdirSync(usual)) {
    const [, pid] = NAME.exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) closeTestFolder(join(usual, name));
  }
  const folder = join(usual, `awsher-t${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  // Tests with a second user start programs in it: others may pass, and list nothing.
  mkdirSync(folder, { mode: 0o711 });
  chmodSync(folder, 0o711);
  return folder;
}

/** Ends what still runs with this folder in its environment, and removes it. Returns the names of what tests left in it. */
export function closeTestFolder(folder) {
  for (const pid of startedWith(folder)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has just ended by itself.
    }
  }
  const left = readdirSync(folder);
  unmountBelow(folder);
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  } catch {
    // Somebody else's, or protected by a test that was killed: no reason to fail a run.
  }
  return left;
}

/** What a test that was killed has mounted, as root on Linux. */
function unmountBelow(folder) {
  if (process.platform !== 'linux') return;
  for (const line of readFileSync('/proc/self/mounts', 'utf8').split('\n')) {
    const place = line.split(' ')[1] ?? '';
    if (place.startsWith(`${folder}/`)) spawnSync('umount', ['-l', place], { stdio: 'ignore' });
  }
}

/** Processes that have the folder, or a place in it, in their environment; Linux tells. */
function startedWith(folder) {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1 && pid !== process.pid)
    .filter((pid) => environmentOf(pid).some((value) => value === folder || value.startsWith(`${folder}/`)));
}

function environmentOf(pid) {
  try {
    const lines = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
    return lines.map((line) => line.slice(line.indexOf('=') + 1));
  } catch {
    return [];
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
