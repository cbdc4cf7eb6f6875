import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { NO_PREFERENCES } from '../../../../extension/platform/role-storage.ts';
import { NO_CHROMIUM } from '../../../support/browsers/find.ts';
import { background } from '../../../support/views/pages.ts';
import {
  keptCatalogue,
  LIVED_IN,
  ROLE_ANSWERS,
  SHOWN_KEYS,
  storedRoles,
} from '../../../support/views/role-states.ts';
import { type Stage, type StagePage, viewsStage } from '../../../support/views/stage.ts';
import { PICTURE_TIME, session, status, viewState } from '../../../support/views/states.ts';

let stage: Stage;
let shown: StagePage;
beforeAll(async () => {
  stage = await viewsStage();
});
afterEach(() => shown.close());

const SIGNED_IN = viewState({ sessions: [session('corp', { status: status('valid', 3_600_000) })] });
const FIRST = { session: 'corp', accountId: '111122223347', roleName: 'ReadOnlyAccess' };

async function open(roles = storedRoles(), alone = false) {
  shown = await stage.open('popup/popup.html', SIGNED_IN, { roles, alone });
  const { page } = shown;
  await page.locator('#tab-roles').click();
  await page.locator('.role-row, .roles-empty').first().waitFor();
  const search = page.getByRole('combobox');
  const chosen = () => page.locator('[role=option][aria-selected=true]');
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  return { page, search, chosen, button, worker: background(page) };
}

