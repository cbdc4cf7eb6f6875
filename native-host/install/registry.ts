import { spawnSync } from 'node:child_process';
import { AwsherError } from '../../shared/errors/awsher-error.ts';

/** The part of the Windows registry that install needs: keys with a default value. */
export interface Registry {
  /** The default value of a key (`HKCU\Software\...`); undefined when key or value is not there. */
  read(key: string): string | undefined;
  exists(key: string): boolean;
  /** Sets the default value, creating the key and its parents. Throws INSTALL_FAILED. */
  write(key: string, value: string): void;
  /** Removes a key with its default value. Says nothing when it is gone already. */
  remove(key: string): void;
  /** Removes a key that has neither values nor subkeys. Says whether it is gone. */
  removeIfEmpty(key: string): boolean;
}

export interface RegRun {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs reg.exe with these arguments. */
export type RegRunner = (args: readonly string[]) => RegRun;

/** The registry through reg.exe, which every Windows has; no shell takes part, so nothing needs quoting. */
export function regExe(run: RegRunner = runReg): Registry {
  const exists = (key: string) => run(['query', key]).status === 0;
  return {
    exists,
    read: (key) => {
      const { status, stdout } = run(['query', key, '/ve']);
      // The name of the default value is translated, its type is not; "(value not set)" has no type.
      return status === 0 ? /\sREG_SZ\s+(.*?)\r?$/m.exec(stdout)?.[1] : undefined;
    },
    write: (key, value) => {
      const { status, stderr } = run(['add', key, '/ve', '/t', 'REG_SZ', '/d', value, '/f']);
      if (status === 0) return;
      throw new AwsherError('INSTALL_FAILED', `The registry key ${key} could not be written.`, {
        hint: key.startsWith('HKLM')
          ? 'run the command again in a terminal that was started as administrator'
          : 'look whether a policy of this computer forbids reg.exe',
        cause: stderr,
      });
    },
    remove: (key) => {
      run(['delete', key, '/f']);
    },
    removeIfEmpty: (key) => {
      const { status, stdout } = run(['query', key]);
      if (status !== 0) return true;
      if (stdout.trim() !== '') return false;
      return run(['delete', key, '/f']).status === 0;
    },
  };
}

function runReg(args: readonly string[]): RegRun {
  const { status, stdout, stderr } = spawnSync('reg.exe', args, {
    encoding: 'utf8',
    windowsHide: true,
    timeout: 10_000,
  });
  return { status, stdout: stdout ?? '', stderr: stderr ?? '' };
}
