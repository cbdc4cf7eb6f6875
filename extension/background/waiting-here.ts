import { isRunning } from '../../shared/login/attempt.ts';
import { isOpen } from '../../shared/login/hand-over.ts';
import type { RunningCommand, WaitingHere } from '../../shared/protocol/internal.ts';
import { now } from '../platform/time.ts';
import type { HostLink } from './host-link.ts';
import type { StateStore } from './state.ts';

/** A look costs the host a walk through the processes: a page that reports each second does not ask each second. */
const LOOK_AGAIN_MS = 5_000;
/** PowerShell alone needs seconds to start on a slow Windows; the notice is there meanwhile, and says that awsher looks. */
const LOOK_DEADLINE_MS = 5_000;

/** What waits, before it is put into words. */
export type WaitingCommand = Omit<WaitingHere, 'line'>;

type Found = { command: string; pid: number; startedAt: number }[];

/** What really waits for a sign-in on this computer: awsher's own, what was handed over, and what the host sees running. */
export function createWaitingHere(store: StateStore, link: HostLink) {
  let found: { at: number; commands: Found } | null = null;
  let looking: Promise<void> | null = null;

  async function ask(): Promise<Found> {
    try {
      const host = await link.host(LOOK_DEADLINE_MS);
      const { commands } = await host.call('signins.running', {}, { deadlineMs: LOOK_DEADLINE_MS });
      return commands;
    } catch {
      // No host, or one that knows no such question: what awsher itself knows is all there is to tell.
      return [];
    }
  }

  return {
    /** Has the host look, unless it has just done so; resolves when it has. No notice waits for it. */
    look(): Promise<void> {
      if (found && now() - found.at < LOOK_AGAIN_MS) return Promise.resolve();
      looking ??= ask().then((commands) => {
        found = { at: now(), commands };
        looking = null;
      });
      return looking;
    },
    /** Sign-in commands that run; `null` while the host looks for the first time. */
    running: (): RunningCommand[] | null =>
      found?.commands.map(({ command, startedAt }) => ({ command, startedAt })) ?? null,
    /** What is known by now; `null` while the host looks for the first time. */
    list(): WaitingCommand[] | null {
      if (!found) return null;
      const { attempts, handOvers } = store.get();
      const own = [
        ...attempts.filter(isRunning).map((attempt) => ({ ...attempt, session: attempt.target.session })),
        ...handOvers
          .filter(isOpen)
          .map((handOver) => ({ ...handOver, session: new URL(handOver.url).hostname })),
      ];
      const others = found.commands.filter(({ pid }) => !own.some(({ asker }) => asker.pid === pid));
      return [
        ...own.map(({ asker, session, startedAt }) => ({ command: asker.command, session, startedAt })),
        ...others.map(({ command, startedAt }) => ({ command, session: null, startedAt })),
      ];
    },
  };
}
export type Waiting = ReturnType<typeof createWaitingHere>;
