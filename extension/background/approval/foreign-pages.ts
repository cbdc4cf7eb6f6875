import { findCode } from '../../../shared/approval/code-book.ts';
import { codeEnd } from '../../../shared/approval/decision-log.ts';
import type { PageAddress } from '../../../shared/approval/page-address.ts';
import type { PageReading } from '../../../shared/approval/page-reading.ts';
import type { Decision, Scene } from '../../../shared/approval/scene.ts';
import { isUserCode } from '../../../shared/approval/user-code.ts';
import type { Asker } from '../../../shared/fields.ts';
import { ANSWER_DEADLINE_MS } from '../../../shared/limits.ts';
import type { NoticeState } from '../../../shared/protocol/notice-words.ts';
import type { PageCall, PageMessage, PageOrder } from '../../../shared/protocol/page.ts';
import { describeTab, tellTab } from '../../platform/tabs.ts';
import { nonce, now, sha256Hex } from '../../platform/time.ts';
import type { HostLink } from '../host/host-link.ts';
import type { DecisionLog } from '../memory/decision-log.ts';
import { noDeviceCodes } from '../memory/effective-settings.ts';
import { pageAddress } from '../memory/known-pages.ts';
import { type StateStore, tabState, withTab } from '../memory/state.ts';
import type { HandOvers } from '../request/hand-overs.ts';
import type { Waiting } from '../request/waiting-here.ts';
import { noticeFor } from './page-orders.ts';

/** So long a notice says that awsher is looking; a host that has not answered then does not know. */
const CHECKING_MS = 1_500;
/** A command may leave its word for a code a moment after the page is open. */
const ASK_AGAIN_MS = 1_000;
const MAX_LOOK_UPS = 50;
const LOOK: PageCall = { do: 'look' };

export interface ForeignPagesOptions {
  store: StateStore;
  link: HostLink;
  waiting: Waiting;
  handOvers: Pick<HandOvers, 'takeOn'>;
  log: DecisionLog;
}

type Tab = NonNullable<Awaited<ReturnType<typeof describeTab>>>;

/**
 * Pages of codes and consents that are not in the book: the notice over them, and what the person says to it. The notice
 * waits for nothing. Whatever is looked up is told to the page when it is known, by asking it to report again.
 */
