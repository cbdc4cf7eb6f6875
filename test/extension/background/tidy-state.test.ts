import { describe, expect, it } from 'vitest';
import type { BackgroundState } from '../../../extension/background/state.ts';
import { tabState, withTab } from '../../../extension/background/state.ts';
import { tidy } from '../../../extension/background/tidy-state.ts';
import { vouch } from '../../../shared/approval/code-book.ts';
import { beginAttempt, end } from '../../../shared/login/attempt.ts';

const EMPTY: BackgroundState = {
  attempts: [],
  book: [],
  authorizations: [],
  handOvers: [],
  tabs: [],
  presses: [],
};
const target = {
  session: 'corp',
  startUrl: 'https://corp.awsapps.com/start',
  region: 'eu-west-1',
  scopes: [],
};
const asker = { command: 'awsher login', cwd: '/home/ana', profile: null };

function signIn(state: BackgroundState, number: number, now: number, ended = true): BackgroundState {
  const attempt = {
    ...beginAttempt(`a${number}`, target, asker as never, `t${number}`, { watch: false, agreed: true }, now),
    tabId: number,
  };
  const whole = ended ? end(attempt, { signedIn: { expiresAt: 'x', cacheFile: 'y' } }, now) : attempt;
  const code = {
    userCode: `CODE-${number}`,
    pageHostname: 'corp.awsapps.com',
    page: 'https://corp.awsapps.com/start/#/device',
    attempt: attempt.id,
    tabId: number,
    vouchedAt: now,
    expiresAt: now + 600_000,
    confirmedAt: ended ? now : null,
    allowedAt: ended ? now : null,
    consentContext: null,
    consentLost: false,
  };
  const next = { ...state, attempts: [...state.attempts, whole], book: vouch(state.book, code) };
  // A report that came after its tab was closed brings the tab back.
  return tidy({ ...next, ...withTab(next, tabState(next, number)) } as BackgroundState, now);
}

describe('the state of the background', () => {
  it('does not grow with the sign-ins of a day: flat after the sixteenth', () => {
    let state = EMPTY;
    const sizes: number[] = [];
    for (let number = 0; number < 100; number++) {
      state = signIn(state, number, number * 2_000);
      sizes.push(JSON.stringify(state).length);
    }
    expect(Math.max(...sizes)).toBeLessThan(8_000);
    // Numbers get longer, nothing else.
    expect((sizes[99] ?? 0) - (sizes[16] ?? 0)).toBeLessThan(250);
  });

  it('keeps everything that is under way, however much came after it', () => {
    let state = signIn(EMPTY, 0, 0, false);
    for (let number = 1; number < 100; number++) state = signIn(state, number, number * 2_000);
    expect(state.attempts.map(({ id }) => id)).toEqual(['a0', 'a99']);
    expect(state.book[0]?.userCode).toBe('CODE-0');
    expect(state.tabs[0]?.tabId).toBe(0);
  });

  it('keeps the end of a sign-in for five minutes, and an open code until an hour after its end', () => {
    const state = signIn(EMPTY, 1, 0);
    expect(tidy(state, 4 * 60_000).attempts).toHaveLength(1);
    expect(tidy(state, 6 * 60_000).attempts).toHaveLength(0);
    expect(tidy(state, 60 * 60_000).book).toHaveLength(1);
    expect(tidy(state, 71 * 60_000).book).toHaveLength(0);
  });

  it('is the same again when there is nothing to let go', () => {
    const state = signIn(EMPTY, 1, 0);
    expect(tidy(state, 1)).toEqual(state);
  });
});
