import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './root.ts';
import { type Transcript, transcript } from './transcript.ts';

// needs: build

export const COMMAND = join(ROOT, 'dist', 'cli', 'awsher.js');

export interface Finished {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Running extends Omit<Transcript, 'add'> {
  child: ChildProcess;
  finished: Promise<Finished>;
}

/** Starts the built command as a real process. What needs none is told sooner by command-line.ts. */
export function startAwsher(args: readonly string[], env: Record<string, string>, cwd = env.HOME): Running {
  const child = spawn(process.execPath, [COMMAND, ...args], { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const { add, output, until } = transcript();
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (chunk: string) => add(stream, chunk));
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, ...output() }));
  });
  return { child, output, until, finished };
}

/** Runs the built command to its end. */
export function awsher(
  args: readonly string[],
  env: Record<string, string>,
  cwd?: string,
): Promise<Finished> {
  return startAwsher(args, env, cwd).finished;
}
