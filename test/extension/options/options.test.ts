import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_PRODUCTION_PATTERN } from '../../../shared/catalogue/production.ts';
import { DEFAULT_SETTINGS, type ViewState } from '../../../shared/protocol/internal.ts';
import { NO_CHROMIUM } from '../../support/browsers/find.ts';
import { until } from '../../support/until.ts';
import { background } from '../../support/views/pages.ts';
import { type Stage, type StagePage, viewsStage } from '../../support/views/stage.ts';
import { session, viewState } from '../../support/views/states.ts';

let stage: Stage;
let shown: StagePage;
beforeAll(async () => {
  stage = await viewsStage();
});
afterEach(() => shown.close());

async function open(state: ViewState, language = 'en') {
  shown = await stage.open('options/options.html', state, { width: 900, height: 900, language });
  const { page } = shown;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  if (language === 'en') await button('Add session').waitFor();
  const focusedId = () => page.evaluate(() => document.activeElement?.id);
  return {
    page,
    button,
    focusedId,
    more: () => page.locator('summary', { hasText: 'Name and region' }).click(),
    worker: background(page),
    region: page.getByRole('combobox', { name: 'Region' }),
  };
}

// Skipped only where Chromium is not installed; `npm test` installs it where it may.
describe.skipIf(NO_CHROMIUM)(`options${NO_CHROMIUM}`, () => {
  it('adds a session by its start URL alone', async () => {
    const { page, worker } = await open(viewState());
    expect(await page.locator('.session-form input').filter({ visible: true }).count()).toBe(1);
    await page.getByLabel('Start URL').fill('corp.awsapps.com/start/#/?tab=accounts');
    await page.keyboard.press('Enter');
    const startUrl = 'https://corp.awsapps.com/start/';
    expect(await worker.requests()).toEqual([
      { type: 'session.add', session: 'corp', startUrl, region: null },
    ]);
    await page.getByText('Looking for your portal').waitFor();
  });

  it('adds a session by keyboard alone', async () => {
    const { page, worker, region } = await open(viewState());
    await page.getByLabel('Start URL').focus();
    await page.keyboard.type('https://d-1234567890.awsapps.com/start/#/');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.type('central eu');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await region.getAttribute('aria-activedescendant')).toBe('region-option-1');
    await page.keyboard.press('Enter');
    expect(await region.inputValue()).toBe('eu-central-2');
    expect(await worker.requests()).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.type('corp');
    await page.keyboard.press('Enter');
    const target = {
      session: 'corp',
      startUrl: 'https://d-1234567890.awsapps.com/start/',
      region: 'eu-central-2',
    };
    expect(await worker.requests()).toEqual([{ type: 'session.add', ...target }]);
    await worker.setState(viewState({ sessions: [session('corp', { source: 'extension' })] }));
    await page.getByText('corp was added.').waitFor();
    expect(await region.inputValue()).toBe('');
  });

  it('says at each field what is wrong, and goes to the first one', async () => {
    const { page, worker, button, focusedId, region, more } = await open(
      viewState({ sessions: [session('corp')] }),
    );
    await more();
    await page.getByLabel('Name').fill('corp');
    await region.fill('eu-centrl-1');
    await button('Add session').click();
    expect(await page.locator('form .field-error').allInnerTexts()).toEqual([
      'Enter the start URL of your access portal.',
      'AWS has no region with this name. Did you mean eu-central-1?\n\nUse eu-central-1',
      'There is already a session with this name.',
    ]);
    expect(await focusedId()).toBe('startUrl');
    expect(await page.getByLabel('Start URL').getAttribute('aria-invalid')).toBe('true');
    await button('Use eu-central-1').click();
    expect([await region.inputValue(), await focusedId()]).toEqual(['eu-central-1', 'region']);
    expect(await worker.requests()).toEqual([]);
  });

  it('keeps the pattern of production accounts where the list of roles reads it, and none that is no pattern', async () => {
    const { page, worker } = await open(viewState());
    const field = page.getByLabel('Accounts that need care');
    const stored = async () => Object((await worker.stored()).roles).productionPattern;
    await field.fill('(live');
    await page.getByText('This is not a regular expression.').waitFor();
    await field.blur();
    expect(await stored()).toBeUndefined();
    await field.fill('live|gold');
    await field.blur();
    await until(async () => (await stored()) === 'live|gold');
    await page.getByRole('button', { name: 'Restore the default pattern' }).click();
    await until(async () => (await stored()) === DEFAULT_PRODUCTION_PATTERN);
  });

  it('says why the background refused a session, and keeps what was typed', async () => {
    const { page, worker, button, region, more } = await open(viewState());
    await page.getByLabel('Start URL').fill('https://corp.awsapps.com/start');
    await more();
    await region.fill('us-east-1');
    await page.getByLabel('Name').fill('corp');
    await button('Add session').click();
    await worker.refuse({ code: 'SESSION_CONFLICT', message: 'The config names another start URL.' });
    await page.getByRole('alert').getByText('The config names another start URL.').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('corp');
  });

  it('changes a session of the config in its form: the name stays, and the form closes when the config has it', async () => {
    const corp = session('corp');
    const { page, worker, button, region } = await open(viewState({ sessions: [corp] }));
    await button('Edit corp').click();
    await page.getByRole('heading', { name: 'Edit corp' }).waitFor();
    expect(await page.locator('main, body').getByText('--replace').count()).toBe(0);
    expect(await page.getByLabel('Name').isEditable()).toBe(false);
    await page.getByLabel('Start URL').fill('https://new.awsapps.com/start');
    await region.fill('eu-west-1');
    await button('Save').click();
    const sent = { session: 'corp', startUrl: 'https://new.awsapps.com/start', region: 'eu-west-1' };
    expect(await worker.requests()).toEqual([{ type: 'session.edit', was: 'corp', ...sent }]);
    await worker.setState(viewState({ sessions: [corp] }));
    await worker.refuse({ code: 'FILE_WRITE', message: 'The config is read-only.' });
    await page.getByRole('alert').getByText('The config is read-only.').waitFor();
    expect(await page.getByLabel('Start URL').inputValue()).toBe(sent.startUrl);
    await button('Save').click();
    await worker.setState(viewState({ sessions: [{ ...corp, target: { ...corp.target, ...sent } }] }));
    await page.getByRole('heading', { name: 'Add a session' }).waitFor();
  });

  it('fixes what the checks found, by its own button', async () => {
    const { worker, button, page } = await open(viewState());
    await button('Check this computer').click();
    const check = {
      id: 'modes',
      title: "Files' modes",
      text: 'config is 0644',
      next: 'run `awsher doctor --fix`',
    };
    const tell = (state: 'ok' | 'fail', more = {}) =>
      worker.push({ type: 'doctor', checks: [{ ...check, state, ...more }], error: null });
    await tell('fail');
    await page.getByText('config is 0644').waitFor();
    expect(await button('Fix what can be fixed').count()).toBe(0);
    await tell('fail', { fixable: true });
    await button('Fix what can be fixed').click();
    expect(await worker.requests()).toEqual([
      { type: 'doctor.run', fix: false },
      { type: 'doctor.run', fix: true },
    ]);
    await tell('ok');
    await button('Check again').waitFor();
    expect(await button('Fix what can be fixed').count()).toBe(0);
  });

  it('tells what the checks found in the language of the rest, and the exact words in English', async () => {
    const { page, worker, button } = await open(viewState(), 'de');
    await button('Computer prüfen').click();
    const found = { state: 'fail', next: 'run `chmod 600 ~/.aws/config`', text: 'config is 0644' } as const;
    const checks = [
      { ...found, id: 'modes', title: "Files' modes" },
      { ...found, id: 'from-a-newer-host', title: 'Something new', text: 'it is odd' },
    ];
    await worker.push({ type: 'doctor', checks, error: null });
    const row = page.getByRole('listitem').filter({ hasText: 'Zugriffsrechte der Dateien' });
    await row.getByText('Machen Sie sie privat.').waitFor();
    await row.locator('[lang=en]', { hasText: 'config is 0644' }).waitFor();
    await row.getByText('chmod 600 ~/.aws/config').first().waitFor();
    expect(await page.getByText("Files' modes").count()).toBe(0);
    await page.locator('[lang=en]', { hasText: 'Something new' }).waitFor();
  });

  it('removes what was added here after asking once, and leaves the config alone', async () => {
    const both = [session('corp'), session('lab', { source: 'extension' })];
    const { page, worker, button } = await open(viewState({ sessions: both }));
    expect(await page.getByRole('button', { name: /^Remove/ }).count()).toBe(1);
    await button('Remove lab').click();
    await page.keyboard.press('Enter');
    expect(await worker.requests()).toEqual([]);
    await button('Remove lab').click();
    await button('Remove').click();
    expect(await worker.requests()).toEqual([{ type: 'session.remove', session: 'lab' }]);
    await worker.setState(viewState({ sessions: [session('corp')] }));
    await page.getByText('lab was removed.').waitFor();
  });

  it('saves each setting at once and says so', async () => {
    const { page, worker } = await open(viewState());
    await page.getByLabel('Browser label').fill(' work ');
    await expect
      .poll(() => worker.requests())
      .toEqual([{ type: 'settings.change', settings: { label: 'work' } }]);
    await worker.setState(viewState({ settings: { ...DEFAULT_SETTINGS, label: 'work' } }));
    await page.getByText('Saved').waitFor();
    await page.getByRole('switch', { name: 'Keep the sign-in tab in front' }).click();
    expect(await worker.requests()).toContainEqual({ type: 'settings.change', settings: { watch: true } });
    await page.getByRole('radio', { name: 'Ask me' }).click();
    expect(await worker.requests()).toContainEqual({ type: 'settings.change', settings: { ask: true } });
  });

  it('turns no notification on that the browser does not allow, and says so', async () => {
    const { page, worker } = await open(viewState());
    await page.getByRole('switch', { name: 'A sign-in is done' }).click();
    await page.getByRole('alert').getByText("This browser does not show awsher's notifications.").waitFor();
    expect(await page.getByRole('switch', { name: 'A sign-in is done' }).isChecked()).toBe(false);
    expect(await worker.requests()).toEqual([]);
    await worker.setState(viewState({ notifications: true }));
    await page.getByRole('switch', { name: 'A sign-in is done' }).click();
    expect(await worker.requests()).toEqual([{ type: 'settings.change', settings: { notifyDone: true } }]);
  });

  it('locks what the organisation has set', async () => {
    const settings = { ...DEFAULT_SETTINGS, label: 'work', ask: true, watch: true };
    const { page } = await open(viewState({ settings, managed: ['label', 'ask', 'watch'] }));
    expect(await page.getByText('Set by your organization').count()).toBe(3);
    expect(await page.getByLabel('Browser label').isDisabled()).toBe(true);
    expect(await page.getByRole('radio', { name: 'Ask me' }).isDisabled()).toBe(true);
    expect(await page.getByRole('switch', { name: 'Keep the sign-in tab in front' }).isDisabled()).toBe(true);
    expect(await page.getByLabel('Language').isDisabled()).toBe(false);
  });

  it('opens the list by its button and closes it with Escape', async () => {
    const { page, button, region, more } = await open(viewState());
    await more();
    await region.fill('us-east-1');
    await button('Show all regions').click();
    expect(await page.getByRole('listbox').getByRole('option').count()).toBeGreaterThan(30);
    await page.keyboard.press('Escape');
    await page.getByRole('listbox').getByRole('option').first().waitFor({ state: 'detached' });
    expect(await region.inputValue()).toBe('us-east-1');
    expect(shown.problems).toEqual([]);
  });
});
