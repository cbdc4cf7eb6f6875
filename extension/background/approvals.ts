import { amendAuthorization } from '../../shared/approval/authorization.ts';
import { amend, findCode, prune } from '../../shared/approval/code-book.ts';
import { decide } from '../../shared/approval/decide.ts';
import { codeEnd } from '../../shared/approval/decision-log.ts';
import { readPageAddress } from '../../shared/approval/page-address.ts';
import type { PageReading } from '../../shared/approval/page-reading.ts';
import type { Decision, Scene } from '../../shared/approval/scene.ts';
import type { PageMessage, PageOrder } from '../../shared/protocol/internal.ts';
import { ANSWER_DEADLINE_MS } from '../../shared/protocol/limits.ts';
import { describeTab } from '../platform/tabs.ts';
import { nonce, now, sha256Hex } from '../platform/time.ts';
import { consentContextOf, createConsentTies } from './consent-ties.ts';
import type { DecisionLog } from './decision-log.ts';
import type { HostLink } from './host-link.ts';
import { hintFor, noticeFor } from './page-orders.ts';
import { type BackgroundState, type StateStore, type TabState, tabState, withTab } from './state.ts';
import { findVisit, type Visits } from './visits.ts';
import type { Waiting } from './waiting-here.ts';

/** Who sent a page message, as the browser reports it. */
export interface PageSender {
  tabId: number;
  frameId: number;
  lifecycle: Scene['frame']['lifecycle'];
}

export interface ApprovalsOptions {
  store: StateStore;
  link: HostLink;
  visits: Visits;
  log: DecisionLog;
  waiting: Waiting;
}

const NOTHING: PageOrder = { do: 'nothing' };
const WATCH: PageOrder = { do: 'watch' };

