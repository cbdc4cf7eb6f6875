import * as v from 'valibot';
import { loseConsents } from '../../shared/approval/code-book.ts';
import { LoggedDecision } from '../../shared/approval/decision-log.ts';
import { Target } from '../../shared/protocol/fields.ts';
import { DEFAULT_SETTINGS, Settings } from '../../shared/protocol/internal.ts';
import { KnownSession } from '../../shared/protocol/native.ts';
import { Request } from '../../shared/request/request.ts';
import { slot } from '../platform/storage.ts';
import { now } from '../platform/time.ts';
import { tidy } from './tidy-state.ts';

const NullableTime = v.nullable(v.number());

const VouchedCode = v.strictObject({
  userCode: v.string(),
  pageHostname: v.string(),
  page: v.string(),
  attempt: v.nullable(v.string()),
  tabId: v.nullable(v.number()),
  vouchedAt: v.number(),
  expiresAt: v.number(),
  confirmedAt: NullableTime,
  allowedAt: NullableTime,
  consentContext: v.nullable(v.string()),
  consentLost: v.boolean(),
});

const VouchedAuthorization = v.strictObject({
  id: v.string(),
  region: v.string(),
  clientId: v.string(),
  state: v.string(),
  port: v.number(),
  tabId: v.nullable(v.number()),
  requested: v.nullable(v.string()),
  openedAt: v.number(),
  expiresAt: v.number(),
  allowedAt: NullableTime,
});

const Tab = v.strictObject({
  tabId: v.number(),
  vouchedCode: v.nullable(v.string()),
  awayMs: v.number(),
  /** Since when the tab is on a page that awsher may not see; `null` while it can. */
  awaySince: NullableTime,
  acceptedCode: v.nullable(v.string()),
  acceptedContext: v.nullable(v.string()),
  /** The notice that this tab shows, and what it is about: the person's word counts for that alone. */
  notice: v.nullable(v.strictObject({ id: v.string(), about: v.string(), since: v.number() })),
  /** The decision of this tab that was logged last; a page reports once a second, and the same again is no news. */
  logged: v.nullable(v.string()),
  /** The press order that is out, if any. */
  order: v.nullable(
    v.strictObject({
      nonce: v.string(),
      step: v.picklist(['confirm', 'allow']),
      /** What it is about: one of the two. */
      userCode: v.nullable(v.string()),
      authorization: v.nullable(v.string()),
    }),
  ),
});
export type TabState = v.InferOutput<typeof Tab>;

/** What the background must not forget when the browser puts it to sleep. */
const BackgroundState = v.strictObject({
  requests: v.array(Request),
  book: v.pipe(v.array(VouchedCode), v.readonly()),
  authorizations: v.pipe(v.array(VouchedAuthorization), v.readonly()),
  tabs: v.array(Tab),
  /** When awsher pressed, in the last minute. */
  presses: v.array(v.number()),
});
export type BackgroundState = v.InferOutput<typeof BackgroundState>;

const EMPTY: BackgroundState = {
  requests: [],
  book: [],
  authorizations: [],
  tabs: [],
  presses: [],
};

/**
 * The one copy of the background's state. Reading it is synchronous once it was loaded; every change is written to
 * `storage.session`, and `saved` resolves when the last one is there.
 */
export async function loadState(onChange: () => void) {
  const store = slot('session', 'state', BackgroundState, EMPTY);
  const stored = await store.read();
  let state = { ...stored, book: loseConsents(stored.book) };
  let saved: Promise<void> = Promise.resolve();
  return {
    get: (): BackgroundState => state,
    set(change: Partial<BackgroundState>): void {
      state = tidy({ ...state, ...change }, now());
      const snapshot = state;
      saved = saved.then(() => store.write(snapshot));
      onChange();
    },
    /** Resolves when every change so far is in storage. */
    saved: (): Promise<void> => saved,
  };
}
export type StateStore = Awaited<ReturnType<typeof loadState>>;

export function tabState(state: BackgroundState, tabId: number): TabState {
  return (
    state.tabs.find((tab) => tab.tabId === tabId) ?? {
      tabId,
      vouchedCode: null,
      awayMs: 0,
      awaySince: null,
      acceptedCode: null,
      acceptedContext: null,
      notice: null,
      logged: null,
      order: null,
    }
  );
}

export function withTab(state: BackgroundState, tab: TabState): Pick<BackgroundState, 'tabs'> {
  return { tabs: [...state.tabs.filter(({ tabId }) => tabId !== tab.tabId), tab] };
}

/** Sessions as the host told them last, until the browser ends. */
export const knownSessions = slot('session', 'sessions', v.array(KnownSession), []);
/** Sessions that the person added in the extension and that no config has yet; and the settings. No secret in either. */
export const addedSessions = slot('local', 'sessions', v.array(Target), []);
/** What was decided; no whole code, and nothing from private windows. */
export const logSlot = slot('local', 'decisions', v.array(LoggedDecision), []);
/** The newest stopped sign-in that the person has seen, by the id of its decision. */
export const seenSlot = slot('local', 'foreignSeen', v.number(), 0);
export const settingsSlot = slot('local', 'settings', Settings, DEFAULT_SETTINGS);
