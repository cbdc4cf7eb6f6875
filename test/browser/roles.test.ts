import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import ids from '../../manifests/ids.json' with { type: 'json' };
import { launchChromium } from '../support/browsers/chromium.ts';
import { hostPids } from '../support/home-files.ts';
import { EXTENSION, openStage, type Stage } from '../support/stage.ts';
import { until } from '../support/until.ts';

let stage: Stage;
afterEach(() => stage?.close());

/** Bytes that are the person's own: comments, odd spaces, no last newline. */
const OWN = '# mine\n[profile  old]\nregion=eu-west-1 # here\n\n';

async function signedIn(): Promise<void> {
  stage = await openStage({ center: { accounts: 30, rolesPerAccount: 3 } });
  const { home, idc, browser } = stage;
  await mkdir(join(home, '.aws'));
  await writeFile(
    join(home, '.aws/config'),
    `${OWN}[sso-session corp]\nsso_start_url = ${idc.startUrl}\nsso_region = us-east-1`,
  );
  await browser.context.addCookies([idc.portalCookie()]);
  // A terminal waits a few seconds for a browser. A busy machine needs more, and a view that wakes the background.
  const view = await browser.context.newPage();
  await view.goto(`chrome-extension://${ids.chromium[0]}/popup/popup.html`);
  await until(() => hostPids(home).length > 0, 30_000);
  await view.close();
  const { code, stderr } = await stage.line('login', 'corp').finished;
  if (code !== 0) throw new Error(stderr);
}

async function openRoles(context = stage.browser.context, id?: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`chrome-extension://${id ?? (await stage.browser.extension()).id}/popup/popup.html`);
  await page.locator('#tab-roles').click();
  await page.getByText('90 roles').waitFor();
  return page;
}

const storage = async (): Promise<string> => {
  const { worker } = await stage.browser.extension();
  return worker.evaluate(async () =>
    JSON.stringify([await chrome.storage.session.get(null), await chrome.storage.local.get(null)]),
  );
};

describe('accounts and roles, for real', () => {
  it('lists them by itself, opens the console through the portal, and makes a profile beside what is there', async () => {
    await signedIn();
    const { home, idc, browser } = stage;
    const before = await readFile(join(home, '.aws/config'), 'utf8');
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
    const after = await readFile(join(home, '.aws/config'), 'utf8');
    expect(after.startsWith(before)).toBe(true);
    expect(after).toContain('[profile payments-prod_ReadOnlyAccess]');
    const used = await stage.awsher('credential-process', '--profile', 'payments-prod_ReadOnlyAccess');
    expect(JSON.parse(used.stdout).AccountId).toBe('111122223347');
    const undone = await stage.awsher('profiles', 'undo');
    expect(undone.code).toBe(0);
    expect(await readFile(join(home, '.aws/config'), 'utf8')).toBe(before);
  });

  it('shows keys in the second step alone; they are in no storage, file or page afterwards', async () => {
    await signedIn();
    const { idc } = stage;
    const popup = await openRoles();
    const known = new Set(idc.secrets);
    await popup.keyboard.type('identity-dev readonly');
    await popup.getByRole('button', { name: 'More' }).click();
    await popup.getByRole('button', { name: 'Show short-lived keys…' }).click();
    expect(idc.count('GetRoleCredentials')).toBe(0);
    await popup.getByRole('button', { name: 'Show for one minute' }).click();
    await popup.getByText(/AWS_ACCESS_KEY_ID=ASIA/).waitFor();
    const fresh = idc.secrets.filter((secret) => !known.has(secret));
    expect(fresh.length).toBeGreaterThan(0);
    expect(fresh.filter((secret) => !known.has(secret)).length).toBeGreaterThan(0);
    expect(await storage()).not.toMatch(
      new RegExp(fresh.map((one) => one.slice(0, 24).replace(/\W/g, '.')).join('|')),
    );
    await popup.getByRole('button', { name: 'Hide' }).click();
    await popup.getByText('The keys are hidden again').waitFor();
    const left = [await storage(), await popup.content()].join('\n');
    expect(fresh.filter((secret) => left.includes(secret))).toEqual([]);
  });

  it('has the list, the stars and the names again after a restart, before anybody was asked', async () => {
    await signedIn();
    const { home, idc, browser } = stage;
    const popup = await openRoles();
    const { id } = await browser.extension();
    await popup.keyboard.type('search-dev readonly');
    await popup.getByRole('button', { name: 'Favorite' }).click();
    await until(async () => (await storage()).includes('111122223354 ReadOnlyAccess'));
    await browser.close();

    const again = await launchChromium({
      idc,
      home,
      userDataDir: browser.userDataDir,
      extensionDir: EXTENSION,
      env: idc.endpoints,
    });
    try {
      const popupAgain = await openRoles(again.context, id);
      const first = popupAgain.getByRole('option').first();
      expect(await first.textContent()).toContain('ReadOnlyAccess in search-dev, 111122223354, Favorite');
    } finally {
      await again.close();
    }
  });
});
