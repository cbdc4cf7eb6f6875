import { expect, it } from 'vitest';
import { SIGN_IN_PAGE } from '../../../shared/approval/scenes.ts';
import { CONSENT_PAGE, DEVICE_PAGE } from '../stage/pages.ts';
import { stage } from '../stage.ts';

it.each([
  ['a page that the browser does not name', undefined, 'rests'],
  ["AWS's own sign-in", 'https://us-east-1.signin.aws.amazon.com/oauth', 'rests'],
  ['the host that compares other codes', SIGN_IN_PAGE, 'rests'],
  ['the portal', CONSENT_PAGE, 'moves'],
  ['another page that awsher may see', 'https://example.com/', 'moves'],
])('%s', async (_name, url, then) => {
  const own = await stage();
  const { tabId } = await own.toPage();
  await own.go(tabId, url);
  expect(own.request().rests !== null).toBe(then === 'rests');
  await own.go(tabId, DEVICE_PAGE);
  expect(own.request().rests).toBeNull();
});

it('a page that is still loading rests nowhere; a tab that is gone is no event', async () => {
  const own = await stage();
  const { tabId } = await own.toPage();
  await own.go(tabId, undefined, 'loading');
  expect(own.request().rests).toBeNull();
  own.browser.tabs.delete(tabId);
  own.api().tabs.onUpdated.tell(tabId, { status: 'complete' }, {});
  await own.pass(20);
  expect(own.request().phase).toBe('page');
});
