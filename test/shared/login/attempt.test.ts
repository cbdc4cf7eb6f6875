import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { Attempt, beginAttempt, end, isFor, isRunning, join, leave } from '../../../shared/login/attempt.ts';
import { STEPS } from '../../../shared/login/progress.ts';

const target = {
  session: 'corp',
  startUrl: 'https://corp.awsapps.com/start',
  region: 'us-east-1',
  scopes: ['sso:account:access'],
};
const asker = { command: 'awsher login', pid: 42, parents: [] };
const fresh = () => beginAttempt('a1', target, asker, 't1', { watch: false, agreed: false }, 1_000);
const underWay = (): Attempt => ({
  ...fresh(),
  phase: 'page',
  deviceCode: 'device-code-marker',
  userCode: 'ABCD-EFGH',
  tabId: 7,
});

it('begins running, with its first waiter and nothing secret', () => {
  const attempt = fresh();
  expect(isRunning(attempt)).toBe(true);
  expect(attempt).toMatchObject({ participants: ['t1'], phase: 'starting', deviceCode: null, error: null });
  expect(v.parse(Attempt, JSON.parse(JSON.stringify(attempt)))).toEqual(attempt);
});

describe('waiters', () => {
  it('join once each and leave one by one; the attempt itself goes on', () => {
    const three = join(join(join(fresh(), 't2'), 't2'), 'popup');
    expect(three.participants).toEqual(['t1', 't2', 'popup']);
    const one = leave(leave(leave(three, 't1'), 't2'), 'stranger');
    expect(one.participants).toEqual(['popup']);
    expect(isRunning(leave(one, 'popup'))).toBe(true);
  });

  it('change no attempt that somebody else holds', () => {
    const attempt = Object.freeze(underWay());
    Object.freeze(attempt.participants);
    join(attempt, 't2');
    leave(attempt, 't1');
    end(attempt, { error: { code: 'NETWORK', message: 'No.' } }, 2_000);
    expect(attempt).toEqual(underWay());
  });
});

describe('the same sign-in', () => {
  it.each([
    ['the same', {}, true],
    ['other scopes', { scopes: [] }, true],
    ['another session', { session: 'other' }, false],
    ['another portal', { startUrl: 'https://rival.awsapps.com/start' }, false],
    ['another region', { region: 'eu-west-1' }, false],
  ])('%s: %s', (_name, change, same) => {
    expect(isFor(fresh(), { ...target, ...change })).toBe(same);
  });
});

describe('the end', () => {
  it('is done, with where the token went, and without the device code', () => {
    const signedIn = { expiresAt: '2026-11-23T18:04:00Z', cacheFile: '/home/ana/.aws/sso/cache/aa.json' };
    const ended = end(underWay(), { signedIn }, 2_000);
    expect(ended).toMatchObject({ phase: 'ended', step: 'done', endedAt: 2_000, signedIn, error: null });
    expect(isRunning(ended)).toBe(false);
    expect(JSON.stringify(ended)).not.toContain('device-code-marker');
  });

  it('is an error, with the step at which it came', () => {
    const ended = end(
      { ...underWay(), step: 'confirming' },
      { error: { code: 'NETWORK', message: 'No.', hint: undefined } },
      2_000,
    );
    expect(ended).toMatchObject({ phase: 'ended', step: 'confirming', signedIn: null });
    expect(ended.error).toEqual({ code: 'NETWORK', message: 'No.' });
    expect(JSON.stringify(ended)).not.toContain('device-code-marker');
    expect(v.safeParse(Attempt, ended).success).toBe(true);
  });
});

it('steps are words that say nothing of codes or addresses', () => {
  for (const step of STEPS) expect(step).toMatch(/^[a-z]+(-[a-z]+)*$/);
  expect(new Set(STEPS).size).toBe(STEPS.length);
});