/** From what a page shows to what may be done with it. Everything that judges is in `decide`; this carries it out. */
export function createApprovals({ store, link, visits, log, waiting }: ApprovalsOptions) {
  /** One page at a time: two answers to one page must not both press. */
  let queue: Promise<unknown> = Promise.resolve();
  const consents = createConsentTies(store);

  async function seen(sender: PageSender, reading: PageReading): Promise<PageOrder> {
    await visits.opened();
    const tab = await describeTab(sender.tabId);
    if (!tab?.url) return NOTHING;
    const context = consentContextOf(tab.url);
    if (context !== null) await consents.settle(sender.tabId);
    const time = now();
    const state = store.get();
    const history = tabState(state, sender.tabId);
    const scene: Scene = {
      now: time,
      address: tab.url,
      frame: { top: sender.frameId === 0, lifecycle: sender.lifecycle },
      reading,
      book: prune(state.book, time),
      authorizations: state.authorizations,
      tab: history,
      recentPresses: state.presses.filter((at) => at > time - 60_000).length,
    };
    const decision = decide(scene);
    const order = await carryOut(decision, scene, history);
    // A private window leaves no trace on the disk. Elsewhere no press goes out that is not in the log.
    if (!tab.isPrivate) await log.decided(decision, scene, order);
    return order;
  }

  async function carryOut(decision: Decision, scene: Scene, history: TabState): Promise<PageOrder> {
    const { entry, authorization } = decision;
    const visit = findVisit(visits, entry?.attempt ?? authorization?.id);
    // What another tab shows is no news of this one.
    const live = visit?.tabId === history.tabId ? visit : undefined;
    if (entry && history.vouchedCode !== entry.userCode && entry.tabId === history.tabId) {
      store.set(withTab(store.get(), { ...history, vouchedCode: entry.userCode }));
    }
    switch (decision.act) {
      case 'press-confirm':
      case 'press-allow': {
        if (!live) return WATCH;
        const step = decision.act === 'press-confirm' ? 'confirm' : 'allow';
        const order = {
          nonce: nonce(),
          step,
          userCode: entry?.userCode ?? null,
          authorization: authorization?.id ?? null,
        } as const;
        store.set({
          ...mark(order, scene.now),
          presses: [...store.get().presses.filter((at) => at > scene.now - 60_000), scene.now],
          ...withTab(store.get(), {
            ...tabState(store.get(), history.tabId),
            order,
            ...(step === 'confirm' ? { awayMs: 0 } : {}),
          }),
        });
        visits.setStep(live.id, step === 'confirm' ? 'confirming' : 'allowing');
        // Spent before it is pressed: a background that dies now must not press again.
        await store.saved();
        return { do: 'press', step, nonce: order.nonce, address: scene.address };
      }
      case 'approved':
        if (live) visits.approved(live.id);
        return NOTHING;
      case 'failed':
        if (live && live.step !== 'click-needed') void visits.needPerson(live.id, 'click-needed');
        return WATCH;
      case 'warn':
        return warn(decision, scene);
      case 'wait':
      case 'leave': {
        if (live && (live.step === 'opening-page' || live.step === 'sign-in-needed')) {
          visits.setStep(live.id, live.step === 'sign-in-needed' ? 'signed-in' : 'waiting-for-page');
        }
        if (live?.step === 'click-needed') return hintFor('please-click');
        if (live?.step === 'signed-in') return hintFor('sign-in-goes-on');
        // Nobody can tell any more which consent page is ours: the person can.
        if (live && decision.reason === 'consent-lost') void visits.needPerson(live.id, 'click-needed');
        const page = readPageAddress(scene.address);
        return live || (page?.site && page.route.name !== 'other') ? WATCH : NOTHING;
      }
    }
  }

  /** A code that is not in the book: perhaps a command of this computer asked for it without us. Else the notice. */
  async function warn({ reason }: Decision, scene: Scene): Promise<PageOrder> {
    const route = readPageAddress(scene.address)?.route;
    const code = route?.name === 'device' ? (route.userCode ?? scene.reading.shownCodes[0]) : undefined;
    void waiting.look();
    if (reason === 'foreign-code' && code !== undefined && (await vouchedElsewhere(code))) {
      store.set(withTab(store.get(), { ...tabState(store.get(), scene.tab.tabId), acceptedCode: code }));
      return { do: 'withdraw-notice' };
    }
    const consent = reason === 'foreign-consent' || reason === 'other-consent';
    return noticeFor(consent ? 'consent' : 'code', waiting.list());
  }

  async function vouchedElsewhere(code: string): Promise<boolean> {
    try {
      // The notice waits for this answer: not for a host that takes its time to start.
      const host = await link.host(ANSWER_DEADLINE_MS);
      const { asker } = await host.call(
        'vouch.find',
        { codeHash: await sha256Hex(code) },
        { deadlineMs: ANSWER_DEADLINE_MS },
      );
      return asker !== null;
    } catch {
      // No host, no word for the code: it stays a stranger's.
      return false;
    }
  }

  /** Notes in the book that a button is pressed, or with `null` that it was not. */
  function mark(
    { step, userCode, authorization }: NonNullable<TabState['order']>,
    at: number | null,
  ): Partial<BackgroundState> {
    const { book, authorizations } = store.get();
    if (userCode !== null) {
      return { book: amend(book, userCode, step === 'confirm' ? { confirmedAt: at } : { allowedAt: at }) };
    }
    if (authorization === null) return {};
    return { authorizations: amendAuthorization(authorizations, authorization, { allowedAt: at }) };
  }

  /** A press that did not happen, because the page had changed, gives the code back. */
  function pressed(
    { tabId }: PageSender,
    message: Extract<PageMessage, { type: 'page.pressed' }>,
  ): PageOrder {
    const tab = tabState(store.get(), tabId);
    const { order } = tab;
    if (!order || order.nonce !== message.nonce) return NOTHING;
    store.set(withTab(store.get(), { ...tab, order: null }));
    if (message.outcome === 'changed') store.set(mark(order, null));
    return WATCH;
  }

  /** "I started this on another machine": the person takes it on themselves, for this code in this tab. */
  async function accepted({ tabId }: PageSender): Promise<PageOrder> {
    const tab = await describeTab(tabId);
    const route = tab?.url ? readPageAddress(tab.url)?.route : undefined;
    const code =
      route?.name === 'device' ? route.userCode : route?.name === 'consent' ? route.deviceContextId : null;
    if (tab && code && !findCode(store.get().book, code)) {
      store.set(withTab(store.get(), { ...tabState(store.get(), tabId), acceptedCode: code }));
      if (!tab.isPrivate) {
        log.said({
          kind: 'foreign',
          session: null,
          codeEnd: route?.name === 'device' ? codeEnd(code) : null,
          command: null,
          host: new URL(tab.url ?? '').hostname,
          act: 'accepted',
          reason: 'accepted-by-person',
        });
      }
    }
    return { do: 'withdraw-notice' };
  }

  async function handle(sender: PageSender, message: PageMessage): Promise<PageOrder> {
    switch (message.type) {
      case 'page.seen':
        return seen(sender, message.reading);
      case 'page.pressed':
        return pressed(sender, message);
      case 'notice.choice':
        return message.choice === 'mine' ? accepted(sender) : NOTHING;
    }
  }

  return {
    answer(sender: PageSender, message: PageMessage): Promise<PageOrder> {
      const answer = queue.then(() => handle(sender, message));
      queue = answer.catch(() => {});
      return answer;
    },
    /** The browser reports that a tab has come to an address. */
    moved: consents.moved,
  };
}
