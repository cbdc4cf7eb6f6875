import { afterAll, beforeAll, expect, it } from 'vitest';
import { tokenFiles } from '../support/home-files.ts';
import { type Breakable, buildBreakable } from '../support/mutant.ts';
import { openStage, type Stage } from '../support/stage.ts';

let built: Breakable;
let stage: Stage;
beforeAll(async () => {
  built = await buildBreakable(['the name `browser`']);
  stage = await openStage({ extensionDir: built.extension });
});
afterAll(async () => {
  await stage?.close();
  await built?.remove();
});

it('a sign-in from the terminal, and the popup, where webextension-polyfill makes the API', async () => {
  const { browser, idc, home } = stage;
  const opened = browser.nextPage();
  const login = stage.line('login', ...stage.corp);
  const page = await opened;
  await page.waitForSelector('#sign-in-with-passkey');
  await browser.context.addCookies([idc.portalCookie()]);
  await page.goto(`${idc.startUrl}/#/device?user_code=${idc.deviceCodes[0]?.userCode}`);
  expect(await login.finished).toMatchObject({ code: 0 });
  expect(idc.count('CreateToken')).toBe(1);
  expect(await tokenFiles(home)).toHaveLength(1);
  const popup = await browser.context.newPage();
  const { id } = await browser.extension();
  await popup.goto(`chrome-extension://${id}/popup/popup.html`);
  await popup
    .getByText(/signed in/i)
    .first()
    .waitFor();
});
