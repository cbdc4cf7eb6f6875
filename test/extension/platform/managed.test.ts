import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** What an administrator's policy says, asked of a browser that answers late, or not at all. */

/** How each call of `managed.get()` is answered: after so many milliseconds, or never. */
let answers: (number | 'never')[];
let calls: number;
const policy = { ask: true };

beforeEach(() => {
  calls = 0;
  vi.resetModules();
  vi.useFakeTimers();
  const kept: Record<string, unknown> = {};
  const get = (): Promise<object> => {
    const delay = answers[Math.min(calls, answers.length - 1)] ?? 'never';
    calls += 1;
    return new Promise((resolve) => {
      if (delay !== 'never') setTimeout(() => resolve(policy), delay);
    });
  };
  const local = {
    get: async (key: string) => (key in kept ? { [key]: kept[key] } : {}),
    set: async (values: object) => void Object.assign(kept, values),
  };
  const api = { storage: { managed: { get }, local, onChanged: { addListener: () => {} } } };
  vi.doMock('../../../extension/platform/api.ts', () => ({ api }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.doUnmock('../../../extension/platform/api.ts');
  vi.resetModules();
});

const open = () => import('../../../extension/platform/storage.ts');

async function soon<T>(wanted: Promise<T>, milliseconds: number): Promise<T> {
  await vi.advanceTimersByTimeAsync(milliseconds);
  return wanted;
}

describe('the policy of this moment', () => {
  it.each([
    ['at once', [0], 10],
    ['later than the next call', [700, 'never'], 750],
    ['to the second call alone', ['never', 0], 600],
  ] as const)('counts when it is answered %s', async (_when, how, milliseconds) => {
    answers = [...how];
    const { managedAnswer } = await open();
    expect(await soon(managedAnswer(), milliseconds)).toEqual(policy);
  });

  it('is that of last time where the browser never answers', async () => {
    answers = [0];
    const before = await open();
    expect(await soon(before.managedAnswer(), 10)).toEqual(policy);
    vi.resetModules();
    answers = ['never'];
    const { managedAnswer } = await open();
    expect(await soon(managedAnswer(), 800)).toEqual(policy);
  });
});

it('holds up nobody who need not know it: half a second the first time, and never again', async () => {
  answers = ['never'];
  const { managedStorage } = await open();
  expect(await soon(managedStorage(), 500)).toEqual({});
  expect(await soon(managedStorage(), 0)).toEqual({});
});
