import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Pids of the native hosts that serve this home, as their records tell; one that was killed leaves its record. */
export function hostPids(home: string): number[] {
  try {
    return readdirSync(join(home, '.local/state/awsher/run'))
      .filter((name) => name.endsWith('.json'))
      .map((name) => JSON.parse(readFileSync(join(home, '.local/state/awsher/run', name), 'utf8')).pid)
      .filter(isRunning);
  } catch {
    return [];
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
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

/** Where a command, the host and the person keep what one sign-in leaves for the next. */
const KEPT = ['.aws', '.config/awsher', '.local/state/awsher', '.local/share/awsher', 'bin'];

/** Remembers what awsher has in a home; the function that it gives makes it so again. Records of running hosts stay. */
export async function rememberHome(home: string): Promise<() => Promise<void>> {
  const then = new Map<string, { bytes: Buffer; mode: number }>();
  for (const file of await filesOf(home)) {
    then.set(file, { bytes: await readFile(file), mode: (await stat(file)).mode });
  }
  return async () => {
    for (const file of await filesOf(home)) if (!then.has(file)) await rm(file, { force: true });
    if (![...then.keys()].some((file) => file.startsWith(join(home, '.aws/')))) {
      await rm(join(home, '.aws'), { recursive: true, force: true });
    }
    for (const [file, { bytes, mode }] of then) {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
      await chmod(file, mode);
    }
  };
}

async function filesOf(home: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of KEPT) {
    const folder = join(home, name);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const file = join(entry.parentPath, entry.name);
      if (!entry.isDirectory() && !file.includes('/awsher/run/')) found.push(file);
    }
  }
  return found;
}
