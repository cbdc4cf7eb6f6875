import { describe, expect, it } from 'vitest';
import { toolbarSign } from '../../../../extension/background/signs/toolbar-sign.ts';
import type { Translate } from '../../../../extension/ui/i18n.ts';
import type { PendingView, ViewState } from '../../../../shared/protocol/internal.ts';
import {
  attempt,
  HISTORY,
  PICTURE_TIME,
  POPUP_STATES,
  session,
  status,
  unavailable,
  viewState,
} from '../../../support/views/states.ts';

const MINUTE = 60_000;
const COLORS: Record<string, string> = { '#c62828': 'red', '#c77700': 'amber', '#12897b': 'green' };
const t: Translate = (key: string, ...values: string[]) => [key, ...values].join('|');
const sign = (state: ViewState) => {
  const { dot, title } = toolbarSign(state, PICTURE_TIME, t, 'en');
  return [dot && COLORS[dot], title];
};
const ending = session('corp', { status: status('expiring', 9.5 * MINUTE) });
const running = session('lab', { attempt: attempt('allowing') });
const waiting = session('gov', { attempt: attempt('sign-in-needed') });
const foreign = HISTORY[0] ?? null;
const PENDING: PendingView = {
  id: 'p1',
  kind: 'device',
  asker: { command: 'aws sso login', pid: 9, parents: [] },
  startedAt: PICTURE_TIME,
  phase: 'page',
  step: 'allowing',
};

describe('the icon', () => {
  it('says the most urgent thing', () => {
    const all = [ending, running, waiting];
    expect(sign(viewState({ sessions: all, foreign }))).toEqual(['red', 'tipForeign']);
    expect(sign(viewState({ sessions: all }))).toEqual(['amber', 'tipNeedsYou|gov']);
    expect(sign(viewState({ sessions: [ending, running] }))).toEqual(['green', 'tipRunning|lab']);
    expect(sign(viewState({ sessions: [ending] }))).toEqual(['amber', 'tipEnding|corp|9 minutes']);
    const handed = (step: PendingView['step']) =>
      viewState({ pending: [{ ...PENDING, phase: 'page', step }] });
    expect(sign(handed('click-needed'))).toEqual(['amber', `tipNeedsYou|${PENDING.asker.command}`]);
    expect(sign(handed('allowing'))).toEqual(['green', `tipRunning|${PENDING.asker.command}`]);
    expect(sign(POPUP_STATES.pending ?? viewState())).toEqual(['amber', 'tipNeedsYou|steampipe']);
  });

  it('is quiet about what ends by itself in peace, and says who is signed in', () => {
    const renews = session('corp', { status: status('expiring', 9 * MINUTE, true) });
    const night = session('night', { status: status('refreshable', -MINUTE, true) });
    expect(sign(viewState({ sessions: [renews, night] }))).toEqual([undefined, 'tipSignedIn|corp, night']);
    expect(sign(viewState({ sessions: [session('old')] }))).toEqual([undefined, 'tipNothing']);
    expect(sign(viewState({ host: unavailable('missing') }))).toEqual([undefined, 'tipNoHost']);
  });

  it('is grey while nobody is signed in and nothing is under way', () => {
    const grey = (state: ViewState) => toolbarSign(state, PICTURE_TIME, t, 'en').grey === true;
    const good = session('corp', { status: status('valid', 3 * 60 * MINUTE) });
    expect(grey(viewState({ sessions: [session('old')] }))).toBe(true);
    expect(grey(viewState())).toBe(true);
    expect(grey(viewState({ sessions: [session('old'), good] }))).toBe(false);
    expect(grey(viewState({ sessions: [session('old'), running] }))).toBe(false);
    expect(grey(viewState({ sessions: [session('old')], foreign }))).toBe(false);
  });
});
