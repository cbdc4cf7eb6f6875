import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './root.ts';

// needs: build

export const COMMAND = join(ROOT, 'dist', 'cli', 'awsher.js');

export interface Finished {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  child: ChildProcess;
  /** Everything so far. */
  output(): { stdout: string; stderr: string };
  /** Resolves when the output on stderr or stdout matches. */
  until(pattern: RegExp, timeoutMs?: number): Promise<void>;
  finished: Promise<Finished>;
}

/** Starts the built command as a real process. */
export function startAwsher(args: readonly string[], env: Record<string, string>, cwd = env.HOME): Running {
  const child = spawn(process.execPath, [COMMAND, ...args], { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      text[stream] += chunk;
      for (const look of watchers) look();
    });
  }
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, ...text }));
  });
  return {
    child,
    output: () => ({ ...text }),
    until: (pattern, timeoutMs = 45_000) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(text.stderr) && !pattern.test(text.stdout)) return;
          settle();
          resolve();
        };
        const timer = setTimeout(() => {
          settle();
          reject(new Error(`no ${pattern} in:\n${text.stdout}\n${text.stderr}`));
        }, timeoutMs);
        const settle = () => {
          watchers.delete(look);
          clearTimeout(timer);
        };
        watchers.add(look);
        look();
      }),
    finished,
  };
}

/** Runs the built command to its end. */
export function awsher(
  args: readonly string[],
  env: Record<string, string>,
  cwd?: string,
): Promise<Finished> {
  return startAwsher(args, env, cwd).finished;
}
