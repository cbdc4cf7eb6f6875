import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspectConfigFile } from '../../native-host/base/files/config-file.ts';
import type { Paths } from '../../native-host/base/files/paths.ts';
import { readToken } from '../../native-host/base/files/token-cache.ts';
import { readSharedConfig, textValue } from '../../native-host/base/formats/profiles.ts';
import { startAwsher } from './awsher.ts';
import { corpConfig, openHome } from './credentials/home.ts';

export type KindOfWrite = 'config' | 'token';

export interface KillReport {
  kills: number;
  /** Writes that were said to be done. */
  writes: number;
  /** What was wrong with a file after a kill. */
  damaged: string[];
  /** From the first try of a write to its end, right after a kill: the slowest, in milliseconds. */
  slowestFirstWriteMs: number;
  firstWritesMs: number[];
  /** The most temporary files that lay there after a round, and what is left at the end. */
  mostLeftovers: number;
}

/** One writer: says when it began and what it has done. */
class Writer {
  readonly child: ChildProcess;
  done = -1;
  firstMs: number | null = null;
  private text = '';
  private readyAt = 0;
  private heard = () => {};
  readonly ended: Promise<void>;

  constructor(
    worker: string,
    home: string,
    kind: KindOfWrite,
    readonly name: string,
  ) {
    this.child = spawn(process.execPath, [worker, home, kind, name], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child.stdout?.on('data', (chunk) => this.hear(String(chunk)));
    this.ended = new Promise((resolve) => this.child.once('close', () => resolve()));
  }

  private hear(chunk: string): void {
    const lines = (this.text + chunk).split('\n');
    this.text = lines.pop() ?? '';
    for (const line of lines) {
      if (line === 'ready') this.readyAt = performance.now();
      else {
        this.done = Number(line);
        this.firstMs ??= performance.now() - this.readyAt;
      }
    }
    this.heard();
  }

  /** Resolves with the first write. */
  firstWrite(): Promise<void> {
    return new Promise((resolve) => {
      this.heard = () => {
        if (this.firstMs !== null) resolve();
      };
      this.heard();
    });
  }
}

/**
 * Several writers of one file at once, all killed at a moment of chance, again and again. After each round the file must be
 * whole, and hold nothing older than what was said to be done.
 */
export async function killWriters(
  { worker, home, paths }: { worker: string; home: string; paths: Paths },
  kind: KindOfWrite,
  { kills, atOnce, random }: { kills: number; atOnce: number; random: () => number },
): Promise<KillReport> {
  const report: KillReport = {
    kills: 0,
    writes: 0,
    damaged: [],
    slowestFirstWriteMs: 0,
    firstWritesMs: [],
    mostLeftovers: 0,
  };
  const names = Array.from({ length: atOnce }, (_, index) => `w${index}`);
  while (report.kills < kills) {
    const writers = names.map((name) => new Writer(worker, home, kind, name));
    // One of them has written: whatever the last round left behind is overcome.
    await Promise.race(writers.map((writer) => writer.firstWrite()));
    await sleep(random() * 12);
    for (const { child } of writers) child.kill('SIGKILL');
    await Promise.all(writers.map(({ ended }) => ended));
    report.kills += writers.length;
    report.writes += writers.reduce((sum, { done }) => sum + done + 1, 0);
    report.firstWritesMs.push(...writers.flatMap(({ firstMs }) => firstMs ?? []).slice(0, 1));
    const wrong = kind === 'config' ? wrongConfig(paths, writers) : wrongToken(paths, writers);
    if (wrong !== null) report.damaged.push(`after ${report.kills} kills: ${wrong}`);
    report.mostLeftovers = Math.max(report.mostLeftovers, leftovers(paths).length);
  }
  report.slowestFirstWriteMs = Math.max(...report.firstWritesMs);
  return report;
}

/** Temporary files beside the config, the tokens, and in awsher's own state. */
export function leftovers({ configFile, ssoCacheDir, stateDir }: Paths): string[] {
  const folders = [join(configFile, '..'), ssoCacheDir, stateDir];
  return folders.flatMap((folder) => {
    try {
      return readdirSync(folder, { recursive: folder === stateDir })
        .map(String)
        .filter((name) => name.endsWith('.tmp'));
    } catch {
      return [];
    }
  });
}

function wrongConfig({ configFile }: Paths, writers: readonly Writer[]): string | null {
  const text = readFileSync(configFile, 'utf8');
  const { profiles } = readSharedConfig(inspectConfigFile(configFile));
  if (!text.startsWith('# hers\n')) return 'the first line is gone';
  for (const { name, done } of writers) {
    const section = profiles.get(name);
    const written = Number(textValue(section, 'output')?.slice(1) ?? -1);
    // A write of the last round may stand there when this one said nothing yet.
    if (done >= 0 && written !== done && written !== done + 1)
      return `${name} said ${done}, the file ${written}`;
    if (section !== undefined && textValue(section, 'region') !== 'eu-west-1')
      return `${name} is half a section`;
  }
  return null;
}

function wrongToken(paths: Paths, writers: readonly Writer[]): string | null {
  const main = readToken(paths, 'corp');
  if (main.kind !== 'token') return `the token is ${main.kind}`;
  const twin = readToken(paths, 'https://corp.awsapps.com/start');
  if (twin.kind === 'broken') return 'the twin is broken';
  const [name, number] = main.token.accessToken.expose().split('-');
  if (main.token.refreshToken?.expose().startsWith(`refresh-${name}-${number}-`) !== true)
    return 'a mixed token';
  const writer = writers.find((one) => one.name === name);
  if (writer === undefined) return `nobody wrote ${name}`;
  if (
    Number(number) !== writer.done &&
    Number(number) !== writer.done + 1 &&
    writers.some(({ done }) => done >= 0)
  )
    return `${name} said ${writer.done}, the file ${number}`;
  return null;
}

export interface RenewalReport {
  kills: number;
  /** AWS had given a new token by then. */
  answered: number;
  /** ... and the old one was on the disk still: the session is lost. */
  spent: number;
}

/** Commands whose token is over, each killed at a moment of chance after AWS was asked for a new one. */
export async function killRenewals({
  kills,
  random,
}: {
  kills: number;
  random: () => number;
}): Promise<RenewalReport> {
  const home = await openHome();
  const report: RenewalReport = { kills: 0, answered: 0, spent: 0 };
  try {
    home.config(corpConfig(home.idc));
    await home.signIn();
    while (report.kills < kills) {
      home.changeToken('corp', { expiresAt: Date.now() - 60_000 });
      const before = home.token('corp').refreshToken?.expose();
      const asked = home.idc.count('CreateToken');
      const command = startAwsher(['export', '--profile', 'dev', '--format', 'json'], home.env);
      while (home.idc.count('CreateToken') === asked) await sleep(1);
      await sleep(random() * 40);
      command.child.kill('SIGKILL');
      await command.finished;
      rmSync(home.paths.cliCacheDir, { recursive: true, force: true });
      report.kills += 1;
      report.answered += 1;
      // The next run puts in its place what was written.
      await startAwsher(['profiles', 'list'], home.env).finished;
      if (home.token('corp').refreshToken?.expose() !== before) continue;
      report.spent += 1;
      await home.signIn();
    }
    return report;
  } finally {
    await home.close();
  }
}

/**
 * How long a spent refresh token is the only one on the disk: from AWS's answer to the new token's bytes, synced in their
 * temporary file (which the next run puts in its place), and to its place. Milliseconds, one entry for each renewal.
 */
export async function renewalWindows(renewals: number): Promise<{ written: number[]; inPlace: number[] }> {
  const home = await openHome();
  const found = { written: [] as number[], inPlace: [] as number[] };
  try {
    home.config(corpConfig(home.idc));
    await home.signIn();
    while (found.written.length < renewals) {
      home.changeToken('corp', { expiresAt: Date.now() - 60_000 });
      const { code, stderr } = await startAwsher(['export', '--profile', 'dev', '--format', 'json'], home.env)
        .finished;
      if (code !== 0) throw new Error(stderr);
      rmSync(home.paths.cliCacheDir, { recursive: true, force: true });
      const answered = home.idc.requests.findLast(({ operation }) => operation === 'CreateToken')?.time ?? 0;
      const { mtimeMs, ctimeMs } = statSync(home.tokenFile('corp'));
      found.written.push(mtimeMs - answered);
      found.inPlace.push(ctimeMs - answered);
    }
    return found;
  } finally {
    await home.close();
  }
}
