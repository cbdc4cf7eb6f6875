import {
  appendDecision,
  codeEnd,
  type LoggedDecision,
  pageOfLog,
  unseenForeign,
} from '../../../shared/approval/decision-log.ts';
import type { Decision, Scene } from '../../../shared/approval/scene.ts';
import { askedBy } from '../../../shared/fields.ts';
import { createNews } from '../../../shared/news.ts';
import { isHandOver, nameOf, type Request } from '../../../shared/request/request.ts';
import { now } from '../../platform/time.ts';
import type { BackgroundState } from './kept-state.ts';
import { pageAddress } from './known-pages.ts';
import { logSlot, type StateStore, seenSlot, tabState, withTab } from './state.ts';

/** How a decision is called in the log. What the page may still become is no decision yet. */
const ACT_OF: Record<Decision['act'], LoggedDecision['act'] | null> = {
  'press-confirm': 'pressed-confirm',
  'press-allow': 'pressed-allow',
  wait: null,
  warn: 'warned',
  leave: 'left',
  approved: 'approved',
  failed: 'failed',
};

/** A portal page that asks for no approval is nobody's business; and what the person took on was logged by itself. */
const NO_NEWS: ReadonlySet<string> = new Set(['not-an-approval-page', 'accepted-by-person']);

/** A consent page of a PKCE request that is not awsher's: one line, whatever else is asked for meanwhile in other tabs. */
const PASSED = 'passed';
const passes = ({ reason, entry, authorization }: Decision, { tab }: Scene): boolean =>
  reason === 'foreign-authorization' ||
  (entry === null && authorization !== null && authorization.tabId !== tab.tabId);

/** Keeps the last decisions, for the person to look up. */
export function createDecisionLog(store: StateStore) {
  const changed = createNews();
  /** Appending is reading, adding and writing: one at a time. */
  let writing: Promise<unknown> = Promise.resolve();

  function append(decision: Omit<LoggedDecision, 'id' | 'at'>): Promise<unknown> {
    const at = now();
    writing = writing
      .then(async () => logSlot.write(appendDecision(await logSlot.read(), { at, ...decision })))
      .then(changed.tell)
      // A log that cannot be written stops no sign-in.
      .catch(() => {});
    return writing;
  }

  return {
    /** Logs a decision about a page, unless it is the one that this tab logged last. Resolves when it is in storage. */
    async decided(decision: Decision, scene: Scene): Promise<void> {
      const act = ACT_OF[decision.act];
      const { reason } = decision;
      if (act === null || NO_NEWS.has(reason)) return;
      const { entry, authorization } = decision;
      const page = pageAddress(scene.address);
      const asked = page?.route.name === 'device' ? page.route.userCode : null;
      const code = entry?.userCode ?? asked ?? scene.reading.shownCodes[0];
      const owner = ownerOf(store.get(), entry?.attempt ?? authorization?.id ?? null);
      const news = passes(decision, scene)
        ? PASSED
        : JSON.stringify([act, reason, codeEnd(code), owner.kind, owner.id]);
      const tab = tabState(store.get(), scene.tab.tabId);
      if (tab.logged === news) return;
      store.set(withTab(store.get(), { ...tab, logged: news }));
      const { kind, session, command } = owner;
      await append({
        kind,
        session,
        codeEnd: codeEnd(code),
        command,
        host: page?.hostname || null,
        act,
        reason,
      });
    },
    /** Logs the person's own word, or awsher's about the PKCE request in this tab: its consent page is no second line. */
    said(decision: Omit<LoggedDecision, 'id' | 'at'>, tabId: number | null = null): void {
      if (tabId !== null)
        store.set(withTab(store.get(), { ...tabState(store.get(), tabId), logged: PASSED }));
      void append(decision);
    },
    /** A page of the log, newest first, with everything that was decided before now. */
    async list(which: { before: number | null; limit: number }): Promise<{ decisions: LoggedDecision[] }> {
      await writing;
      return { decisions: pageOfLog(await logSlot.read(), which) };
    },
    /** All of it, newest first. */
    async all(): Promise<LoggedDecision[]> {
      await writing;
      return (await logSlot.read()).reverse();
    },
    /** The last stopped sign-in that nobody here asked for, unless the person has seen it. */
    async unseenForeign(): Promise<LoggedDecision | null> {
      await writing;
      return unseenForeign(await logSlot.read(), await seenSlot.read());
    },
    /** The person has decided about the page of the newest alarm: it is none any more. */
    async clearForeign({ codeEnd: code, host }: Pick<LoggedDecision, 'codeEnd' | 'host'>): Promise<void> {
      await writing;
      const last = unseenForeign(await logSlot.read(), await seenSlot.read());
      if (last?.codeEnd !== code || last.host !== host) return;
      await seenSlot.write(last.id);
      changed.tell();
    },
    onChange: changed.hear,
    async seenForeign(id: number): Promise<void> {
      await seenSlot.write(Math.max(id, await seenSlot.read()));
    },
  };
}
export type DecisionLog = ReturnType<typeof createDecisionLog>;

/** How the log calls a request. */
export function ownerIn(request: Request): Pick<LoggedDecision, 'kind' | 'session' | 'command'> {
  const command = askedBy(request.asker);
  if (isHandOver(request)) return { kind: 'hand-over', session: null, command };
  return { kind: 'sign-in', session: nameOf(request), command };
}

/** Whose request a decision was about. */
function ownerOf(
  { requests }: BackgroundState,
  id: string | null,
): Pick<LoggedDecision, 'kind' | 'session' | 'command'> & { id: string | null } {
  const request = requests.find((it) => it.id === id);
  if (request) return { id, ...ownerIn(request) };
  return { id, kind: id === null ? 'foreign' : 'sign-in', session: null, command: null };
}
