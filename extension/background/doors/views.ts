import * as v from 'valibot';
import { AwsherError, toAwsherError } from '../../../shared/errors/awsher-error.ts';
import { createNews } from '../../../shared/news.ts';
import {
  Settings,
  type ViewMessage,
  ViewRequest,
  type ViewState,
} from '../../../shared/protocol/internal.ts';
import type { ComputerSettings } from '../../../shared/protocol/native.ts';
import { isRunning, POPUP, type SignIn } from '../../../shared/request/request.ts';
import type { Port } from '../../platform/api.ts';
import { lastState } from '../../platform/last-state.ts';
import { bringToFront } from '../../platform/tabs.ts';
import { sleep } from '../../platform/time.ts';
import { FIND_DEADLINE_MS } from '../host/portal.ts';
import { effectiveSettings } from '../memory/effective-settings.ts';
import { settingsSlot } from '../memory/state.ts';
import { createAddedSessions } from './added-sessions.ts';
import { createRenewals } from './renewals.ts';
import { createViewState, type ViewStateOptions } from './view-state.ts';

type SettingsChange = Extract<ViewRequest, { type: 'settings.change' }>['settings'];

/** Each check has 30 s of its own, and they run at the same time. */
const DOCTOR_DEADLINE = { deadlineMs: 45_000 };
/** The portal is told first; without it the files go all the same. */
const SIGN_OUT_DEADLINE = { deadlineMs: 30_000 };
/** Between two messages to the views: a person sees no difference. */
const MOMENT_MS = 50;

