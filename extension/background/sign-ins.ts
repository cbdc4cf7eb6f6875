import { amend, vouch } from '../../shared/approval/code-book.ts';
import { readPageAddress } from '../../shared/approval/page-address.ts';
import { AwsherError, toAwsherError } from '../../shared/errors/awsher-error.ts';
import {
  type Attempt,
  beginAttempt,
  end,
  isFor,
  isRunning,
  join,
  leave,
} from '../../shared/login/attempt.ts';
import type { Step } from '../../shared/login/progress.ts';
import { codeExpired, permissionMissing, signInCancelled } from '../../shared/login/refusals.ts';
import type { Asker, Target } from '../../shared/protocol/fields.ts';
import { missingHosts } from '../platform/permissions.ts';
import { bringToFront, closeTab, findTab, openTab } from '../platform/tabs.ts';
import { nonce, now, startTimer } from '../platform/time.ts';
import { collectToken } from './collect-token.ts';
import type { DecisionLog } from './decision-log.ts';
import type { HostLink } from './host-link.ts';
import { createPermissionStep } from './permission-step.ts';
import { findPortal } from './portal.ts';
import { createQuestionStep, unanswered } from './question-step.ts';
import { requestCode, vouchedCode } from './request-code.ts';
import { createStallWatch } from './stall-watch.ts';
import type { StateStore } from './state.ts';

/** The participant that a view of this extension is. */
export const POPUP = 'popup';
/** How long terminals get to come back after this background was put to sleep; they look for us every 250 ms. */
const TERMINALS_RETURN_MS = 45_000;

export interface SignInsOptions {
  store: StateStore;
  link: HostLink;
  log: DecisionLog;
  /** Tells the waiting terminals of one attempt about a step. */
  onStep(attempt: Attempt): void;
  /** The attempt ended well: views should ask for the sessions again. */
  onStored(target: Target): void;
}