export function createForeignPages({ store, link, waiting, handOvers, log }: ForeignPagesOptions) {
  /** By code: whether a command of this computer vouches for it, as far as the host has told. */
  const lookUps = new Map<string, { asked: number; asking: boolean; known: boolean }>();
  const again = (tabId: number): Promise<void> => tellTab(tabId, LOOK);

  /** Asks the host for a word for the code. Nobody waits for it: the page reports again when the answer is there. */
  function lookUp(code: string, tabId: number): { known: boolean } {
    const before = lookUps.get(code);
    if (before && (before.asking || now() - before.asked < ASK_AGAIN_MS)) return before;
    const one = { asked: now(), asking: true, known: before?.known ?? false };
    lookUps.delete(code);
    lookUps.set(code, one);
    for (const oldest of lookUps.keys()) if (lookUps.size > MAX_LOOK_UPS) lookUps.delete(oldest);
    void find(code).then((asker) => {
      const first = !one.known;
      Object.assign(one, { asking: false, known: true });
      if (asker) void vouched(code, asker, tabId);
      else if (first) void again(tabId);
    });
    return one;
  }

  async function find(code: string): Promise<Asker | null> {
    try {
      const codeHash = await sha256Hex(code);
      return (await link.ask('vouch.find', { codeHash }, { linkMs: ANSWER_DEADLINE_MS })).asker;
    } catch {
      // No host, no word for the code: it stays a stranger's.
      return null;
    }
  }

  /** A command of this computer asked for the code without the browser: the person clicks, and nothing is in the way. */
  async function vouched(code: string, asker: Asker, tabId: number): Promise<void> {
    const tab = await describeTab(tabId);
    accept(tabId, code);
    if (tab?.url && !tab.isPrivate)
      log.said({
        ...about(tab.url),
        kind: 'hand-over',
        command: asker.command,
        act: 'left',
        reason: 'asked-by-command',
      });
    await again(tabId);
  }

  function accept(tabId: number, code: string): void {
    const tab = tabState(store.get(), tabId);
    store.set(withTab(store.get(), { ...tab, acceptedCode: code, acceptedContext: null, notice: null }));
  }

  /** The notice that the tab shows for this page: a new one when it is about something else than before. */
  async function noticeIn(tabId: number, page: PageAddress, reading: PageReading) {
    const subject = await subjectOf(page, reading);
    const tab = tabState(store.get(), tabId);
    if (tab.notice?.about === subject) return tab.notice;
    const notice = { id: nonce(), about: subject, since: now() };
    store.set(withTab(store.get(), { ...tab, notice }));
    return notice;
  }

  async function notice({ reason }: Decision, scene: Scene): Promise<PageOrder> {
    const { tabId } = scene.tab;
    const page = pageAddress(scene.address);
    if (!page) return { do: 'nothing' };
    const shown = await noticeIn(tabId, page, scene.reading);
    const code = codeOf(page, scene.reading);
    const never = noDeviceCodes();
    // No word of a command counts there.
    const vouch =
      code !== null && reason === 'foreign-code' && !never ? lookUp(code, tabId) : { known: true };
    const looked = waiting.findRunning();
    const list = waiting.list();
    if (list === null) void looked.then(() => again(tabId));
    const known = vouch.known && list !== null;
    let state: NoticeState = 'stranger';
    if (!never && !known && now() - shown.since < CHECKING_MS) state = 'checking';
    else if (
      !never &&
      reason === 'foreign-code' &&
      code !== null &&
      waiting.mayHaveAsked() &&
      addressed(page) === code
    )
      state = 'compare';
    return noticeFor({
      kind: code === null ? 'consent' : 'code',
      id: shown.id,
      state,
      code,
      host: page.hostname,
      waiting: list,
      endpointOverride: waiting.endpointOverride(),
      never,
    });
  }

  /** The person's word counts for what the notice was about, if the tab is still there. */
  async function chosen(
    tabId: number,
    { choice, notice: id, reading }: Extract<PageMessage, { type: 'notice.choice' }>,
  ): Promise<PageOrder> {
    const tab = await describeTab(tabId);
    const page = tab?.url ? pageAddress(tab.url) : null;
    const subject = page && (await subjectOf(page, reading));
    const shown = tabState(store.get(), tabId).notice;
    if (!tab?.url || !page || shown?.id !== id || shown.about !== subject) return { do: 'watch' };
    if (choice === 'leave') {
      said(tab, { kind: 'foreign', command: null, act: 'declined', reason: 'declined-by-person' });
      return { do: 'nothing' };
    }
    if (choice === 'match') return matched(tabId, tab, page);
    const what = codeOf(page, reading) ?? (page.route.name === 'consent' ? page.route.deviceContextId : null);
    // Our own code on a page that is not as it should be is nobody's to take on.
    if (what === null || findCode(store.get().book, what)) return { do: 'watch' };
    accept(tabId, what);
    said(tab, { kind: 'foreign', command: null, act: 'accepted', reason: 'accepted-by-person' });
    return { do: 'withdraw-notice' };
  }

  /** The code is the one in the terminal of a command that runs here: from now on it is approved like a hand-over. */
  async function matched(tabId: number, tab: Tab, page: PageAddress): Promise<PageOrder> {
    const command = waiting.mayHaveAsked();
    if (!command || addressed(page) === null || !tab.url) return { do: 'watch' };
    const asker = { command: command.command, pid: command.pid, parents: [] };
    if (!(await handOvers.takeOn(tabId, tab.url, asker))) return { do: 'watch' };
    said(tab, { kind: 'hand-over', command: asker.command, act: 'accepted', reason: 'confirmed-by-person' });
    return { do: 'withdraw-notice' };
  }

  /** Logs the person's word; an alarm about the same page is over with it. Private windows leave no trace. */
  function said(
    tab: Tab,
    word: Pick<Parameters<DecisionLog['said']>[0], 'kind' | 'command' | 'act' | 'reason'>,
  ) {
    if (!tab.url || tab.isPrivate) return;
    log.said({ ...about(tab.url), ...word });
    if (word.act === 'accepted') void log.clearForeign(about(tab.url));
  }

  return { notice, chosen };
}
export type ForeignPages = ReturnType<typeof createForeignPages>;

/** What a page asks about, as one name: another code, context or host is another subject. A stranger's code is kept nowhere. */
const subjectOf = (page: PageAddress, reading: PageReading): Promise<string> =>
  sha256Hex(JSON.stringify([page.hostname, page.route, codeOf(page, reading)]));

/** The code that a page is about: the one in its address, or the one that it shows where the address has none. */
const codeOf = ({ route }: PageAddress, { shownCodes }: PageReading): string | null =>
  route.name === 'device' ? (route.userCode ?? shownCodes[0] ?? null) : null;

const addressed = ({ route }: PageAddress): string | null =>
  route.name === 'device' ? route.userCode : null;

/** What the log keeps of a page. */
function about(url: string): { session: null; codeEnd: string | null; host: string } {
  const page = pageAddress(url);
  const code = page ? addressed(page) : null;
  return {
    session: null,
    codeEnd: code !== null && isUserCode(code) ? codeEnd(code) : null,
    host: new URL(url).hostname,
  };
}
