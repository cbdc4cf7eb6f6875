import { childProcess } from '../files/lazy-modules.ts';

/** Runs a program without a shell and gives its stdout. Rejects when it cannot run, fails, or takes too long. */
export type ProgramRunner = (program: string, args: readonly string[]) => Promise<string>;

export const programOutput: ProgramRunner = (program, args) =>
  new Promise((resolve, reject) => {
    const options = {
      timeout: 5000,
      maxBuffer: 16 * 1024 * 1024,
      windowsHide: true,
      encoding: 'utf8' as const,
    };
    childProcess().execFile(program, [...args], options, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
  });

/** `running` and `done` are both success: some programs hand over and end, others stay. */
export type LaunchResult = 'running' | 'done' | 'failed';

/**
 * Starts a program that outlives us, in a session of its own, with none of our streams. Resolves as soon as it has
 * ended, or after `graceMs` with it still running. Never rejects.
 */
export function launchDetached(
  program: string,
  args: readonly string[],
  options: { env: Readonly<Record<string, string | undefined>>; graceMs: number },
): Promise<LaunchResult> {
  return new Promise((resolve) => {
    const child = childProcess().spawn(program, [...args], {
      detached: true,
      stdio: 'ignore',
      windowsHide: true,
      env: { ...options.env },
    });
    const timer = setTimeout(() => {
      // From here on the child is no reason for us to stay; until we end, node collects it when it ends.
      child.unref();
      resolve('running');
    }, options.graceMs);
    const settle = (result: LaunchResult) => {
      clearTimeout(timer);
      resolve(result);
    };
    child.once('error', () => settle('failed'));
    child.once('exit', (code) => settle(code === 0 ? 'done' : 'failed'));
  });
}
