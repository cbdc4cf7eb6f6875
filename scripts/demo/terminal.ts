import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { startAwsher } from '../../test/support/awsher.ts';
import { DemoFailure } from './failure.ts';
import type { Screen } from './screen.mjs';

/** One command as it runs: a real process, whose output is quoted on the screen line by line. */
export interface Session {
  /** What `work` resolves to. Rejects with DemoFailure when the command fails meanwhile. */
  during<Result>(work: Promise<Result>): Promise<Result>;
  /** Resolves when the output matches. */
  until(pattern: RegExp): Promise<void>;
  /** Resolves when it has ended well. Rejects with DemoFailure otherwise. */
  done(): Promise<void>;
}

export interface Terminal {
  /** Starts `awsher` with these arguments. `shown` is the line that a person would type. */
  awsher(args: readonly string[], shown?: string): Session;
  /** Runs any other program to its end. Resolves to what it wrote on stdout; rejects with DemoFailure. */
  run(program: string, args: readonly string[], options?: RunOptions): Promise<string>;
  /** Ends what still runs. */
  close(): Promise<void>;
}

export interface RunOptions {
  /** The line on the screen; without it neither command nor output is shown. */
  readonly shown?: string;
  /** Added to the terminal's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** No command of the demo may last longer. */
const LIMIT_MS = 120_000;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A terminal of the demo's person: `env` is all that its commands see. */
export function openTerminal(screen: Screen, env: Record<string, string>): Terminal {
  const running = new Map<ChildProcess, Promise<Ended>>();

  const follow = (child: ChildProcess, ended: Promise<Ended>, shown: string | undefined): Promise<Ended> => {
    if (shown !== undefined) {
      for (const stream of [child.stdout, child.stderr]) quoteLines(stream, screen);
    }
    const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
    const finished = ended
      .finally(() => {
        clearTimeout(limit);
        running.delete(child);
      })
      .then((result) => {
        if (result.code === 0) return result;
        const how = result.code === null ? 'was ended by a signal' : `ended with exit code ${result.code}`;
        // What was shown as it came need not be shown again.
        const output = shown === undefined ? `${result.stdout}${result.stderr}` : '';
        throw new DemoFailure(`\`${shown ?? child.spawnargs.join(' ')}\` ${how}.`, output);
      });
    running.set(child, ended);
    finished.catch(() => {});
    return finished;
  };

  return {
    awsher(args, shown = `awsher ${args.join(' ')}`) {
      screen.command(shown);
      const command = startAwsher(args, env);
      const finished = follow(command.child, command.finished, shown);
      return {
        during: (work) => Promise.race([work, finished.then(() => work)]),
        until: (pattern) => command.until(pattern, LIMIT_MS),
        done: async () => void (await finished),
      };
    },
    async run(program, args, { shown, env: more } = {}) {
      if (shown !== undefined) screen.command(shown);
      const child = spawn(program, args, {
        env: { ...env, ...more },
        cwd: env.HOME,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      return (await follow(child, collect(child), shown)).stdout;
    },
    async close() {
      for (const [child, ended] of running) {
        child.kill('SIGINT');
        const inTime = await Promise.race([ended.catch(() => true), sleep(3000, null, { ref: false })]);
        if (inTime === null) child.kill('SIGKILL');
      }
    },
  };
}

function collect(child: ChildProcess): Promise<Ended> {
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (chunk: string) => {
      text[stream] += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...text }));
  });
}

function quoteLines(stream: ChildProcess['stdout'], screen: Screen): void {
  let rest = '';
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') screen.quote(line);
  });
  stream?.on('end', () => {
    if (rest !== '') screen.quote(rest);
  });
}
