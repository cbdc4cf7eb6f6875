import { describe, expect, it } from 'vitest';
import type { Translate } from '../../../extension/ui/i18n.ts';
import { portalHost, sessionWords } from '../../../extension/ui/session-words.ts';
import type { SessionView } from '../../../shared/protocol/internal.ts';
import { PICTURE_TIME, session, status } from '../../support/views/states.ts';

const MINUTE = 60_000;
/** Shows which text was taken and with what. */
const t: Translate = (key: string, ...values: string[]) => [key, ...values].join('|');
const words = (view: SessionView, host: 'connected' | 'connecting' | 'unavailable' = 'connected') =>
  sessionWords(view, host, PICTURE_TIME, t, 'en-GB');

describe('sessionWords', () => {
  it('fills the ring by the life that such a token has', () => {
    const eightHours = words(session('a', { status: status('valid', 240 * MINUTE) }));
    expect(eightHours).toMatchObject({ tone: 'good', left: 0.5, wanted: false, detail: 'timeLeft|4 hours' });
    const oneHour = words(session('a', { status: status('valid', 30 * MINUTE, true) }));
    expect(oneHour).toMatchObject({ tone: 'good', left: 0.5, wanted: false });
    expect(oneHour.detail).toMatch(/^renewsUntil\|/);
    expect(words(session('a', { status: status('valid', 999 * 60 * MINUTE) })).left).toBe(1);
  });

  it('asks for a sign-in before the end only when nothing renews the token', () => {
    const ends = words(session('a', { status: status('expiring', 12 * MINUTE) }));
    expect(ends).toMatchObject({ tone: 'soon', headline: 'stateExpiring|12 minutes', wanted: true });
    const renews = words(session('a', { status: status('expiring', 12 * MINUTE, true) }));
    expect(renews).toMatchObject({ tone: 'good', wanted: false });
  });

  it.each([
    ['refreshable', 'good', 'stateRefreshable', false],
    ['expired', 'over', 'stateExpiredNoTime', true],
    ['none', 'over', 'stateNone', true],
    ['broken', 'bad', 'stateBroken', true],
  ] as const)('%s', (state, tone, headline, wanted) => {
    expect(words(session('a', { status: status(state, null) }))).toMatchObject({ tone, headline, wanted });
  });

  it('claims nothing while the host has not told', () => {
    const view = session('a', { status: null });
    expect(words(view)).toMatchObject({ headline: 'stateChecking', wanted: false });
    expect(words(view, 'unavailable')).toMatchObject({ headline: 'stateUnknown', wanted: false });
    const own = session('a', { status: null, source: 'extension' });
    expect(words(own)).toMatchObject({ headline: 'stateNone', detail: 'detailNew', wanted: true });
    expect(words(own, 'unavailable')).toMatchObject({ headline: 'stateUnknown', wanted: false });
  });

  it('survives dates and addresses that are none', () => {
    const broken = { ...status('valid', null), expiresAt: 'tomorrow' };
    expect(words(session('a', { status: broken })).headline).toBe('step_done');
    expect(portalHost('https://corp.awsapps.com/start')).toBe('corp.awsapps.com');
    expect(portalHost('corp')).toBe('corp');
  });
});
