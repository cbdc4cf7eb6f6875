import { expect, it } from 'vitest';
import { stage } from '../stage.ts';

it('a page that awsher does not know is named in the log once, and told for a report while it is open', async () => {
  const own = await stage();
  const view = own.view();
  const { tabId } = await own.toPage();
  await own.until(() => own.request().step === 'click-needed');
  await own.until(() => view.state()?.sessions[0]?.attempt?.pageReport);
  expect(view.state()?.sessions[0]?.attempt?.pageReport).toContain('corp.awsapps.com');
  expect(view.state()?.sessions[0]?.attempt?.pageReport).not.toContain('ABCD');
  expect(own.browser.told).toContainEqual({ tabId, message: { do: 'outline' } });
  expect(own.browser.areas.local?.decisions).toMatchObject([
    { act: 'left', reason: 'unknown-page', codeEnd: 'GH' },
  ]);
  own.browser.tabs.delete(tabId);
  own.api().tabs.onRemoved.tell(tabId);
  await own.pass(200);
  expect(view.state()?.sessions[0]?.attempt?.pageReport ?? null).toBeNull();
});

it('nothing of a private window is kept', async () => {
  const own = await stage();
  const { tabId } = await own.toPage();
  Object(own.browser.tabs.get(tabId)).incognito = true;
  await own.until(() => own.request().step === 'click-needed');
  await own.pass(100);
  expect(own.browser.areas.local?.decisions).toBeUndefined();
});

it('of a page that the browser does not name, it is the one that AWS named', async () => {
  const start = {
    deviceCode: 'd',
    userCode: 'ABCD-EFGH',
    verificationUri: 'https://other.example/device',
    expiresIn: 600,
    interval: 1,
  };
  const own = await stage({
    aws: { StartDeviceAuthorizationCommand: () => start },
    missing: ['https://other.example/*'],
  });
  const { create } = own.api().tabs;
  own.api().tabs.create = async (what) => {
    const tab = await create(what);
    delete tab.url;
    return tab;
  };
  await own.toPage();
  await own.until(() => own.browser.areas.local?.decisions);
  expect(own.browser.areas.local?.decisions).toMatchObject([
    { reason: 'unknown-page', host: 'other.example/device' },
  ]);
});
