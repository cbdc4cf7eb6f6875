import { amendAuthorization } from '../../../shared/approval/authorization.ts';
import { amend, prune } from '../../../shared/approval/code-book.ts';
import { decide } from '../../../shared/approval/decide.ts';
import type { PageReading } from '../../../shared/approval/page-reading.ts';
import type { Decision, Scene } from '../../../shared/approval/scene.ts';
import type { PageMessage, PageOrder } from '../../../shared/protocol/page.ts';
import { describeTab } from '../../platform/tabs.ts';
import { nonce, now } from '../../platform/time.ts';
import type { DecisionLog } from '../memory/decision-log.ts';
import { effectiveSettings, noDeviceCodes } from '../memory/effective-settings.ts';
import type { BackgroundState, TabState } from '../memory/kept-state.ts';
import { pageAddress, pageFacts } from '../memory/known-pages.ts';
import { type StateStore, tabState, withTab } from '../memory/state.ts';
import type { Requests } from '../request/requests.ts';
import { consentContextOf, createConsentTies } from './consent-ties.ts';
import type { ForeignPages } from './foreign-pages.ts';
import { hintFor } from './page-orders.ts';

/** Who sent a page message, as the browser reports it. */
export interface PageSender {
  tabId: number;
  frameId: number;
  lifecycle: Scene['frame']['lifecycle'];
}

export interface ApprovalsOptions {
  store: StateStore;
  requests: Requests;
  log: DecisionLog;
  foreign: ForeignPages;
  /** Resolves when everything that was under way goes on. */
  resumed(): Promise<unknown>;
}

const NOTHING: PageOrder = { do: 'nothing' };
const WATCH: PageOrder = { do: 'watch' };

/** From what a page shows to what may be done with it. Everything that judges is in `decide`; this carries it out. */
export function createApprovals({ store, requests, log, foreign, resumed }: ApprovalsOptions) {
  /** One report of a tab at a time: two answers to one page must not both press. What one tab waits for is nothing to another. */
  const queues = new Map<number, Promise<unknown>>();
  const consents = createConsentTies(store);

  /** A stranger's page gets its notice before anything is waited for: no host, no other tab, no log. */
  async function firstLook(sender: PageSender, reading: PageReading): Promise<PageOrder | null> {
    const tab = await describeTab(sender.tabId);
    if (!tab?.url) return null;
    let scene = sceneOf(sender, tab.url, reading);
    let decision = decide(scene);
    if (decision.reason === 'foreign-consent' && (await consents.accepted(sender.tabId))) {
      scene = sceneOf(sender, tab.url, reading);
      decision = decide(scene);
    }
    return decision.act === 'warn' ? warn(decision, scene, tab.isPrivate) : null;
  }

  async function warn(decision: Decision, scene: Scene, isPrivate: boolean): Promise<PageOrder> {
    const order = await foreign.notice(decision, scene);
    // While nobody knows, and while the person compares, it is no alarm.
    if (!isPrivate && order.do === 'notice' && order.state === 'stranger') void log.decided(decision, scene);
    return order;
  }

  async function seen(sender: PageSender, reading: PageReading): Promise<PageOrder> {
    await resumed();
    await requests.opened();
    await effectiveSettings();
    const tab = await describeTab(sender.tabId);
    if (!tab?.url) return NOTHING;
    if (consentContextOf(tab.url) !== null) await consents.settle(sender.tabId);
    const scene = sceneOf(sender, tab.url, reading);
    const decision = decide(scene);
    if (decision.act === 'warn') return warn(decision, scene, tab.isPrivate);
    const order = await carryOut(decision, scene);
    // A private window leaves no trace on the disk. Elsewhere no press goes out that is not in the log.
    if (!tab.isPrivate) await log.decided(decision, scene);
    return order;
  }

  function sceneOf(sender: PageSender, address: string, reading: PageReading): Scene {
    const time = now();
    const state = store.get();
    return {
      now: time,
      address,
      routes: pageFacts().routes,
      frame: { top: sender.frameId === 0, lifecycle: sender.lifecycle },
      reading,
      book: prune(state.book, time),
      authorizations: state.authorizations,
      tab: tabState(state, sender.tabId),
      noDeviceCodes: noDeviceCodes(),
      recentPresses: state.presses.filter((at) => at > time - 60_000).length,
    };
  }

  async function carryOut(decision: Decision, scene: Scene): Promise<PageOrder> {
    const { entry, authorization } = decision;
    const history = tabState(store.get(), scene.tab.tabId);
    // What another tab shows is no news of this one.
    const own = requests.inTab(history.tabId);
    const live = own?.id === (entry?.attempt ?? authorization?.id) ? own : undefined;
    if (entry && history.vouchedCode !== entry.userCode && entry.tabId === history.tabId) {
      store.set(withTab(store.get(), { ...history, vouchedCode: entry.userCode }));
    }
    switch (decision.act) {
      case 'press-confirm':
      case 'press-allow': {
        const step = decision.act === 'press-confirm' ? 'confirm' : 'allow';
        const isDue =
          live && requests.feed(live.id, { type: 'may-press', step }).some((it) => it.do === 'press');
        if (!isDue) return WATCH;
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
        // Spent before it is pressed: a background that dies now must not press again.
        await store.saved();
        return { do: 'press', step, nonce: order.nonce, address: scene.address };
      }
      case 'approved':
        if (live) requests.feed(live.id, { type: 'page', shows: 'approved' });
        return NOTHING;
      case 'failed':
        if (live) requests.feed(live.id, { type: 'page', shows: 'persons-turn' });
        return WATCH;
      case 'warn':
      case 'wait':
      case 'leave': {
        if (decision.reason === 'accepted-by-person') return { do: 'withdraw-notice' };
        if (live) requests.feed(live.id, { type: 'page', shows: 'nothing-yet' });
        if (live?.step === 'click-needed') return hintFor('please-click');
        if (live?.step === 'signed-in') return hintFor('sign-in-goes-on');
        // Nobody can tell any more which consent page is ours: the person can.
        if (live && decision.reason === 'consent-lost')
          requests.feed(live.id, { type: 'page', shows: 'persons-turn' });
        const page = pageAddress(scene.address);
        return live || (page?.site && page.route.name !== 'other') ? WATCH : NOTHING;
      }
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

  async function handle(sender: PageSender, message: PageMessage): Promise<PageOrder> {
    switch (message.type) {
      case 'page.seen':
        return seen(sender, message.reading);
      case 'page.left':
        return NOTHING;
      case 'page.pressed':
        return pressed(sender, message);
      case 'notice.choice':
        return foreign.chosen(sender.tabId, message);
    }
  }

  return {
    async answer(sender: PageSender, message: PageMessage): Promise<PageOrder> {
      const notice = message.type === 'page.seen' ? await firstLook(sender, message.reading) : null;
      if (notice) return notice;
      const answer = (queues.get(sender.tabId) ?? Promise.resolve()).then(() => handle(sender, message));
      const settled = answer.then(
        () => {},
        () => {},
      );
      queues.set(sender.tabId, settled);
      void settled.then(() => {
        if (queues.get(sender.tabId) === settled) queues.delete(sender.tabId);
      });
      return answer;
    },
    /** The browser reports that a tab has come to an address. */
    moved: consents.moved,
  };
}
