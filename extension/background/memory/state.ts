import * as v from 'valibot';
import { loseConsents } from '../../../shared/approval/code-book.ts';
import { LoggedDecision } from '../../../shared/approval/decision-log.ts';
import { Target } from '../../../shared/fields.ts';
import { createNews } from '../../../shared/news.ts';
import { DEFAULT_SETTINGS, Settings } from '../../../shared/protocol/internal.ts';
import { ComputerSettings, KnownSession } from '../../../shared/protocol/native.ts';
import { slot } from '../../platform/storage.ts';
import { now } from '../../platform/time.ts';
import { BackgroundState, type TabState } from './kept-state.ts';
import { tidy } from './tidy-state.ts';

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
export async function loadState() {
  const changed = createNews();
  const store = slot('session', 'state', BackgroundState, EMPTY);
  const stored = await store.read();
  let state = { ...stored, book: loseConsents(stored.book) };
  let saved: Promise<void> = Promise.resolve();
  let isDue = false;
  return {
    get: (): BackgroundState => state,
    set(change: Partial<BackgroundState>): void {
      state = tidy({ ...state, ...change }, now());
      // What changes until it is written is written with it.
      if (!isDue)
        saved = saved.then(() => {
          isDue = false;
          return store.write(state);
        });
      isDue = true;
      changed.tell();
    },
    /** Resolves when every change so far is in storage. */
    saved: (): Promise<void> => saved,
    onChange: changed.hear,
  };
}
export type StateStore = Omit<Awaited<ReturnType<typeof loadState>>, 'onChange'>;

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
export const sessionsSlot = slot('session', 'sessions', v.array(KnownSession), []);
/** Sessions that the person added in the extension and that no config has yet; and the settings. No secret in either. */
export const addedSessions = slot('local', 'sessions', v.array(Target), []);
/** What was decided; no whole code, and nothing from private windows. */
export const logSlot = slot('local', 'decisions', v.array(LoggedDecision), []);
/** The newest stopped sign-in that the person has seen, by the id of its decision. */
export const seenSlot = slot('local', 'foreignSeen', v.number(), 0);
/** What `config.ini` says, as the host told it last. */
export const computerSlot = slot('local', 'computer', ComputerSettings, {
  noDeviceCodes: false,
  sessions: [],
});
export const settingsSlot = slot('local', 'settings', Settings, DEFAULT_SETTINGS);
