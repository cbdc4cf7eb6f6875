import { describe, expect, it } from 'vitest';
import { fingerprint, type SessionNotes } from '../../../../native-host/aws/tokens/session-notes.ts';
import { planToken } from '../../../../native-host/aws/tokens/token-plan.ts';
import type { SsoToken } from '../../../../native-host/base/files/token-format.ts';
import { Secret } from '../../../../shared/secret.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const MINUTE = 60_000;

function token(left: number, change: Partial<SsoToken> = {}): SsoToken {
  return {
    startUrl: 'https://d-123.awsapps.com/start',
    region: 'us-east-1',
    accessToken: new Secret('access'),
    expiresAt: NOW + left,
    clientId: 'client',
    clientSecret: new Secret('secret'),
    registrationExpiresAt: NOW + 1000 * MINUTE,
    refreshToken: new Secret('refresh'),
    ...change,
  };
}

const rejectedRefresh = fingerprint(new Secret('refresh'));
const deadToken = fingerprint(new Secret('access'));
const lasting = { refreshToken: undefined };

describe('the plan for a token', () => {
  it.each<[string, SsoToken, SessionNotes, string]>([
    ['fresh', token(15 * MINUTE), {}, 'use'],
    ['due', token(15 * MINUTE - 1), {}, 'refresh usable'],
    ['over', token(0), {}, 'refresh'],
    ['due, cannot be renewed', token(MINUTE, lasting), {}, 'use'],
    ['over, cannot be renewed', token(0, lasting), {}, 'sign-in expired'],
    ['over, registration over', token(0, { registrationExpiresAt: NOW }), {}, 'sign-in expired'],
    ['over, registration unknown', token(0, { registrationExpiresAt: undefined }), {}, 'refresh'],
    ['due, refresh token rejected', token(MINUTE), { rejectedRefresh }, 'use'],
    ['over, refresh token rejected', token(0), { rejectedRefresh }, 'sign-in session-over'],
    ['over, another refresh token rejected', token(0), { rejectedRefresh: 'other' }, 'refresh'],
    ['fresh, but dead', token(60 * MINUTE), { deadToken }, 'refresh'],
    ['fresh, but dead and not to be renewed', token(60 * MINUTE, lasting), { deadToken }, 'sign-in rejected'],
    ['due, failed a moment ago', token(MINUTE), { refreshFailedAt: NOW - 30_000 }, 'use'],
    ['due, failed a while ago', token(MINUTE), { refreshFailedAt: NOW - 60_000 }, 'refresh usable'],
    [
      'due, failed in a future that never was',
      token(MINUTE),
      { refreshFailedAt: NOW + 60_000 },
      'refresh usable',
    ],
    ['over, failed a moment ago', token(0), { refreshFailedAt: NOW - 1000 }, 'refresh'],
    ['short-lived, three quarters left', token(8 * MINUTE), { lifeMs: 10 * MINUTE }, 'use'],
    ['short-lived, nearly over', token(2 * MINUTE), { lifeMs: 10 * MINUTE }, 'refresh usable'],
  ])('%s', (_case, given, notes, expected) => {
    expect(said(planToken({ kind: 'token', token: given }, notes, { now: NOW, local: NOW }))).toBe(expected);
  });

  it('is a sign-in without a file and with a broken one', () => {
    const times = { now: NOW, local: NOW };
    expect(said(planToken({ kind: 'none' }, {}, times))).toBe('sign-in none');
    expect(said(planToken({ kind: 'broken', reason: 'x' }, {}, times))).toBe('sign-in broken');
  });

  it('renews whatever the portal has refused', () => {
    const file = { kind: 'token', token: token(60 * MINUTE) } as const;
    expect(said(planToken(file, {}, { now: NOW, local: NOW }, true))).toBe('refresh');
  });

  it('follows the clock of AWS, and keeps what one of two clocks calls good', () => {
    const file = { kind: 'token', token: token(30 * MINUTE) } as const;
    expect(said(planToken(file, {}, { now: NOW + 60 * MINUTE, local: NOW }))).toBe('refresh usable');
    expect(said(planToken(file, {}, { now: NOW, local: NOW + 60 * MINUTE }))).toBe('use');
    expect(said(planToken(file, {}, { now: NOW + 60 * MINUTE, local: NOW + 60 * MINUTE }))).toBe('refresh');
  });
});

function said(plan: ReturnType<typeof planToken>): string {
  if (plan.kind === 'sign-in') return `sign-in ${plan.why}`;
  return plan.kind === 'refresh' && plan.usable ? 'refresh usable' : plan.kind;
}