/** The popup and the options page: each gets the whole state on every change, and may ask for a few things. */
export function createViews(options: ViewStateOptions) {
  const { link, requests, signIns, handOvers, pageReports, log } = options;
  const viewState = createViewState(options);
  const added = createAddedSessions(link, viewState.sessions);
  const open = new Set<Port>();
  /** Ports that show the log of decisions. */
  const historians = new Set<Port>();
  const told = createNews<[state: ViewState, watched: boolean]>();
  let isTelling = false;
  let isOld = false;
  const renewals = createRenewals({ link, authorize, refresh, changed: push });

  /** Tells the state, to every open view among others. What changes in a moment is told together. */
  function push(): void {
    isOld = true;
    if (!isTelling) void tell();
  }

  async function tell(): Promise<void> {
    isTelling = true;
    await Promise.resolve();
    while (isOld) {
      isOld = false;
      await viewState
        .state(renewals.all())
        .then(show)
        .catch(() => {});
      await sleep(MOMENT_MS);
    }
    isTelling = false;
  }

  function show(current: ViewState): void {
    told.tell(current, open.size > 0);
    void lastState.write(current);
    for (const port of open) post(port, { type: 'state', state: current });
  }

  async function refresh(): Promise<void> {
    await viewState.refresh();
    push();
  }

  /** What reads, changes and writes goes one at a time: a file that is taken over sends several at once. */
  let changing: Promise<unknown> = Promise.resolve();
  function inTurn(change: () => Promise<void>): Promise<void> {
    const turn = changing.then(change);
    changing = turn.catch(() => {});
    return turn;
  }

  async function answer(request: ViewRequest, port: Port): Promise<void> {
    switch (request.type) {
      case 'authorize':
        await authorize(request.session);
        return;
      case 'renew':
        await renewals.renew(request.session);
        return;
      case 'session.region':
        await correctRegion(request.session);
        await authorize(request.session);
        return;
      case 'cancel': {
        const attempt = running(request.session);
        if (attempt) requests.feed(attempt.id, { type: 'cancelled' });
        return;
      }
      case 'other-way': {
        const attempt = running(request.session);
        if (attempt) requests.feed(attempt.id, { type: 'other-way' });
        return;
      }
      case 'show':
        await front(running(request.session));
        return;
      case 'pending.show':
        await front(handOvers.open().find(({ id }) => id === request.id));
        return;
      case 'pending.cancel':
        requests.feed(request.id, { type: 'cancelled' });
        return;
      case 'session.logout': {
        const { session } = request;
        const { warning } = await link.ask('session.logout', { session }, SIGN_OUT_DEADLINE);
        requests.dismiss(session);
        await refresh();
        if (warning !== null) throw new AwsherError('NETWORK', warning);
        return;
      }
      case 'session.edit':
        await inTurn(async () =>
          (await viewState.isInConfig(request.was)) ? editInConfig(request) : added.edit(request),
        );
        return;
      case 'history.watch':
        historians.add(port);
        await pushHistory(port);
        return;
      case 'foreign.seen':
        await log.seenForeign(request.id);
        return;
      case 'dismiss':
        requests.dismiss(request.session);
        return;
      case 'session.add':
        await inTurn(() => added.add(request));
        return;
      case 'session.remove':
        await inTurn(() => added.remove(request.session));
        return;
      case 'settings.change':
        await inTurn(() => changeSettings(request.settings));
        if (request.settings.label !== undefined) link.greetAgain();
        return;
      case 'session.settings':
        await inTurn(() =>
          changeOnComputer({ sessions: [{ session: request.session, ...request.settings }] }),
        );
        return;
      case 'host.retry':
        link.retryNow();
        await refresh();
        return;
      case 'doctor.run':
        post(port, await doctor(request.fix));
    }
  }

  /** Keeps in `config.ini` what counts for the terminal, too. */
  async function changeOnComputer(change: Partial<ComputerSettings>): Promise<void> {
    await link.ask('settings.change', change);
    await refresh();
  }

  async function changeSettings({ noDeviceCodes, ...change }: SettingsChange): Promise<void> {
    if (noDeviceCodes !== undefined) await changeOnComputer({ noDeviceCodes });
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    const before = await settingsSlot.read();
    await settingsSlot.write(v.parse(Settings, { ...before, ...Object.fromEntries(given) }));
  }

  /** Begins the sign-in of a session that is known here; the person asked for it in a view or a notification. */
  async function authorize(session: string): Promise<void> {
    const view = (await viewState.sessions()).find(({ target }) => target.session === session);
    if (!view)
      throw new AwsherError('SESSION_UNKNOWN', 'That session no longer exists.', {
        hint: 'open the popup again',
      });
    const { watch } = (await effectiveSettings()).settings;
    requests.dismiss(session);
    const asker = { command: 'the popup', pid: 0, parents: [] };
    signIns.start({ target: view.target, asker, participant: POPUP, watch });
  }

  /** Keeps the region in which AWS knows the portal: in the config by the host, for a session that was added here by itself. */
  async function correctRegion(session: string): Promise<void> {
    if (!(await viewState.isInConfig(session)) && (await added.correctRegion(session))) return;
    await link.ask('session.region', { session }, { deadlineMs: FIND_DEADLINE_MS });
    await refresh();
  }

  /** The host writes the config; nothing there is called anew, because profiles go by that name. */
  async function editInConfig({
    was: session,
    startUrl,
    region,
  }: Extract<ViewRequest, { type: 'session.edit' }>): Promise<void> {
    await link.ask('session.edit', { session, startUrl, region }, { deadlineMs: FIND_DEADLINE_MS });
    await refresh();
  }

  /** The host's checks, for the view that asked. Their failing is an answer too. */
  async function doctor(fix?: boolean): Promise<ViewMessage> {
    try {
      const { checks } = await link.ask('doctor.run', { fix }, DOCTOR_DEADLINE);
      return { type: 'doctor', checks, error: null };
    } catch (thrown) {
      return { type: 'doctor', checks: [], error: toAwsherError(thrown).toWire() };
    }
  }

  const running = (session: string): SignIn | undefined =>
    signIns.all().find((request) => request.subject.target.session === session && isRunning(request));

  async function pushHistory(port: Port): Promise<void> {
    post(port, { type: 'history', decisions: await log.all() });
  }

  function connect(port: Port): void {
    open.add(port);
    port.onDisconnect.addListener(() => {
      open.delete(port);
      historians.delete(port);
    });
    port.onMessage.addListener((message: unknown) => {
      const request = v.safeParse(ViewRequest, message);
      if (!request.success) return;
      answer(request.output, port).then(push, (thrown: unknown) => {
        post(port, { type: 'refused', error: toAwsherError(thrown).toWire() });
        push();
      });
    });
    push();
    void refresh();
  }

  log.onChange(() => {
    push();
    for (const port of historians) void pushHistory(port);
  });
  pageReports.onChange(push);
  requests.onTold(({ ending }) => {
    if (ending?.how === 'signed-in') void refresh();
  });

  return {
    connect,
    push,
    refresh,
    authorize,
    /** Hears the state on every change; `watched`: a view is open and shows it. */
    onState: told.hear,
    /** An administrator gave other settings; the label may be among them. */
    managedChanged(): void {
      link.greetAgain();
      push();
    },
  };
}

/** The page of AWS, or awsher's own dialog, whichever there is. */
async function front(shown: { tabId: number | null } | undefined): Promise<void> {
  if (shown && shown.tabId !== null) await bringToFront(shown.tabId);
}

function post(port: Port, message: ViewMessage): void {
  try {
    port.postMessage(message);
  } catch {
    // The view closed in the same moment.
  }
}
