import { type ChildProcess, spawn } from 'node:child_process';

/** A user of this computer that is nobody else: no name is needed for files and processes of their own. */
const UID = 54_321;

/** Why a test that needs a second user is skipped; null where it is not. */
export const NO_SECOND_USER =
  process.platform !== 'win32' && process.getuid?.() === 0
    ? null
    : 'only root can start a process of a second user';

/** Runs JavaScript as another user. What it prints comes line by line; it is ended with `stop`. */
export function asSecondUser(script: string): { line: Promise<string>; child: ChildProcess; stop(): void } {
  const child = spawn(process.execPath, ['-e', script], { uid: UID, gid: UID, cwd: '/', env: {} });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk;
  });
  const line = new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8').trim()));
    child.once('exit', () => reject(new Error(`the second user's process ended: ${errors}`)));
  });
  line.catch(() => {});
  return { line, child, stop: () => child.kill('SIGKILL') };
}