// Skipped only where Chromium is not installed; `npm test` installs it where it may.
describe.skipIf(NO_CHROMIUM)(`accounts and roles in the popup${NO_CHROMIUM}`, () => {
  it('asks for a fresh list once, has the focus in the search, and walks by arrows', async () => {
    const { page, search, chosen, worker } = await open();
    expect(await search.evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await worker.rolesAsked()).toEqual([{ type: 'refresh', session: 'corp' }]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await chosen().getAttribute('aria-posinset')).toBe('3');
    expect(await search.getAttribute('aria-activedescendant')).toBe(await chosen().getAttribute('id'));
    for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowUp');
    expect(await chosen().getAttribute('aria-posinset')).toBe('1');
  });

  it('keeps the chosen option in the page and in sight, wherever it is, and only few others', async () => {
    const { page, search, chosen } = await open();
    for (let press = 0; press < 40; press++) await page.keyboard.press('PageDown');
    await expect.poll(() => chosen().getAttribute('aria-posinset')).toBe('321');
    expect(await chosen().getAttribute('aria-setsize')).toBe('5003');
    await expect
      .poll(() =>
        chosen().evaluate((row) => {
          const list = row.closest('.role-list')?.getBoundingClientRect();
          const { top, bottom } = row.getBoundingClientRect();
          return list !== undefined && top >= list.top - 1 && bottom <= list.bottom + 1;
        }),
      )
      .toBe(true);
    expect(await page.getByRole('option').count()).toBeLessThan(40);
    // Scrolled away by the wheel, it is still what the search field refers to.
    await page.locator('.role-list').evaluate((list) => list.scrollTo(0, 100_000));
    await expect
      .poll(() => page.locator('.role-list').evaluate((list) => list.scrollTop))
      .toBeGreaterThan(90_000);
    const id = await search.getAttribute('aria-activedescendant');
    expect(await page.locator(`#${id}`).count()).toBe(1);
  });

  it('finds as one types, says how many, and clears with Escape', async () => {
    const { page, search } = await open();
    await page.keyboard.type('search-prod readonly');
    await page.locator('.role-status', { hasText: /^[\d,]+ roles?/ }).waitFor();
    const names = await page.getByRole('option').allTextContents();
    expect(names[0]).toContain('ReadOnlyAccess in search-prod');
    expect(names.every((name) => /ReadOnlyAccess/.test(name))).toBe(true);
    expect(await page.locator('mark').first().textContent()).toBe('search-prod');
    await page.keyboard.press('Escape');
    expect(await search.inputValue()).toBe('');
    await page.getByText('5,000 roles').waitFor();
  });

  it('opens the console with Enter, and remembers what was used', async () => {
    const { page, worker } = await open();
    await page.keyboard.type('identity-prod billing');
    await page.keyboard.press('Enter');
    await expect.poll(() => worker.rolesAsked()).toHaveLength(2);
    const role = { session: 'corp', accountId: '111122223389', roleName: 'Billing' };
    expect((await worker.rolesAsked())[1]).toEqual({ type: 'console', role });
    await page.keyboard.press('Escape');
    await page.getByText('Recently used').waitFor();
    const { roles } = await worker.stored();
    expect(roles).toMatchObject({ recents: ['corp 111122223389 Billing', ...LIVED_IN.recents] });
  });

  it('copies what a terminal needs, never keys, and says that the profile is new', async () => {
    const { page, button, worker } = await open();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await page.keyboard.press('Shift+Enter');
    await page.getByText('The profile payments-prod_ReadOnlyAccess was added to your config.').waitFor();
    expect(await clipboard()).toBe('export AWS_PROFILE=payments-prod_ReadOnlyAccess');
    await button('More').click();
    await button('Copy export command').click();
    await expect.poll(clipboard).toBe('eval "$(awsher export --profile payments-prod_ReadOnlyAccess)"');
    await button('Copy profile name').click();
    await expect.poll(clipboard).toBe('payments-prod_ReadOnlyAccess');
    const asked = await worker.rolesAsked();
    expect(asked.slice(1)).toEqual(Array.from({ length: 3 }, () => ({ type: 'profile', role: FIRST })));
  });

  it('says how it went in sight, also beside the other actions, and never over what is below', async () => {
    const { page, button } = await open();
    await button('More').click();
    await button('Copy profile name').click();
    await page.getByText('The profile payments-prod_ReadOnlyAccess was added to your config.').waitFor();
    const at = (selector: string) =>
      page.locator(selector).evaluate((it) => {
        const { top, bottom } = it.getBoundingClientRect();
        return { top, bottom };
      });
    const panel = await at('.role-panel');
    const said = await at('.role-outcome');
    expect(said.top).toBeGreaterThan(panel.top);
    expect(said.bottom).toBeLessThan(panel.bottom);
    expect(panel.bottom).toBeLessThanOrEqual((await at('.legend')).top);
    expect((await at('.legend')).bottom).toBeLessThanOrEqual((await at('.foot')).top);
  });

  it('leads to the sessions when a sign-in is needed', async () => {
    const error = { code: 'SIGN_IN_NEEDED', message: 'Nobody is signed in to corp.', hint: 'run `x`' };
    const { stored, answers } = storedRoles();
    const { page, button } = await open({
      stored,
      answers: { ...answers, profile: { type: 'failed', error } },
    });
    await page.keyboard.press('Shift+Enter');
    await page.getByText('Nobody is signed in to corp.').waitFor();
    await button('Go to sessions').click();
    await page.getByRole('heading', { name: 'corp' }).waitFor();
  });

  it('shows keys only after a second step, for a minute, and keeps nothing of them', async () => {
    const { page, button, worker } = await open();
    const secrets = [SHOWN_KEYS.secretAccessKey, SHOWN_KEYS.sessionToken];
    const leaks = async () => {
      const places = [await page.content(), JSON.stringify(await worker.stored())].join();
      return secrets.filter((secret) => places.includes(secret));
    };
    await button('More').click();
    await button('Show short-lived keys…').click();
    await page.getByText(/Anyone who has these keys/).waitFor();
    expect((await worker.rolesAsked()).length).toBe(1);
    await button('Show for one minute').click();
    await page.getByText(/wJalr/).waitFor();
    await page.getByText('Hidden in 1:00. They are valid until 15:20.').waitFor();
    // The window loses the focus: gone at once.
    await page.evaluate(() => dispatchEvent(new Event('blur')));
    await page.getByText('The keys are hidden again').waitFor();
    expect(await leaks()).toEqual([]);
    await button('Show for one minute').click();
    await page.getByText(/wJalr/).waitFor();
    await button('Hide').click();
    await page.getByText('The keys are hidden again').waitFor();
    await button('Show for one minute').click();
    await page.getByText(/wJalr/).waitFor();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await button('Copy').click();
    await button('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(SHOWN_KEYS.sessionToken);
    await button('Back').click();
    await button('Open console').waitFor();
    expect(await leaks()).toEqual([]);
  });

  it('hides keys when their minute is over', async () => {
    const { page, button } = await open(storedRoles(), true);
    await page.clock.install({ time: PICTURE_TIME });
    await button('More').click();
    await button('Show short-lived keys…').click();
    await button('Show for one minute').click();
    await page.clock.runFor(10);
    await page.getByText(/wJalr/).waitFor();
    await page.clock.runFor(59_000);
    expect(await page.getByText(/wJalr/).count()).toBe(1);
    await page.clock.runFor(2_000);
    await page.getByText('The keys are hidden again').waitFor();
    expect(await page.getByText(/wJalr/).count()).toBe(0);
  });

  it('leaves out keys that come after the step was left', async () => {
    const { page, button, worker } = await open(
      storedRoles(undefined, LIVED_IN, { refresh: ROLE_ANSWERS.refresh }),
    );
    await button('More').click();
    await button('Show short-lived keys…').click();
    await button('Show for one minute').click();
    await button('Back').click();
    await worker.sayToRoles({ ...SHOWN_KEYS, id: 2 });
    await button('Open console').waitFor();
    expect(await page.content()).not.toContain(SHOWN_KEYS.secretAccessKey);
  });

  it('puts stars, names and colours where they stay', async () => {
    const { page, button, worker } = await open(storedRoles([keptCatalogue(10, 2)], NO_PREFERENCES));
    await page.keyboard.type('search-dev readonly');
    await button('Favorite').click();
    await button('More').click();
    await button('Name and color…').click();
    await page.getByLabel('Your name for this account').fill('Sandbox');
    await page.getByRole('radio', { name: 'Turquoise' }).check({ force: true });
    await button('Save').click();
    await page.locator('h2', { hasText: 'ReadOnlyAccess' }).waitFor();
    const { roles } = await worker.stored();
    expect(roles).toMatchObject({
      favourites: ['corp 111122223354 ReadOnlyAccess'],
      accounts: { '111122223354': { label: 'Sandbox', colour: 'turquoise' } },
    });
    await button('Clear the search').click();
    const first = page.getByRole('option').first();
    expect(await first.textContent()).toContain('ReadOnlyAccess in Sandbox, 111122223354, Favorite');
  });

  it('takes no answer and no storage that is none for the truth', async () => {
    const broken = { stored: { catalogues: [{ session: 7 }], roles: 'x' }, answers: ROLE_ANSWERS };
    const { page, worker } = await open(broken);
    await page.getByText('Loading your accounts from AWS for the first time…').waitFor();
    await worker.sayToRoles({ type: 'progress', progress: { session: 'corp', done: 'many' } });
    await worker.sayToRoles({
      type: 'progress',
      progress: { session: 'corp', done: 3, total: 9, ended: false, error: null },
    });
    await page.getByText('Loading 3 of 9 accounts').waitFor();
    // The first accounts come: whoever types now, searches.
    await worker.store({ catalogues: [keptCatalogue(4, 2)] });
    await page.getByText('8 roles').waitFor();
    await page.keyboard.type('prod');
    expect(await page.getByRole('combobox').inputValue()).toBe('prod');
    expect(shown.problems).toEqual([]);
  });
});
