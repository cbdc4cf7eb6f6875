import { expect, it, vi } from 'vitest';
import { loadState, tabState, withTab } from '../../../../extension/background/memory/state.ts';
import { FRESH } from '../../../shared/request/samples.ts';
import { fakeStorage } from '../../../support/fake-storage.ts';

const kept = fakeStorage();
const running = () => [{ ...FRESH['sign-in'](), until: Date.now() + 60_000 }];

it('is read at once, written once for what changes together, and there again after a sleep', async () => {
  const store = await loadState();
  const told = vi.fn();
  store.onChange(told);
  store.set({ requests: running() });
  store.set({ presses: [Date.now()] });
  expect(store.get().requests).toHaveLength(1);
  expect(kept.state).toBeUndefined();
  await store.saved();
  expect(kept.state).toMatchObject({ requests: [{ id: 'r1' }], presses: [expect.any(Number)] });
  expect(told).toHaveBeenCalledTimes(2);
  expect((await loadState()).get().requests).toHaveLength(1);
});

it('a change during the writing is written after it', async () => {
  const store = await loadState();
  store.set({ requests: running() });
  const first = store.saved();
  await first;
  store.set({ presses: [Date.now()] });
  await store.saved();
  expect(kept.state).toMatchObject({ presses: [expect.any(Number)] });
});

it('what an older version left counts as absent', async () => {
  kept.state = { requests: 'many' };
  expect((await loadState()).get()).toMatchObject({ requests: [], book: [] });
});

it('a tab that nobody knows is a fresh one; a known one is put in its place', async () => {
  const state = (await loadState()).get();
  expect(tabState(state, 7)).toMatchObject({ tabId: 7, notice: null, awayMs: 0 });
  const { tabs } = withTab(
    { ...state, ...withTab(state, { ...tabState(state, 7), awayMs: 1 }) },
    { ...tabState(state, 7), awayMs: 2 },
  );
  expect(tabs).toMatchObject([{ tabId: 7, awayMs: 2 }]);
});
