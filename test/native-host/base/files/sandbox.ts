import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'rolldown';
import { type Paths, resolvePaths } from '../../../../native-host/base/files/paths.ts';

/** A temporary home with awsher's paths in it, whatever the environment says. */
export interface Sandbox {
  readonly home: string;
  readonly paths: Paths;
  remove(): void;
}

export function makeSandbox(): Sandbox {
  const home = mkdtempSync(join(tmpdir(), 'awsher-files-'));
  const paths = resolvePaths({ env: { HOME: home }, platform: 'linux', homedir: () => home });
  return { home, paths, remove: () => rmSync(home, { recursive: true, force: true }) };
}

/** Mounting needs root, and not every container lets root do it. */
export function canMount(): boolean {
  const { home, remove } = makeSandbox();
  const mounted = process.getuid?.() === 0 && spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', home]).status === 0;
  if (mounted) spawnSync('umount', [home]);
  remove();
  return mounted;
}

/** One worker of `workers/` as a JavaScript file that plain Node starts, readable by every user. */
export async function bundleWorker(name: string): Promise<{ file: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'awsher-worker-'));
  chmodSync(folder, 0o755);
  const file = join(folder, `${name}.mjs`);
  await build({
    input: join(import.meta.dirname, 'workers', `${name}.ts`),
    platform: 'node',
    logLevel: 'silent',
    output: { file, format: 'esm', codeSplitting: false },
  });
  chmodSync(file, 0o644);
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Ended {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
}

/** Runs a bundled worker to its end. */
export function runWorker(file: string, args: readonly string[], user?: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      ...(user === undefined ? {} : { uid: user, gid: user }),
    });
    let stdout = '';
    child.stdout.on('data', (chunk) => {
      stdout += String(chunk);
    });
    child.once('error', reject);
    child.once('close', (status, signal) => resolve({ status, signal, stdout }));
  });
}
