import { expect, it } from 'vitest';
import { DEVICE_PAGE } from '../stage/pages.ts';
import { stage } from '../stage.ts';

it('time on sign-in pages is counted, and ends when the person is back', async () => {
  const own = await stage();
  const { tabId } = await own.toPage();
  await own.go(tabId, undefined);
  expect(own.state().tabs).toMatchObject([{ tabId, awaySince: expect.any(Number), awayMs: 0 }]);
  await own.pass(3_000);
  await own.go(tabId, DEVICE_PAGE);
  const [{ awayMs, awaySince }] = own.state().tabs;
  expect(awaySince).toBeNull();
  expect(awayMs).toBeGreaterThanOrEqual(3_000);
});

it('tabs of nobody are not looked at, and what is known of a closed one goes', async () => {
  const own = await stage();
  const { tabId } = await own.toPage();
  const other = own.browser.open('https://example.com/');
  await own.go(other.id, undefined);
  expect(own.state().tabs).toEqual([]);
  await own.go(tabId, undefined);
  own.browser.tabs.delete(tabId);
  own.api().tabs.onRemoved.tell(tabId);
  await own.until(() => own.request().phase === 'ended');
  expect(own.state().tabs).toEqual([]);
});

it('a tab that was closed while the background slept is the end', async () => {
  const own = await stage();
  const { tabId } = await own.toPage();
  own.browser.tabs.delete(tabId);
  await own.restart();
  expect(own.request()).toMatchObject({ phase: 'ended', ending: { error: { code: 'SIGN_IN_CANCELLED' } } });
});
