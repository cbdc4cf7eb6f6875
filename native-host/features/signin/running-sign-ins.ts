import type * as v from 'valibot';
import { MAX_SIGNINS } from '../../../shared/limits.ts';
import type { HOST } from '../../../shared/protocol/native.ts';
import { type RecentSource, recentProcesses } from '../../base/platform/recent-processes.ts';
import { environmentOf, overridesEndpoint } from './endpoint-override.ts';
import { knownCommand } from './known-commands.ts';

export type RunningSignIn = v.InferOutput<
  (typeof HOST)['methods']['signins.running']['result']
>['commands'][number];

type Source = Omit<RecentSource, 'since'> & { platform: NodeJS.Platform; home: string };

/** A device code lives for ten minutes: what was started before waits for no code any more. */
const RECENT_MS = 10 * 60_000;

/**
 * The known sign-in commands that a person has running, newest first. A launcher and the program that it started are
 * one command. One that lives in another home (a service, a test) writes other AWS files, and is not theirs. Nothing of their
 * command lines is told but the names that are in our own table.
 */
export async function runningSignIns(source: Source): Promise<RunningSignIn[]> {
  const recent = await recentProcesses({ ...source, since: source.now - RECENT_MS });
  const commands = new Map(recent.map((one) => [one.pid, knownCommand(one)]));
  return recent
    .flatMap(({ pid, parent, name, args, startedAt }) => {
      const command = commands.get(pid);
      if (!command || commands.get(parent) === command || livesElsewhere(pid, source)) return [];
      return [
        {
          command,
          pid,
          startedAt: Math.round(startedAt),
          endpointOverride: overridesEndpoint(
            { pid, name, ...(args ? { args } : {}) },
            // What the browser was started with is not what a terminal's command was.
            { ...source, env: { HOME: source.home, USERPROFILE: source.home } },
          ),
        },
      ];
    })
    .sort((one, other) => other.startedAt - one.startedAt)
    .slice(0, MAX_SIGNINS);
}

/** Whether a process has a home of its own, neither above nor below ours (snap has one below). Only Linux tells. */
function livesElsewhere(pid: number, { platform, procDir, home }: Source): boolean {
  const other = platform === 'linux' ? environmentOf(pid, procDir)?.HOME : undefined;
  return !!other && !isWithin(other, home) && !isWithin(home, other);
}

const isWithin = (path: string, folder: string): boolean =>
  `${path}/`.startsWith(`${folder.replace(/\/+$/, '')}/`);
