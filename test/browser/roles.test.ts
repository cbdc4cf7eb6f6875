import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hostPids } from '../support/home-files.ts';
import { ownStage } from '../support/own-stage.ts';
import { until } from '../support/until.ts';

/** Bytes that are the person's own: comments, odd spaces, no last newline. */
const OWN = '# mine\n[profile  old]\nregion=eu-west-1 # here\n\n';

it('lists accounts and roles by itself, opens the console through the portal, makes a profile beside what is there, and has list and stars again before anybody was asked', async (test) => {
  const stage = await ownStage(test, { signedIn: true });
  const { home, idc, browser } = stage;
  await mkdir(join(home, '.aws'));
  const config = join(home, '.aws/config');
  const session = `[sso-session corp]\nsso_start_url = ${idc.startUrl}\nsso_region = us-east-1`;
  await writeFile(config, `${OWN}${session}`);
  expect(await stage.line('login', 'corp').finished).toMatchObject({ code: 0 });
  const before = await readFile(config, 'utf8');
  const { id } = await browser.extension();
  const openRoles = async () => {
    const page = await browser.context.newPage();
    await page.goto(`chrome-extension://${id}/popup/popup.html`);
    await page.locator('#tab-roles').click();
    await page.getByText('6 roles').waitFor();
    return page;
  };
  const popup = await openRoles();
  await popup.keyboard.type('payments-prod readonly');
  const opened = browser.nextPage();
  await popup.keyboard.press('Enter');
  const console = await opened;
  await console.waitForURL(/#\/console/);
  expect(console.url()).toBe(`${idc.startUrl}/#/console?account_id=111122223347&role_name=ReadOnlyAccess`);
  await console.close();
  // A link of the portal is no credential: nothing was asked of AWS for it.
  expect(idc.count('GetRoleCredentials')).toBe(0);

  await popup.bringToFront();
  await popup.keyboard.press('Shift+Enter');
  await popup.getByText('The profile payments-prod_ReadOnlyAccess was added to your config.').waitFor();
  const after = await readFile(config, 'utf8');
  expect(after.startsWith(before)).toBe(true);
  expect(after).toContain('[profile payments-prod_ReadOnlyAccess]');
  const used = await stage.line('credential-process', '--profile', 'payments-prod_ReadOnlyAccess').finished;
  expect(JSON.parse(used.stdout).AccountId).toBe('111122223347');
  expect((await stage.line('profiles', 'undo').finished).code).toBe(0);
  expect(await readFile(config, 'utf8')).toBe(before);

  await popup.getByRole('button', { name: 'Favorite' }).click();
  await until(async () => {
    const { worker } = await browser.extension();
    const stored = await worker.evaluate(async () => JSON.stringify(await chrome.storage.local.get(null)));
    return stored.includes('111122223347 ReadOnlyAccess');
  });
  await popup.close();
  // From here on the host answers nobody.
  const hosts = hostPids(home);
  for (const pid of hosts) process.kill(pid, 'SIGSTOP');
  try {
    const again = await openRoles();
    expect(await again.getByRole('option').first().textContent()).toContain(
      'ReadOnlyAccess in payments-prod, 111122223347, Production, Favorite',
    );
  } finally {
    for (const pid of hosts) process.kill(pid, 'SIGCONT');
  }
});