/** The sign-ins of this browser, from the first request to the stored token. One attempt per session at a time. */
export function createSignIns({ store, link, log, onStep, onStored }: SignInsOptions) {
  /** Timers and aborts of running attempts; what they guard is in the store, so losing them loses nothing. */
  const watches = new Map<string, () => void>();
  const collecting = new Set<string>();
  /** Tabs being opened right now: a page may report before the browser has told us its tab id. */
  let opening: Promise<unknown> = Promise.resolve();

  const find = (id: string): Attempt | undefined => store.get().attempts.find((attempt) => attempt.id === id);
  const running = (target: Target): Attempt | undefined =>
    store.get().attempts.find((attempt) => isRunning(attempt) && isFor(attempt, target));

  function put(attempt: Attempt): void {
    const others = store.get().attempts.filter((other) => other.id !== attempt.id);
    store.set({ attempts: [...others, attempt] });
  }

  function change(id: string, amendment: Partial<Attempt>): Attempt | undefined {
    const attempt = find(id);
    if (!attempt || !isRunning(attempt)) return undefined;
    const next = { ...attempt, ...amendment };
    put(next);
    if (amendment.step !== undefined && amendment.step !== attempt.step) {
      stall.start(next);
      onStep(next);
    }
    return next;
  }

  function finish(id: string, ending: Parameters<typeof end>[1]): void {
    const attempt = find(id);
    if (!attempt || !isRunning(attempt)) return;
    watches.get(id)?.();
    watches.delete(id);
    stall.stop(id);
    const ended = end(attempt, ending, now());
    put(ended);
    // The code stays in the book, spent: a page that is still open must not look like a stranger's.
    if (attempt.userCode !== null) {
      store.set({ book: amend(store.get().book, attempt.userCode, { allowedAt: now() }) });
    }
    onStep(ended);
    if (attempt.tabId !== null) void closeTab(attempt.tabId);
    if ('signedIn' in ending) onStored(attempt.target);
  }

  const fail = (id: string, thrown: unknown): void => finish(id, { error: toAwsherError(thrown).toWire() });

  async function start(target: Target, asker: Asker, participant: string, watch: boolean): Promise<Attempt> {
    const current = running(target);
    if (current) {
      const joined = join(current, participant);
      put(joined);
      if (watch && joined.tabId !== null) void bringToFront(joined.tabId);
      return joined;
    }
    const attempt = beginAttempt(
      nonce(),
      target,
      asker,
      participant,
      { watch, agreed: participant === POPUP },
      now(),
    );
    put(attempt);
    onStep(attempt);
    void begin(attempt).catch((thrown: unknown) => fail(attempt.id, thrown));
    return attempt;
  }

  const stall = createStallWatch({
    find,
    needPerson,
    askAws: (id) => void collect(id, 'by the clock'),
  });
  const question = createQuestionStep({ find, change, fail, guard, begin, log });
  const permission = createPermissionStep({
    all: () => store.get().attempts,
    find,
    change,
    fail,
    guard,
    begin,
  });

  /** Host permission, registration, device code, tab. */
  async function begin(fresh: Attempt): Promise<void> {
    if (await question.asks(fresh)) return;
    const { id, target, watch } = fresh;
    const place = fresh.place ?? (await findPortal(link, target));
    const placed = change(id, { place });
    if (!placed || (await permission.asks(placed))) return;
    const device = await requestCode(link, target, place, () =>
      change(id, { phase: 'starting', step: 'requesting-code' }),
    );
    const attempt = change(id, {
      phase: 'page',
      step: 'opening-page',
      userCode: device.userCode,
      deviceCode: device.deviceCode.expose(),
      clientId: device.clientId,
      expiresAt: now() + device.expiresIn * 1000,
      intervalSeconds: device.interval,
    });
    if (!attempt) return;
    const entry = vouchedCode(device, id);
    store.set({ book: vouch(store.get().book, entry) });
    // A background that is stopped from here on finds the tab by its code.
    await store.saved();
    const current = find(id);
    if (!current || !isRunning(current)) return;
    const opened = openTab(device.verificationUriComplete, watch).then(({ tabId, ownWindow }) => {
      store.set({ book: amend(store.get().book, device.userCode, { tabId }) });
      // Cancelled while the tab was on its way.
      if (!change(id, { tabId, ownWindow, broughtToFront: watch })) void closeTab(tabId);
    });
    opening = opened.catch(() => {});
    await opened;
    guard(id);
    // A page that awsher may not see, because the portal lives on another host than the start URL: the person clicks.
    const [unseen] = await missingHosts([`https://${entry.pageHostname}/*`]);
    if (unseen !== undefined) await needPerson(id, 'click-needed');
  }

  /** The tab that was opened for the code by a background that was stopped before it could note it. */
  async function adoptTab({ id, userCode }: Attempt): Promise<boolean> {
    const tabId = userCode === null ? null : await findTab((address) => showsCode(address, userCode));
    if (userCode === null || tabId === null) return false;
    store.set({ book: amend(store.get().book, userCode, { tabId }) });
    return change(id, { tabId }) !== undefined;
  }

  /** Deadline of the code; and whatever the attempt is at now may not last for ever. */
  function guard(id: string): void {
    const attempt = find(id);
    if (!attempt || !isRunning(attempt) || attempt.expiresAt === null) return;
    watches.get(id)?.();
    const stopExpiry = startTimer(Math.max(0, attempt.expiresAt - now()), () => fail(id, outOfTime(attempt)));
    watches.set(id, stopExpiry);
    stall.start(attempt);
  }

  /** Brings the tab to the front, once, and says why. */
  async function needPerson(id: string, step: 'sign-in-needed' | 'click-needed'): Promise<void> {
    const attempt = change(id, { step });
    if (!attempt) return;
    if (attempt.tabId !== null && !attempt.broughtToFront) {
      change(id, { broughtToFront: true });
      await bringToFront(attempt.tabId);
    }
    // The page cannot tell any more: the clock has to.
    if (step === 'click-needed') void collect(id, 'by the clock');
  }

  /** Fetches the token and stores it. After "approved" AWS is asked at once; otherwise at its interval. */
  async function collect(id: string, when: 'at once' | 'by the clock'): Promise<void> {
    const attempt = find(id);
    if (!attempt || attempt.deviceCode === null) return;
    if (when === 'at once') change(id, { phase: 'collecting', step: 'approved' });
    if (collecting.has(id)) return;
    collecting.add(id);
    try {
      const signedIn = await collectToken({
        attempt,
        link,
        when,
        /** Whether anybody still wants it, and whether the page has told meanwhile. */
        look: () => {
          const current = find(id);
          if (!current || !isRunning(current)) return 'gone';
          return current.phase === 'collecting' ? 'approved' : 'waiting';
        },
        onStep: (step: Step) => change(id, { phase: 'collecting', step }),
        writeSection: () => find(id)?.participants.includes(POPUP) ?? false,
      });
      if (signedIn) finish(id, { signedIn });
    } catch (thrown) {
      fail(id, thrown);
    } finally {
      collecting.delete(id);
    }
  }

  return {
    find,
    start,
    change,
    collect,
    needPerson,
    /** Only an attempt that runs or has just ended; for terminals whose link was lost. */
    rejoin(target: Target, participant: string): Attempt | undefined {
      const current = running(target);
      if (!current) return store.get().attempts.findLast((attempt) => isFor(attempt, target));
      const joined = join(current, participant);
      put(joined);
      return joined;
    },
    /** A waiter went away. The last one takes the attempt with it; the popup's own goes on without the popup. */
    leave(participant: string): void {
      for (const attempt of store.get().attempts.filter(isRunning)) {
        if (!attempt.participants.includes(participant)) continue;
        const rest = leave(attempt, participant);
        put(rest);
        if (rest.participants.length === 0)
          finish(attempt.id, { error: signInCancelled(attempt.target).toWire() });
      }
    },
    /** Cancel in the popup, or the tab closed by the person: ends it for all. */
    cancel(id: string): void {
      const attempt = find(id);
      if (attempt) finish(id, { error: signInCancelled(attempt.target).toWire() });
    },
    dismiss(session: string): void {
      const rest = store.get().attempts.filter((it) => isRunning(it) || it.target.session !== session);
      store.set({ attempts: rest });
    },
    /** The host is gone: the truth for everyone, and nothing more is pressed. */
    hostLost(): void {
      const error = new AwsherError('HOST_LOST', 'The awsher host ended in the middle of the sign-in.', {
        hint: 'run `awsher login` again; if it happens twice, `awsher doctor`',
      });
      for (const attempt of store.get().attempts.filter(isRunning)) fail(attempt.id, error);
    },
    /** After the browser has put the background to sleep and woken it: every attempt goes on where it was. */
    async resume(): Promise<void> {
      for (const stored of store.get().attempts.filter(isRunning)) {
        // The port died with the old background, and the host with the port: the terminals come again by themselves.
        const attempt = { ...stored, participants: stored.participants.filter((name) => name === POPUP) };
        put(attempt);
        startTimer(TERMINALS_RETURN_MS, () => {
          const later = find(attempt.id);
          if (later?.participants.length === 0)
            finish(later.id, { error: signInCancelled(later.target).toWire() });
        });
        if (attempt.phase === 'page' && attempt.tabId === null && (await adoptTab(attempt))) {
          guard(attempt.id);
          continue;
        }
        if (attempt.phase !== 'collecting' && attempt.tabId === null) {
          void begin(attempt).catch((thrown: unknown) => fail(attempt.id, thrown));
          continue;
        }
        guard(attempt.id);
        if (attempt.phase === 'collecting') void collect(attempt.id, 'at once');
        else if (attempt.step === 'click-needed') void collect(attempt.id, 'by the clock');
      }
      await permission.changed();
    },
    /** No timer counts the time of a closed lid: what ended meanwhile ends now. */
    checkDeadlines(): void {
      for (const { id, expiresAt } of store.get().attempts.filter(isRunning)) {
        if (expiresAt !== null && expiresAt <= now()) guard(id);
      }
    },
    /** The person gave or took back a host permission. */
    permissionsChanged: permission.changed,
    serveDialog: question.serve,
    /** Resolves when no tab is on its way any more. */
    opened: (): Promise<unknown> => opening,
  };
}
function showsCode(address: string, userCode: string): boolean {
  const route = readPageAddress(address)?.route;
  return route?.name === 'device' && route.userCode === userCode;
}

/** Why an attempt ends that has come to its deadline. */
function outOfTime({ phase, target }: Attempt): AwsherError {
  if (phase === 'asking') return unanswered(target);
  return phase === 'permission' ? permissionMissing(target) : codeExpired(target);
}
export type SignIns = ReturnType<typeof createSignIns>;
