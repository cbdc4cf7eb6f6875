import { describe, expect, it } from 'vitest';
import type { AheadOutcome } from '../../../../native-host/aws/tokens/renew-ahead.ts';
import type { DueSession } from '../../../../native-host/aws/tokens/renewal-due.ts';
import { createRenewalTimer } from '../../../../native-host/programs/host/renewal-timer.ts';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 10, 23, 12);

/** A world without time of its own: one timer at most, a clock that moves when told. */
function world(due: (now: number) => Record<string, number>) {
  let now = START;
  let timer: { at: number; expired: () => void } | null = null;
  const renewals: string[] = [];
  const waits: number[] = [];
  const log: string[] = [];
  let changes = 0;
  let answer: (key: string) => Promise<AheadOutcome> = async () => renewed();
  const renewed = (): AheadOutcome => ({ kind: 'renewed', expiresAt: now + HOUR });
  const ahead = createRenewalTimer({
    now: () => now,
    startTimer: (milliseconds, expired) => {
      if (timer !== null) throw new Error('two timers at once');
      waits.push(milliseconds);
      timer = { at: now + milliseconds, expired };
      return () => {
        timer = null;
      };
    },
    due: () => Object.entries(due(now)).map(([key, at]): DueSession => ({ subject: subject(key), at })),
    renew: (one) => {
      renewals.push(`${one.key} ${(now - START) / 1000}`);
      return answer(one.key);
    },
    changed: () => {
      changes += 1;
    },
    log: (line) => void log.push(line),
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    ahead,
    renewals,
    waits,
    log,
    changes: () => changes,
    idle: () => timer === null,
    answers(next: (key: string) => Promise<AheadOutcome>) {
      answer = next;
    },
    /** Time in which the machine is awake: every timer fires at its time. */
    async pass(milliseconds: number) {
      const end = now + milliseconds;
      while (timer !== null && timer.at <= end) {
        now = timer.at;
        const { expired } = timer;
        timer = null;
        expired();
        await settle();
      }
      now = end;
    },
    /** Time in which it sleeps: a timer that was to fire fires when it wakes. */
    async sleep(milliseconds: number) {
      now += milliseconds;
      if (timer === null) return;
      const { expired } = timer;
      timer = null;
      expired();
      await settle();
    },
  };
}

const subject = (key: string) => ({
  key,
  login: `awsher login ${key}`,
  startUrl: 'https://corp.awsapps.com/start',
  region: 'us-east-1',
  legacyUrls: [],
});
const failed = async (): Promise<AheadOutcome> => ({
  kind: 'failed',
  error: new AwsherError('NETWORK', 'https://corp.awsapps.com/start could not be reached.'),
});
const minutes = (list: readonly number[]) => list.map((one) => one / MINUTE);

describe('renewing ahead of time', () => {
  it('does nothing before it is started, and starts once', async () => {
    const { ahead, pass, waits } = world(() => ({}));
    await pass(HOUR);
    expect(waits).toEqual([]);
    ahead.start();
    ahead.start();
    expect(waits).toEqual([1_000]);
  });

  it('is quiet while nothing is in use: a look every five minutes, no renewal', async () => {
    const { ahead, pass, waits, renewals } = world(() => ({}));
    ahead.start();
    await pass(HOUR);
    expect(renewals).toEqual([]);
    expect(new Set(minutes(waits.slice(1)))).toEqual(new Set([5]));
  });

  it('wakes at the very time when the next one is due', async () => {
    let renewedAt = Number.NaN;
    const { ahead, pass, renewals, changes, waits } = world(() => ({
      corp: Number.isNaN(renewedAt) ? START + 7 * MINUTE : renewedAt + 40 * MINUTE,
      late: START + 3 * HOUR,
    }));
    ahead.start();
    await pass(7 * MINUTE - 1);
    expect(renewals).toEqual([]);
    await pass(1);
    renewedAt = START + 7 * MINUTE;
    expect(renewals).toEqual(['corp 420']);
    expect(changes()).toBe(1);
    expect(minutes(waits)).toEqual([1 / 60, 5, 7 - 5 - 1 / 60, expect.anything()]);
    await pass(40 * MINUTE);
    expect(renewals).toEqual(['corp 420', 'corp 2820']);
  });

  it('renews a session once a minute at most, however short its tokens live', async () => {
    const { ahead, pass, renewals } = world((now) => ({ corp: now - 1 }));
    ahead.start();
    await pass(5 * MINUTE);
    expect(renewals).toEqual(['corp 1', 'corp 61', 'corp 121', 'corp 181', 'corp 241']);
  });

  it('makes one look after a sleep, whatever fell due meanwhile', async () => {
    const done = new Set<string>();
    const { ahead, pass, sleep, renewals, waits, answers } = world(() =>
      Object.fromEntries(['corp', 'lab'].filter((key) => !done.has(key)).map((key) => [key, START + HOUR])),
    );
    answers(async (key) => {
      done.add(key);
      return { kind: 'renewed', expiresAt: START + 9 * HOUR };
    });
    ahead.start();
    await pass(10 * MINUTE);
    const before = waits.length;
    await sleep(8 * HOUR);
    expect(renewals).toHaveLength(2);
    expect(waits).toHaveLength(before + 1);
    await pass(MINUTE);
    expect(renewals).toHaveLength(2);
  });

  it('backs off from what fails, goes on, and is at once itself again afterwards', async () => {
    const { ahead, pass, renewals, log, answers, changes } = world((now) => ({ corp: now - 1 }));
    answers(failed);
    ahead.start();
    await pass(3 * HOUR);
    const at = renewals.map((line) => Number(line.split(' ')[1]));
    const gaps = at.slice(1).map((one, index) => (one - (at[index] ?? 0)) / 60);
    expect(gaps).toEqual([1, 2, 4, 8, 16, 30, 30, 30, 30]);
    expect(changes()).toBe(0);
    answers(async () => ({ kind: 'renewed', expiresAt: START + 9 * HOUR }));
    await pass(30 * MINUTE);
    answers(failed);
    const count = renewals.length;
    await pass(90_000);
    expect(renewals.length - count).toBeGreaterThanOrEqual(1);
    expect(log.join('\n')).not.toContain('http');
    expect(log[0]).toBe('the token of session corp could not be renewed: NETWORK');
  });

  it('leaves the others alone when one fails', async () => {
    const { ahead, pass, renewals, answers } = world((now) => ({ bad: now - 1, good: now - 1 }));
    answers((key) => (key === 'bad' ? failed() : Promise.resolve({ kind: 'not-due' })));
    ahead.start();
    await pass(90_000);
    expect(renewals.filter((line) => line.startsWith('good'))).toHaveLength(2);
  });

  it.each([
    ['an error of ours', () => Promise.reject(new AwsherError('LOCK_TIMEOUT', 'Process 7 keeps it.'))],
    ['a bug', () => Promise.reject(new TypeError('secret-in-a-message'))],
  ])('survives %s', async (_what, answer) => {
    const { ahead, pass, renewals, log, answers } = world((now) => ({ corp: now - 1 }));
    answers(answer);
    ahead.start();
    await pass(90_000);
    expect(renewals).toHaveLength(2);
    expect(log.join()).toMatch(/LOCK_TIMEOUT|TypeError/);
    expect(log.join()).not.toMatch(/Process 7|secret/);
  });

  it('survives a config that nobody can read, and says so once', async () => {
    let broken = true;
    const { ahead, pass, renewals, log } = world((now) => {
      if (broken) throw new AwsherError('CONFIG_INVALID', '/home/ana/.aws/config, line 3');
      return { corp: now - 1 };
    });
    ahead.start();
    await pass(HOUR);
    expect(log).toEqual(['cannot tell which tokens are due: CONFIG_INVALID']);
    broken = false;
    await pass(5 * MINUTE);
    expect(renewals.length).toBeGreaterThan(0);
  });

  it('is not stopped for hours by a clock that is set back', async () => {
    const { ahead, pass, sleep, renewals } = world((now) => ({ corp: now - 1 }));
    ahead.start();
    await pass(1_000);
    await sleep(-10 * HOUR);
    await pass(2 * MINUTE);
    expect(renewals.length).toBeGreaterThan(1);
  });

  it('says nothing that a config could smuggle into the log', async () => {
    const { ahead, pass, log } = world((now) => ({
      'https://corp.awsapps.com/start': now - 1,
      'a\nb': now - 1,
    }));
    ahead.start();
    await pass(1_000);
    expect(log.map((line) => line.split(' ahead')[0])).toEqual([
      'renewed the token of a session',
      'renewed the token of a session',
    ]);
  });

  it('waits for a renewal that is under way when it is stopped, and looks no further', async () => {
    const { ahead, pass, answers, idle, renewals } = world((now) => ({ corp: now - 1, lab: now - 1 }));
    let finish: (outcome: AheadOutcome) => void = () => {};
    answers(
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    ahead.start();
    await pass(1_000);
    let ended = false;
    const stopped = ahead.stop().then(() => {
      ended = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(ended).toBe(false);
    finish({ kind: 'renewed', expiresAt: START + HOUR });
    await stopped;
    expect(renewals).toHaveLength(1);
    expect(idle()).toBe(true);
  });
});
