import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Makes a certificate database that trusts the test authority: `folder` is `$HOME/.pki/nssdb` for Chromium on Linux,
 * the profile for Firefox. False when this machine has no `certutil` (package libnss3-tools).
 */
export async function trustInNss(folder: string, caPem: string): Promise<boolean> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pem = join(folder, 'test-ca.pem');
  await writeFile(pem, caPem);
  try {
    // On a database that is there already, certutil asks for a password for ever.
    if (!existsSync(join(folder, 'cert9.db'))) {
      await run('certutil', ['-d', `sql:${folder}`, '-N', '--empty-password']);
    }
    await run('certutil', ['-d', `sql:${folder}`, '-A', '-t', 'C,,', '-n', 'awsher test CA', '-i', pem]);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Chromium reads the database of the test HOME on Linux only; elsewhere, and without certutil, a flag has to do. */
export async function chromiumTrust(home: string, ca: { caPem: string; caSpki: string }): Promise<string[]> {
  if (platform() === 'linux' && (await trustInNss(join(home, '.pki', 'nssdb'), ca.caPem))) return [];
  return [`--ignore-certificate-errors-spki-list=${ca.caSpki}`];
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
