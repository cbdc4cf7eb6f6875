import { hostPermissionsFor } from '../../../shared/aws/host-permissions.ts';
import type { PendingView, SessionView, ViewState } from '../../../shared/protocol/internal.ts';
import type { KnownSession } from '../../../shared/protocol/native.ts';
import { type HandOver, isRunning, neededHosts } from '../../../shared/request/request.ts';
import { version } from '../../platform/identity.ts';
import { mayNotify } from '../../platform/notifications.ts';
import { allHosts, missingHosts } from '../../platform/permissions.ts';
import type { PageReports } from '../approval/page-reports.ts';
import type { SignInPages } from '../approval/sign-in-pages.ts';
import type { HostLink } from '../host/host-link.ts';
import type { DecisionLog } from '../memory/decision-log.ts';
import { effectiveSettings } from '../memory/effective-settings.ts';
import { addedSessions, computerSlot, sessionsSlot } from '../memory/state.ts';
import type { HandOvers } from '../request/hand-overs.ts';
import type { Requests } from '../request/requests.ts';
import type { SignIns } from '../request/sign-ins.ts';
import { type Renewals, sessionViews } from './session-views.ts';

export interface ViewStateOptions {
  link: HostLink;
  requests: Requests;
  signIns: SignIns;
  handOvers: HandOvers;
  log: DecisionLog;
  signInPages: SignInPages;
  pageReports: PageReports;
  installCommand: string;
}

/** What the popup and the options page show, put together from everything that knows a part of it. */
export function createViewState(options: ViewStateOptions) {
  const { link, requests, signIns, handOvers, signInPages, pageReports, log, installCommand } = options;
  /** A background that was put to sleep knew them; the host will tell again. */
  let known: Promise<readonly KnownSession[]> = sessionsSlot.read();

  async function sessions(renewals?: Renewals, effective = effectiveSettings()): Promise<SessionView[]> {
    const [told, added, { presets, given, said }] = await Promise.all([
      known,
      addedSessions.read(),
      effective,
    ]);
    const offered = { managed: presets, extension: added, said, given };
    return sessionViews(told, offered, signIns.all(), renewals, pageReports.all());
  }

  /** For the sessions and sign-ins that there are; with none, for all of AWS's regions. */
  async function missingPermissions(shown: readonly SessionView[]): Promise<string[]> {
    const running = signIns.all().filter(isRunning);
    const targets = [...shown.map(({ target }) => target), ...running.map(({ subject }) => subject.target)];
    const asking = requests.running().filter(({ phase }) => phase === 'permission');
    const wanted = targets.length === 0 ? allHosts() : targets.flatMap(hostPermissionsFor);
    return missingHosts([...wanted, ...asking.flatMap(neededHosts), ...signInPages.wanted()]);
  }

  return {
    sessions,
    /** Whether the config has it, as the host told last. */
    isInConfig: async (session: string): Promise<boolean> =>
      (await known).some((one) => one.session === session),
    async state(renewals: Renewals): Promise<ViewState> {
      const effective = effectiveSettings();
      const [shown, { settings, managed }] = await Promise.all([sessions(renewals, effective), effective]);
      return {
        host: link.state(),
        sessions: shown,
        missingPermissions: await missingPermissions(shown),
        pending: handOvers.open().map(pendingView),
        foreign: await log.unseenForeign(),
        settings,
        managed,
        notifications: await mayNotify(),
        installCommand,
        version: version(),
      };
    },
    /** Asks the host for the sessions again. Without a host the last answer stays on the screen. */
    async refresh(): Promise<void> {
      try {
        const { sessions } = await link.ask('sessions.list', {});
        known = Promise.resolve(sessions);
        void sessionsSlot.write(sessions);
        await computerSlot.write(await link.ask('settings.read', {}));
      } catch {
        // The state of the link says why.
      }
    },
  };
}

function pendingView({ id, subject, asker, startedAt, phase, step }: HandOver): PendingView {
  return { id, kind: subject.grant, asker, startedAt, phase: phase === 'asking' ? 'asking' : 'page', step };
}
