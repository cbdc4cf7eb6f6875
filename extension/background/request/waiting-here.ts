import type { RunningCommand } from '../../../shared/protocol/dialog.ts';
import type { WaitingHere } from '../../../shared/protocol/page.ts';
import { isRunning, nameOf, type Request } from '../../../shared/request/request.ts';
import { now } from '../../platform/time.ts';
import type { HostLink } from '../host/host-link.ts';
import type { StateStore } from '../memory/state.ts';

/** A look costs the host a walk through the processes: a page that reports each second does not ask each second. */
const LOOK_AGAIN_MS = 5_000;
/** PowerShell alone needs seconds to start on a slow Windows; the notice is there meanwhile, and says that awsher looks. */
const LOOK_DEADLINE_MS = 5_000;

/** What waits, before it is put into words. */
export type WaitingCommand = Omit<WaitingHere, 'line'>;

type Found = { command: string; pid: number; startedAt: number; endpointOverride?: boolean | undefined }[];

const waitingFor = (request: Request): WaitingCommand => ({
  command: request.asker.command,
  session: nameOf(request),
  startedAt: request.startedAt,
});

/** What really waits for a sign-in on this computer: awsher's own, what was handed over, and what the host sees running. */
export function createWaitingHere(store: StateStore, link: HostLink) {
  let found: { at: number; commands: Found | null } | null = null;
  let looking: Promise<void> | null = null;

  async function ask(): Promise<Found | null> {
    try {
      const deadlines = { deadlineMs: LOOK_DEADLINE_MS, linkMs: LOOK_DEADLINE_MS };
      return (await link.ask('signins.running', {}, deadlines)).commands;
    } catch {
      // No host, or one that does not answer: then it is not known.
      return null;
    }
  }

  const ours = () => store.get().requests.filter((one) => isRunning(one) && one.subject.kind !== 'saml');
  const notOurs = () =>
    found?.commands?.filter(({ pid }) => !ours().some(({ asker }) => asker.pid === pid)) ?? null;

  return {
    /** Has the host look, unless it has just done so; resolves when it has. No notice waits for it. */
    findRunning(): Promise<void> {
      if (found && now() - found.at < LOOK_AGAIN_MS) return Promise.resolve();
      looking ??= ask().then((commands) => {
        found = { at: now(), commands };
        looking = null;
      });
      return looking;
    },
    /** Sign-in commands that run; `null` while the host looks for the first time. */
    running: (): RunningCommand[] | null =>
      found?.commands?.map(({ command, startedAt }) => ({ command, startedAt })) ?? null,
    /** What is known by now; `null` while the host looks for the first time, and where it does not tell. */
    list(): WaitingCommand[] | null {
      const others = notOurs();
      return (
        others && [
          ...ours().map(waitingFor),
          ...others.map(({ command, startedAt }) => ({ command, session: null, startedAt })),
        ]
      );
    },

    /** Whether a command runs whose requests may come from somebody else's server. */
    endpointOverride: (): boolean => notOurs()?.some((one) => one.endpointOverride) ?? false,
    /** The newest command that may have asked for a code that nobody vouched for; its endpoint is AWS's own. */
    mayHaveAsked: (): Found[number] | undefined =>
      notOurs()?.find(({ endpointOverride }) => !endpointOverride),
  };
}
export type Waiting = ReturnType<typeof createWaitingHere>;
