import { describe, expect, it } from 'vitest';
import { LIMITS, pauseBeforeRetry, retryAfterMs, watchPages } from '../../../shared/transport/policy.ts';

const failed = (change: Partial<Parameters<typeof pauseBeforeRetry>[0]>) =>
  pauseBeforeRetry({ attempts: 1, spentMs: 10, kind: 'transient', retryAfterMs: null, ...change }, 1);

describe('a call that failed is tried again', () => {
  it.each([
    ['after a moment', {}, 100],
    ['later each time', { attempts: 2 }, 200],
    ['later when AWS asks to slow down', { kind: 'throttled' }, 500],
    ['when AWS says, if that is soon', { kind: 'throttled', retryAfterMs: 2_000 }, 2_000],
    ['not when AWS says that it is much later', { kind: 'throttled', retryAfterMs: 3_600_000 }, null],
    ['not when it was refused', { kind: 'other' }, null],
    ['not for ever', { attempts: LIMITS.attempts }, null],
    ['not when it has taken long already', { spentMs: LIMITS.firstByteMs }, null],
  ] as const)('%s', (_how, change, pause) => {
    expect(failed(change)).toBe(pause);
  });

  it('so that the whole call has an end', () => {
    expect(LIMITS.retryWithinMs + LIMITS.answerMs).toBeLessThan(25_000);
  });
});

it.each([
  ['120', 120_000],
  ['0', 0],
  ['Thu, 01 Jan 1970 00:01:00 GMT', 59_000],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ['soon', null],
  ['', null],
  [undefined, null],
  [7, null],
])('Retry-After %j is %j ms', (value, wait) => {
  expect(retryAfterMs(value, 1_000)).toBe(wait);
});

describe('a list', () => {
  it('may be long', () => {
    const watch = watchPages();
    for (let page = 1; page < LIMITS.pages; page++) expect(watch(`${page}`, 100)).toBeNull();
    expect(watch('last', 100)).toBe('too many pages');
  });

  it('may have an empty page', () => {
    const watch = watchPages();
    expect([watch('a', 3), watch('b', 0), watch('c', 5)]).toEqual([null, null, null]);
  });

  it('does not come back to a page', () => {
    const watch = watchPages();
    expect([watch('a', 3), watch('a', 3)]).toEqual([null, 'same page again']);
  });

  it('does not go on without anything new', () => {
    const watch = watchPages();
    const said = Array.from({ length: LIMITS.idlePages }, (_, page) => watch(`${page}`, 0));
    expect(said.at(-1)).toBe('nothing new');
    expect(said.slice(0, -1).every((one) => one === null)).toBe(true);
  });
});
