import { describe, expect, it } from 'vitest';
import type { BackgroundState } from '../../../../extension/background/memory/kept-state.ts';
import { tabState, withTab } from '../../../../extension/background/memory/state.ts';
import { tidy } from '../../../../extension/background/memory/tidy-state.ts';
import { vouch } from '../../../../shared/approval/code-book.ts';
import { end } from '../../../../shared/request/end.ts';
import { beginRequest } from '../../../../shared/request/request.ts';

const EMPTY: BackgroundState = {
  requests: [],
  book: [],
  authorizations: [],
  tabs: [],
  presses: [],
};
const target = {
  session: 'corp',
  startUrl: 'https://corp.awsapps.com/start',
  region: 'eu-west-1',
  scopes: [],
};
const asker = { command: 'awsher login', pid: 1, parents: [] };

function signIn(state: BackgroundState, number: number, now: number, ended = true): BackgroundState {
  const subject = { kind: 'sign-in' as const, target, flow: 'auto' as const };
  const beginning = {
    id: `a${number}`,
    asker,
    participant: `t${number}`,
    asks: 'no-more',
    watch: false,
  } as const;
  const request = { ...beginRequest(subject, beginning, now), tabId: number };
  const signedIn = { how: 'signed-in' as const, flow: 'device' as const, expiresAt: 'x', cacheFile: 'y' };
  const whole = ended ? end(request, signedIn, now).request : request;
  const code = {
    userCode: `CODE-${number}`,
    pageHostname: 'corp.awsapps.com',
    page: 'https://corp.awsapps.com/start/#/device',
    attempt: request.id,
    tabId: number,
    vouchedAt: now,
    expiresAt: now + 600_000,
    confirmedAt: ended ? now : null,
    allowedAt: ended ? now : null,
    consentContext: null,
    consentLost: false,
  };
  const next = { ...state, requests: [...state.requests, whole], book: vouch(state.book, code) };
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
    expect(state.requests.map(({ id }) => id)).toEqual(['a0', 'a99']);
    expect(state.book[0]?.userCode).toBe('CODE-0');
    expect(state.tabs[0]?.tabId).toBe(0);
  });

  it('keeps the end of a sign-in for five minutes, and an open code until an hour after its end', () => {
    const state = signIn(EMPTY, 1, 0);
    expect(tidy(state, 4 * 60_000).requests).toHaveLength(1);
    expect(tidy(state, 6 * 60_000).requests).toHaveLength(0);
    expect(tidy(state, 60 * 60_000).book).toHaveLength(1);
    expect(tidy(state, 71 * 60_000).book).toHaveLength(0);
  });

  it('is the same again when there is nothing to let go', () => {
    const state = signIn(EMPTY, 1, 0);
    expect(tidy(state, 1)).toEqual(state);
  });
});
