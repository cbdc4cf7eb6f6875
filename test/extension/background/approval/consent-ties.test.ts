import { expect, it } from 'vitest';
import { ALLOW, CONSENT_PAGE, SHOWN } from '../stage/pages.ts';
import { stage } from '../stage.ts';

it('a page that reports before the browser has told of its move is waited for, not for long', async () => {
  const own = await stage();
  const { tabId } = await own.toPage();
  await own.report(tabId);
  Object(own.browser.tabs.get(tabId)).url = CONSENT_PAGE;
  const early = own.report(tabId, ALLOW);
  await own.pass(100);
  await own.go(tabId, CONSENT_PAGE);
  expect(await own.over(early)).toMatchObject({ do: 'press', step: 'allow' });
});

it('the first consent page after our confirm is ours, a later one is not', async () => {
  const own = await stage();
  const { tabId } = await own.toPage();
  await own.report(tabId);
  await own.go(tabId, CONSENT_PAGE);
  expect(own.state().book).toMatchObject([{ consentContext: 'd1' }]);
  await own.go(tabId, CONSENT_PAGE.replace('d1', 'd2'));
  expect(own.state().book).toMatchObject([{ consentContext: 'd1' }]);
  expect(await own.over(own.report(tabId, ALLOW))).not.toMatchObject({ do: 'press' });
});

it('a background that was stopped in between ties nothing: the person clicks', async () => {
  const own = await stage();
  const { tabId } = await own.toPage();
  await own.report(tabId);
  await own.restart();
  await own.go(tabId, CONSENT_PAGE);
  expect(await own.over(own.report(tabId, ALLOW))).not.toMatchObject({ do: 'press' });
});

it('the consent page of a code that the person took on gets no notice', async () => {
  const own = await stage();
  const tab = own.browser.open('https://corp.awsapps.com/start/#/device?user_code=WXYZ-2345');
  const shown = { shownCodes: ['WXYZ-2345'] };
  const notice = Object(await own.over(own.report(tab.id, shown)));
  const reading = { ...SHOWN, ...shown };
  expect(
    await own.over(own.say(tab.id, { type: 'notice.choice', notice: notice.id, choice: 'mine', reading })),
  ).toEqual({ do: 'withdraw-notice' });
  Object(own.browser.tabs.get(tab.id)).url = CONSENT_PAGE;
  const early = own.report(tab.id, ALLOW);
  await own.pass(50);
  await own.go(tab.id, CONSENT_PAGE);
  expect(await own.over(early)).not.toMatchObject({ do: 'notice' });
  // To no other one.
  await own.go(tab.id, CONSENT_PAGE.replace('d1', 'd2'));
  expect(await own.over(own.report(tab.id, ALLOW))).toMatchObject({ do: 'notice' });
});
