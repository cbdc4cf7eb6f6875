import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { hostPids } from './home-files.ts';
import type { IdentityCenter } from './identity-center/index.ts';

/** A command that was started: its words, what it said, and how it ended. */
export interface Command {
  readonly words: readonly string[];
  output(): { stdout: string; stderr: string };
  /** `null` while it runs. */
  end(): number | string | null;
}

/** What a test has set up, for the case that it fails: everything that was there instead of what it waited for. */
export interface Scene {
  readonly home: string;
  readonly idc: IdentityCenter;
  /** Commands that were started in this home. */
  readonly commands: Command[];
  /** Open tabs, one line each. */
  tabs?: () => Promise<string[]>;
}

const scenes = new Set<Scene>();

/** From now on a failing test tells of this; ends with the function that it gives. */
export function enterScene(scene: Scene): () => void {
  scenes.add(scene);
  return () => void scenes.delete(scene);
}

/** Everything that is there now, as text; empty when nothing is. */
export async function describeScenes(): Promise<string> {
  const told = await Promise.all([...scenes].map(describe));
  return told.join('\n');
}

async function describe({ home, idc, commands, tabs }: Scene): Promise<string> {
  const late = sleep(5_000, ['(no answer within 5 s)'], { ref: false });
  const shown = await Promise.race([tabs?.(), late]).catch((error: unknown) => [`(no tabs: ${error})`]);
  const asked = idc.requests.slice(-12).map(({ operation, status }) => `${operation} ${status}`);
  return [
    `at ${home}:`,
    ...commands.slice(-3).map(tellCommand),
    ...(shown ?? []).map((tab) => `  tab ${tab}`),
    ...hostPids(home).map((pid) => `  host ${pid} ${isRunning(pid) ? 'runs' : 'is gone'}`),
    `  last asked of AWS: ${asked.join(', ') || 'nothing'}`,
    ...lastLines(`${home}/.local/state/awsher/host.log`).map((line) => `  host log: ${line}`),
  ].join('\n');
}

function tellCommand({ words, output, end }: Command): string {
  const { stdout, stderr } = output();
  const said = `${stdout}${stderr}`.trim().split('\n').slice(-8).join('\n    ');
  return `  command ${words.join(' ')} (${end() ?? 'runs'}):\n    ${said}`;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function lastLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15);
  } catch {
    return [];
  }
}
