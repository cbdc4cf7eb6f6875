import { spawn, spawnSync } from 'node:child_process';

export interface Row {
  what: string;
  /** As text, with its unit. */
  figure: string;
  bar: string;
  /** Null where there is nothing to hold it against. */
  holds: boolean | null;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** What a terminal would give a program; `NODE_EXTRA_CA_CERTS` would add tens of milliseconds to every start of Node. */
export function quietEnv(home: string, more: Record<string, string> = {}): Record<string, string> {
  return { HOME: home, PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', ...more };
}

/**
 * Medians of whole process runs in milliseconds, taken in turn so that a noisy moment hits all alike. A run that fails
 * is an error: a fast failure is no figure.
 */
export function timeProcesses<K extends string>(
  cases: Record<K, { command: string; args: string[]; env: Record<string, string> }>,
  rounds: number,
): Record<K, number> {
  const times = {} as Record<K, number[]>;
  const names = Object.keys(cases) as K[];
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const { command, args, env } = cases[name];
      const started = performance.now();
      const { status, stderr } = spawnSync(command, args, { env, encoding: 'utf8' });
      if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
      // The first round warms the disk's cache.
      if (round > 0) times[name] = [...(times[name] ?? []), performance.now() - started];
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<K, number>;
}

/** Milliseconds from starting the host to its answer to `hello`, as the browser would play it. */
export async function hostToHello(
  script: string,
  origin: string,
  env: Record<string, string>,
): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [script, origin], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  const body = Buffer.from(
    JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'hello',
      params: { protocol: 1, version: '0.1.0', browser: 'chromium', label: '' },
    }),
  );
  const head = Buffer.alloc(4);
  head.writeUInt32LE(body.length);
  child.stdin.write(Buffer.concat([head, body]));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const took = performance.now() - started;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdin.end();
  await ended;
  return took;
}
