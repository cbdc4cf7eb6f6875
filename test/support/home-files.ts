import { readdirSync, readFileSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Pids of the native hosts that serve this home, as their records tell. */
export function hostPids(home: string): number[] {
  try {
    return readdirSync(join(home, '.local/state/awsher/run'))
      .filter((name) => name.endsWith('.json'))
      .map((name) => JSON.parse(readFileSync(join(home, '.local/state/awsher/run', name), 'utf8')).pid);
  } catch {
    return [];
  }
}

/** Everything in the SSO cache of a home that a program would read; not what is just being written. */
export async function tokenFiles(home: string): Promise<{ name: string; text: string; mode: number }[]> {
  const folder = join(home, '.aws/sso/cache');
  // A name with a dot in front is a file on its way.
  const names = (await readdir(folder).catch(() => [])).filter((name) => !name.startsWith('.'));
  return Promise.all(
    names.map(async (name) => ({
      name,
      text: await readFile(join(folder, name), 'utf8'),
      mode: (await stat(join(folder, name))).mode & 0o777,
    })),
  );
}
