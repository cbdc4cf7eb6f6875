import { readApprovalAddress } from '../../shared/approval/approval-address.ts';
import { amendAuthorization } from '../../shared/approval/authorization.ts';
import { amend, findCode } from '../../shared/approval/code-book.ts';
import { codeEnd } from '../../shared/approval/decision-log.ts';
import { AwsherError } from '../../shared/errors/awsher-error.ts';
import {
  type AskReason,
  beginHandOver,
  type HandOver,
  isOpen,
  type Outcome,
} from '../../shared/login/hand-over.ts';
import type { Asker } from '../../shared/protocol/fields.ts';
import { askedBy } from '../../shared/protocol/fields.ts';
import type { Question, RunningCommand } from '../../shared/protocol/internal.ts';
import type { HandOverOpen } from '../../shared/protocol/native.ts';
import {
  bringToFront,
  closeTab,
  DIALOG_SIZE,
  describeTab,
  findTab,
  openDialog,
  openTab,
} from '../platform/tabs.ts';
import { nonce, now, startTimer } from '../platform/time.ts';
import type { DecisionLog } from './decision-log.ts';
import { asksFirst } from './settings.ts';
import type { StateStore } from './state.ts';
import type { Visits } from './visits.ts';
import { bindTab, enterBook, questionOf } from './vouch-for.ts';

/** Hand-overs under way at once. A person starts a few; a loop that starts more is stopped here. */
const MAX_OPEN = 10;
const MAX_REMEMBERED = 30;
/** How long our own dialog waits for the person. */
const QUESTION_MS = 2 * 60_000;
/** Nothing known on the page for this long: the person should look at it. */
const UNKNOWN_PAGE_MS = 8_000;

/** Whether the person is asked before anything is opened, and why. */
async function reasonToAsk({ asker, silent, askBecause }: HandOverOpen): Promise<AskReason | null> {
  if (askBecause) return askBecause;
  if (!silent) return 'unknown-program';
  return (await asksFirst(asker)) ? 'setting' : null;
}

/**
 * Approvals that other commands of this computer asked for. awsher opens the page, in a tab of its own, and approves
 * it with all checks; it makes no token of it. Without a known sign-in command behind it, the person is asked first.
 */
