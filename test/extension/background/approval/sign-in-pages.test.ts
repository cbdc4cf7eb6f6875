import { expect, it } from 'vitest';
import { SIGN_IN_PAGES } from '../../../../shared/aws/host-permissions.ts';
import { SIGN_IN_PAGE } from '../../../shared/approval/scenes.ts';
import { stage } from '../stage.ts';

const onSignInHost = () => ({
  deviceCode: 'd',
  userCode: 'ABCD-EFGH',
  verificationUri: SIGN_IN_PAGE,
  expiresIn: 600,
  interval: 1,
});

it("registers the content script for AWS's sign-in host once", async () => {
  const own = await stage();
  expect(own.browser.scripts).toMatchObject([{ id: 'sign-in-pages', matches: [SIGN_IN_PAGES] }]);
  await own.restart();
  expect(own.browser.scripts).toHaveLength(1);
});

it('asks for the host only while a code is compared there, and reads the page when it is given', async () => {
  const own = await stage({ aws: { StartDeviceAuthorizationCommand: onSignInHost } });
  own.browser.missing.add(SIGN_IN_PAGES);
  const view = own.view();
  await own.until(() => view.state());
  expect(view.state()?.missingPermissions).toEqual([]);
  const { tabId } = await own.toPage();
  await own.until(() => view.state()?.missingPermissions.length);
  expect(view.state()?.missingPermissions).toEqual([SIGN_IN_PAGES]);
  own.api().permissions.onAdded.tell({ origins: [SIGN_IN_PAGES] });
  await own.pass(50);
  expect(own.browser.done).not.toContain(`script ${tabId}`);
  own.browser.missing.clear();
  own.api().permissions.onAdded.tell({ origins: [SIGN_IN_PAGES] });
  await own.until(() => own.browser.done.includes(`script ${tabId}`));
});

it('a browser that refuses to register it is asked again, and no sign-in waits for that', async () => {
  const own = await stage({ refusesScripts: true });
  await own.toPage();
  expect(own.browser.scripts).toEqual([]);
  own.browser.refusesScripts = false;
  own.api().alarms.onAlarm.tell({});
  await own.until(() => own.browser.scripts.length === 1);
});
