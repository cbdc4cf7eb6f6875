import { expect, it } from 'vitest';
import { stage } from '../stage.ts';

const reloaded = (own: Awaited<ReturnType<typeof stage>>) => own.browser.done.includes('reload');

it('an update is taken at once where nothing is under way', async () => {
  const own = await stage();
  own.api().runtime.onUpdateAvailable.tell({});
  await own.until(() => reloaded(own));
});

it('not while a page of its own is open, a sign-in runs or a page may still come with its code', async () => {
  const own = await stage();
  const view = own.view();
  const { tabId } = await own.toPage();
  const look = async () => {
    own.api().alarms.onAlarm.tell({});
    await own.pass(50);
    return reloaded(own);
  };
  own.api().runtime.onUpdateAvailable.tell({});
  expect(await look()).toBe(false);
  view.close();
  expect(await look()).toBe(false);
  own.browser.tabs.delete(tabId);
  own.api().tabs.onRemoved.tell(tabId);
  await own.until(() => own.request().phase === 'ended');
  expect(await look()).toBe(false);
  await own.pass(600_000);
  expect(await look()).toBe(true);
});

it('not while a page of its own is open, and nothing else', async () => {
  const own = await stage();
  const view = own.view();
  await own.pass(0);
  own.api().runtime.onUpdateAvailable.tell({});
  await own.pass(50);
  expect(reloaded(own)).toBe(false);
  view.close();
  own.api().alarms.onAlarm.tell({});
  await own.until(() => reloaded(own));
});

it('nothing is taken where there is none', async () => {
  const own = await stage();
  own.api().alarms.onAlarm.tell({});
  await own.pass(50);
  expect(reloaded(own)).toBe(false);
});