export function createHandOvers(store: StateStore, log: DecisionLog) {
  /** Timers of open hand-overs; what they guard is in the store, so losing them loses nothing. */
  const watches = new Map<string, () => void>();
  /** Tabs being opened right now: a page may report before the browser has told us its tab id. */
  let opening: Promise<unknown> = Promise.resolve();

  const open = (): HandOver[] => store.get().handOvers.filter(isOpen);
  const find = (id: string): HandOver | undefined => open().find((handOver) => handOver.id === id);

  function put(handOver: HandOver): void {
    const others = store.get().handOvers.filter(({ id }) => id !== handOver.id);
    const kept = others.filter((other, index) => isOpen(other) || index >= others.length - MAX_REMEMBERED);
    store.set({ handOvers: [...kept, handOver] });
  }

  function change(id: string, amendment: Partial<HandOver>): HandOver | undefined {
    const handOver = find(id);
    if (!handOver) return undefined;
    const next = { ...handOver, ...amendment };
    put(next);
    return next;
  }

  function finish(id: string, outcome: Outcome): void {
    if (outcome === 'declined' && find(id)?.phase === 'asking') logDeclined(id);
    const handOver = change(id, { phase: 'ended', endedAt: now(), outcome });
    if (!handOver) return;
    watch(id, []);
    spend(handOver);
    if (handOver.questionTabId !== null) void closeTab(handOver.questionTabId);
    // A PKCE tab closes when it has brought its answer home. In doubt a tab stays: a person may be at work in it.
    const ours = handOver.kind === 'device' && !handOver.personsTab;
    if (ours && outcome === 'approved' && handOver.tabId !== null) void closeTab(handOver.tabId);
  }

  /** The person's "not me" to our own dialog: the one decision about a hand-over that no page shows. */
  function logDeclined(id: string): void {
    const handOver = find(id);
    const address = handOver && readApprovalAddress(handOver.url);
    if (!address) return;
    log.said({
      kind: 'hand-over',
      session: null,
      codeEnd: address.kind === 'device' ? codeEnd(address.userCode) : null,
      command: askedBy(handOver.asker),
      host: new URL(address.url).hostname,
      act: 'declined',
      reason: 'declined-by-person',
    });
  }

  /** Nothing more is pressed for it. It stays in the book, so that a page still open looks like no stranger's. */
  function spend({ id, url }: HandOver): void {
    const { book, authorizations } = store.get();
    const address = readApprovalAddress(url);
    if (address?.kind === 'authorization')
      store.set({ authorizations: amendAuthorization(authorizations, id, { allowedAt: now() }) });
    else if (address && findCode(book, address.userCode)?.attempt === id)
      store.set({ book: amend(book, address.userCode, { allowedAt: now() }) });
  }

  /** Takes a hand-over in; answers as soon as it is in storage. */
  async function take(request: HandOverOpen): Promise<Record<string, never>> {
    const { url, asker } = request;
    const askBecause = await reasonToAsk(request);
    const address = readApprovalAddress(url);
    if (!address)
      throw new AwsherError('PROTOCOL_MESSAGE', 'That is no address on which AWS asks for an approval.');
    // The same request twice: it is in hand, and a second tab would only confuse.
    if (open().some((other) => other.url === address.url)) return {};
    const known = address.kind === 'device' && findCode(store.get().book, address.userCode);
    if (known || open().length >= MAX_OPEN) {
      throw new AwsherError('SIGN_IN_FAILED', 'The browser does not take this approval into its own hands.', {
        hint: 'approve it on the page yourself',
      });
    }
    const handOver = beginHandOver(nonce(), address, asker, askBecause, now());
    put(handOver);
    await store.saved();
    start(handOver);
    return {};
  }

  /** The person said of a page that they have open that it is their own: it is approved in their tab, which stays theirs. */
  async function takeOn(tabId: number, url: string, asker: Asker): Promise<boolean> {
    const address = readApprovalAddress(url);
    if (address?.kind !== 'device' || findCode(store.get().book, address.userCode)) return false;
    const begun = beginHandOver(nonce(), address, asker, null, now());
    const handOver = { ...begun, tabId, personsTab: true, broughtToFront: true } as const;
    put(handOver);
    store.set(enterBook(store.get(), handOver, address, now()));
    store.set(bindTab(store.get(), handOver, address, tabId));
    await store.saved();
    guardPage(handOver.id);
    return true;
  }

  function start({ id, phase }: HandOver): void {
    const begun = phase === 'asking' ? ask(id) : visit(id);
    begun.catch(() => finish(id, 'failed'));
  }

  async function ask(id: string): Promise<void> {
    const questionTabId = await openDialog(`ask/ask.html#${id}`, DIALOG_SIZE);
    if (change(id, { questionTabId })) guardQuestion(id);
    else await closeTab(questionTabId);
  }

  async function visit(id: string): Promise<void> {
    const handOver = find(id);
    const address = handOver && readApprovalAddress(handOver.url);
    if (!address) return;
    store.set(enterBook(store.get(), handOver, address, now()));
    await store.saved();
    const opened = openTab(address.url, false).then(({ tabId }) => {
      store.set(bindTab(store.get(), handOver, address, tabId));
      // Ended while the tab was on its way.
      if (!change(id, { tabId })) void closeTab(tabId);
    });
    opening = opened.catch(() => {});
    await opened;
    guardPage(id);
  }

  /** The tab that was opened for it by a background that was stopped before it could note it. */
  async function adoptTab(handOver: HandOver): Promise<boolean> {
    const address = readApprovalAddress(handOver.url);
    const tabId = address && (await findTab((at) => readApprovalAddress(at)?.url === address.url));
    if (!address || tabId === null) return false;
    store.set(bindTab(store.get(), handOver, address, tabId));
    return change(handOver.id, { tabId }) !== undefined;
  }

  function guardQuestion(id: string): void {
    const handOver = find(id);
    if (!handOver) return;
    const left = handOver.startedAt + QUESTION_MS - now();
    watch(id, [startTimer(Math.max(0, left), () => finish(id, 'unanswered'))]);
  }

  /** Deadline of the request, and the moment at which a page that shows nothing known is shown to the person. */
  function guardPage(id: string): void {
    const handOver = find(id);
    if (!handOver) return;
    const unknown = () => {
      const step = find(id)?.step;
      if (step === 'opening-page' || step === 'waiting-for-page') void needPerson(id, 'click-needed');
    };
    watch(id, [
      startTimer(Math.max(0, handOver.expiresAt - now()), () => finish(id, 'expired')),
      startTimer(UNKNOWN_PAGE_MS, unknown),
    ]);
  }

  function watch(id: string, stops: readonly (() => void)[]): void {
    watches.get(id)?.();
    watches.set(id, () => {
      for (const stop of stops) stop();
    });
    if (stops.length === 0) watches.delete(id);
  }

  async function needPerson(id: string, step: 'sign-in-needed' | 'click-needed'): Promise<void> {
    const handOver = change(id, { step });
    if (handOver?.tabId == null || handOver.broughtToFront) return;
    change(id, { broughtToFront: true });
    await bringToFront(handOver.tabId);
  }

  const visits: Visits = {
    all: () =>
      open()
        .filter(({ phase }) => phase === 'page')
        .map(({ id, tabId, step }) => ({ id, tabId, step, onPage: step !== 'allowing' })),
    setStep: (id, step) => change(id, { step }),
    needPerson,
    approved: (id) => finish(id, 'approved'),
    closed: (id) => finish(id, 'closed'),
    opened: () => opening,
  };

  return {
    visits,
    take,
    takeOn,
    finish,
    open,
    /** What the dialog with this id asks, or `null` when there is nothing to ask any more. */
    question(id: string, running: RunningCommand[] | null): Question | null {
      const handOver = find(id);
      return handOver?.phase === 'asking' ? questionOf(handOver, running) : null;
    },
    answer(id: string, approve: boolean): void {
      const handOver = find(id);
      if (handOver?.phase !== 'asking') return;
      if (!approve) {
        finish(id, 'declined');
        return;
      }
      const approved = change(id, { phase: 'page', questionTabId: null });
      if (handOver.questionTabId !== null) void closeTab(handOver.questionTabId);
      if (approved) start(approved);
    },
    /** The host is gone: nothing more is pressed. The pages stay, the commands still wait for them. */
    hostLost(): void {
      for (const { id } of open()) finish(id, 'failed');
    },
    /** After the browser has put the background to sleep and woken it. */
    async resume(): Promise<void> {
      for (const handOver of open()) {
        const { id, phase, tabId, questionTabId } = handOver;
        if (phase === 'page' && (tabId !== null || (await adoptTab(handOver)))) guardPage(id);
        else if (phase === 'page' || questionTabId === null) start(handOver);
        else if (await describeTab(questionTabId)) guardQuestion(id);
        else finish(id, 'declined');
      }
    },
  };
}
export type HandOvers = ReturnType<typeof createHandOvers>;
