import { describe, expect, it } from 'vitest';
import { expiringSession, noticesOf } from '../../../../extension/background/signs/notices.ts';
import { DEFAULT_SETTINGS, type ViewState } from '../../../../shared/protocol/internal.ts';
import { attempt, HISTORY, PICTURE_TIME, session, status, viewState } from '../../../support/views/states.ts';

const MINUTE = 60_000;
const ending = session('corp', { status: status('expiring', 9.5 * MINUTE) });
const foreign = HISTORY[0] ?? null;

describe('notifications', () => {
  const settings = { ...DEFAULT_SETTINGS, notifyExpiry: true, notifyForeign: true, notifyDone: true };
  const done = session('lab', {
    status: status('valid', 60 * MINUTE),
    attempt: attempt('done', { endedAt: PICTURE_TIME - 1_000 }),
  });
  const kinds = (state: ViewState, watched = false) =>
    noticesOf(state, PICTURE_TIME, watched).map(({ kind, about }) => `${kind} ${about}`);

  it('are about what the settings name', () => {
    const state = viewState({ sessions: [ending, done], foreign, settings });
    expect(kinds(state)).toEqual(['foreign d-1234567890.awsapps.com', 'expiry corp', 'done lab']);
    expect(kinds({ ...state, settings: DEFAULT_SETTINGS })).toEqual([]);
    expect(kinds(state, true)).not.toContain('done lab');
  });

  it('are no old news, and none about what is being renewed or renews itself', () => {
    const late = { ...foreign, at: PICTURE_TIME - 60 * MINUTE } as typeof foreign;
    const sessions = [
      session('a', { status: status('expiring', 12 * MINUTE) }),
      session('b', { status: status('expiring', 5 * MINUTE, true) }),
      session('c', { status: status('expired', -MINUTE) }),
      session('d', { status: status('expiring', 5 * MINUTE), attempt: attempt('confirming') }),
      session('e', { attempt: attempt('done', { endedAt: PICTURE_TIME - 60 * MINUTE }) }),
      session('f', {
        attempt: attempt('allowing', {
          endedAt: PICTURE_TIME - 1_000,
          error: { code: 'NETWORK', message: 'No.' },
        }),
      }),
      session('g', { status: status('valid', 5 * MINUTE, true) }),
    ];
    expect(kinds(viewState({ sessions, foreign: late, settings }))).toEqual([]);
  });

  it('lead a click to the session that ends, whatever its name', () => {
    const odd = session('a:b/c', { status: status('expiring', 5 * MINUTE) });
    const [notice] = noticesOf(viewState({ sessions: [odd], settings }), PICTURE_TIME, false);
    expect(expiringSession(notice?.key ?? '')).toBe('a:b/c');
    expect(expiringSession('foreign:7')).toBeNull();
  });
});
