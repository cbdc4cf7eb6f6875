import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { systemProgram } from '../platform/system-program.ts';

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
    read: (key) => defaultValue(exported(key, run)),
    write: (key, value) => {
      const { status, stderr } = run(['add', key, '/ve', '/t', 'REG_SZ', '/d', value, '/f']);
      if (status === 0) return;
      throw new AwsherError('INSTALL_FAILED', `The registry key ${key} could not be written.`, {
        hint: key.startsWith('HKLM')
          ? 'run the command again in an administrator terminal'
          : 'check whether a policy of this computer blocks reg.exe',
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

/**
 * A key with what is below it as reg.exe writes it to a file: UTF-16 with every letter. What `reg query` prints is in
 * the console's code page, in which "Müller" or "한글" comes out as something else. Undefined when the key is not there.
 */
function exported(key: string, run: RegRunner): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'awsher-reg-'));
  try {
    const file = join(folder, 'key.reg');
    return run(['export', key, file, '/y']).status === 0 ? readFileSync(file, 'utf16le') : undefined;
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The default value (`@`) of the first key of an export. */
function defaultValue(text: string | undefined): string | undefined {
  const ofFirstKey = text?.split(/^\[/m)[1];
  return /^@="(.*)"\r?$/m.exec(ofFirstKey ?? '')?.[1]?.replace(/\\(["\\])/g, '$1');
}

function runReg(args: readonly string[]): RegRun {
  const { status, stdout, stderr } = spawnSync(systemProgram('reg.exe'), args, {
    encoding: 'utf8',
    windowsHide: true,
    timeout: 10_000,
  });
  return { status, stdout: stdout ?? '', stderr: stderr ?? '' };
}
