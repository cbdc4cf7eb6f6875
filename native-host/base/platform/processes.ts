import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldsOf, textField } from '../formats/json.ts';
import { parseProcStat } from '../formats/proc-stat.ts';
import { type ProgramRunner, programOutput } from './launch.ts';
import { systemProgram } from './system-program.ts';

export interface ProcessInfo {
  pid: number;
  /** File name of the program, as the system gives it: `zsh`, `python3.12`, `Code.exe`. */
  name: string;
  /** Command line in words; left out where it may not be seen. */
  args?: readonly string[];
}

export interface ProcessSource {
  platform: string;
  run?: ProgramRunner;
  /** procfs, on Linux. */
  procDir?: string;
}

interface Row extends ProcessInfo {
  parent: number;
  /** Any clock; larger is later. */
  started?: number;
}

const DEEPEST = 64;

/**
 * The processes above `pid`, the parent first. A process that ended meanwhile, or that may not be looked at, ends the
 * list. Never throws: what cannot be told is an empty list.
 */
export async function ancestors(pid: number, source: ProcessSource): Promise<ProcessInfo[]> {
  try {
    const rowOf = await rows(source);
    const found: ProcessInfo[] = [];
    let current = rowOf(pid);
    while (current && found.length < DEEPEST) {
      const parent: Row | undefined = rowOf(current.parent);
      if (!parent || parent.pid === 0 || isSuccessor(parent, current)) break;
      if (found.some((known) => known.pid === parent.pid)) break;
      const { pid, name, args } = parent;
      found.push(args ? { pid, name, args } : { pid, name });
      current = parent;
    }
    return found;
  } catch {
    return [];
  }
}

/** One process. `undefined`: it is gone, or may not be looked at. Never throws. */
export async function processOf(pid: number, source: ProcessSource): Promise<ProcessInfo | undefined> {
  try {
    const row = (await rows(source))(pid);
    return row && { pid, name: row.name, ...(row.args ? { args: row.args } : {}) };
  } catch {
    return undefined;
  }
}

/** Windows gives the pid of a parent that has ended to a new process, which is then younger than its "child". */
function isSuccessor(parent: Row, child: Row): boolean {
  return parent.started !== undefined && child.started !== undefined && parent.started > child.started;
}

async function rows(source: ProcessSource): Promise<(pid: number) => Row | undefined> {
  const { platform, run = programOutput, procDir = '/proc' } = source;
  if (platform === 'linux') return (pid) => linuxRow(procDir, pid);
  const all = platform === 'win32' ? await windowsRows(run) : await psRows(run);
  const byPid = new Map(all.map((row) => [row.pid, row]));
  return (pid) => byPid.get(pid);
}

function linuxRow(procDir: string, pid: number): Row | undefined {
  const read = (name: string) => {
    try {
      return readFileSync(join(procDir, String(pid), name), 'utf8');
    } catch {
      return undefined;
    }
  };
  const stat = parseProcStat(read('stat') ?? '');
  if (!stat) return undefined;
  const { parent, name } = stat;
  const args = read('cmdline')?.split('\0').slice(0, -1);
  return { pid, parent, name, ...(args && args.length > 0 ? { args } : {}) };
}

/** Command lines by pid, of `ps -o pid=,args=`, which joins the words with spaces: one with a space in it comes out as two. */
export function psWords(text: string): ReadonlyMap<number, string[]> {
  const rows = text.matchAll(/^\s*(\d+)\s+(.+)$/gm);
  return new Map([...rows].map(([, pid, words = '']) => [Number(pid), words.trim().split(/\s+/)]));
}

/** The program of ps' `comm`, which may be a path, or begin with the `-` of a login shell. */
export const psName = (command: string): string => command.trim().replace(/^.*\//, '').replace(/^-/, '');

/** macOS and the BSDs. */
async function psRows(run: ProgramRunner): Promise<Row[]> {
  const [names, commands] = await Promise.all([
    run('ps', ['-axww', '-o', 'pid=,ppid=,comm=']),
    run('ps', ['-axww', '-o', 'pid=,args=']),
  ]);
  const args = psWords(commands);
  return [...names.matchAll(/^\s*(\d+)\s+(\d+)\s+(.+)$/gm)].map(([, pid, parent, command = '']) => {
    const words = args.get(Number(pid));
    return {
      pid: Number(pid),
      parent: Number(parent),
      name: psName(command),
      ...(words ? { args: words } : {}),
    };
  });
}

const CIM_QUERY =
  '[Console]::OutputEncoding=[Text.Encoding]::UTF8; Get-CimInstance Win32_Process | Select-Object ProcessId,ParentProcessId,Name,CommandLine,' +
  "@{n='Started';e={if($_.CreationDate){$_.CreationDate.ToFileTimeUtc()}}} | ConvertTo-Json -Compress";

async function windowsRows(run: ProgramRunner): Promise<Row[]> {
  return (await askPowerShell(run, CIM_QUERY)).flatMap((fields) => {
    const [pid, parent, name] = [fields.get('ProcessId'), fields.get('ParentProcessId'), fields.get('Name')];
    if (typeof pid !== 'number' || typeof parent !== 'number' || typeof name !== 'string') return [];
    const [line, started] = [textField(fields, 'CommandLine'), fields.get('Started')];
    const args = line === undefined ? {} : { args: windowsWords(line) };
    return [{ pid, parent, name, ...args, ...(typeof started === 'number' ? { started } : {}) }];
  });
}

/** The objects that a query of PowerShell gives as JSON: a list, or the only one. */
export async function askPowerShell(
  run: ProgramRunner,
  query: string,
): Promise<ReadonlyMap<string, unknown>[]> {
  const options = ['-NoProfile', '-NonInteractive', '-Command', query];
  const json = await run(systemProgram('powershell.exe'), options);
  const value: unknown = json.trim() === '' ? [] : JSON.parse(json);
  return (Array.isArray(value) ? value : [value]).map(fieldsOf);
}

/** A Windows command line in words: quotes group, and `\"` is a quote (as CommandLineToArgvW reads the usual ones). */
export function windowsWords(line: string): string[] {
  const words = line.match(/(?:"(?:\\"|[^"])*"|\\"|[^\s"])+/g) ?? [];
  return words.map((word) => word.replace(/\\"|"/g, (quote) => (quote === '"' ? '' : '"')));
}
