import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { STEPS } from '../../../shared/login/progress.ts';
import type { ViewState } from '../../../shared/protocol/internal.ts';
import { NO_CHROMIUM } from '../../support/browsers/find.ts';
import { background } from '../../support/views/pages.ts';
import { type Stage, type StagePage, viewsStage } from '../../support/views/stage.ts';
import {
  attempt,
  FOREIGN,
  PICTURE_TIME,
  pending,
  session,
  status,
  unavailable,
  viewState,
} from '../../support/views/states.ts';

let stage: Stage;
let shown: StagePage;
beforeAll(async () => {
  stage = await viewsStage();
});
afterEach(() => shown.close());

const one = (parts: Parameters<typeof session>[1] = {}): ViewState =>
  viewState({ sessions: [session('corp', parts)] });
const expired = { status: status('expired', -60_000) };

async function open(state: ViewState | null, language = 'en') {
  shown = await stage.open('popup/popup.html', state, { language });
  const { page } = shown;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
  return { page, button, focused, worker: background(page) };
}

// Skipped only where Chromium is not installed; `npm test` installs it where it may.
describe.skipIf(NO_CHROMIUM)(`popup${NO_CHROMIUM}`, () => {
  it('signs in with the first key: the session that wants it has the focus', async () => {
    const state = viewState({
      sessions: [session('fine', { status: status('valid', 3_600_000) }), session('corp', expired)],
    });
    const { page, worker, focused } = await open(state);
    await page.getByRole('heading', { name: 'corp' }).waitFor();
    expect(await focused()).toBe('Sign in');
    await page.keyboard.press('Enter');
    expect(await worker.requests()).toEqual([{ type: 'authorize', session: 'corp' }]);
  });

  it('moves the focus to the report, so that a held Enter key does not cancel', async () => {
    const { page, worker, button, focused } = await open(one(expired));
    await button('Authorize CLI').focus();
    await worker.setState(one({ ...expired, attempt: attempt('registering') }));
    await button('Cancel').waitFor();
    expect(await focused()).toBe('Registering with AWS');
    await page.keyboard.press('Enter');
    expect(await worker.requests()).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await worker.requests()).toEqual([{ type: 'cancel', session: 'corp' }]);
  });

  it('says every step in a live region', async () => {
    const { page, worker } = await open(one(expired));
    const said = new Set<string>();
    for (const step of STEPS) {
      await worker.setState(one({ attempt: attempt(step) }));
      const text = (await page.locator('.report').textContent()) ?? '';
      expect(text.trim()).not.toBe('');
      said.add(text);
    }
    expect(said.size).toBe(STEPS.length);
    expect(await page.locator('.report').getAttribute('aria-live')).toBe('polite');
  });

  it('shows the time that runs, and who asked', async () => {
    const asker = { command: 'aws sso login', pid: 7, parents: [], folder: 'shop' };
    const { page } = await open(one({ attempt: attempt('allowing', { asker }) }));
    await page.getByText('For aws sso login in shop').waitFor();
    await page.getByText('0:12', { exact: true }).waitFor();
    await shown.at(60_000);
    await page.getByText('1:12', { exact: true }).waitFor();
  });

  it('offers Try again, the checks and Dismiss after an error, and no command that a button does', async () => {
    const error = { code: 'NETWORK', message: 'AWS cannot be reached.', hint: 'run `awsher doctor`' };
    const ended = attempt('registering', { endedAt: PICTURE_TIME, error });
    const { page, worker, button } = await open(one({ ...expired, attempt: ended }));
    await page.getByText('AWS cannot be reached.').waitFor();
    await button('Check this computer').waitFor();
    expect(await page.locator('.command').count()).toBe(0);
    await button('Try again').click();
    await button('Dismiss').click();
    expect(await worker.requests()).toEqual([
      { type: 'authorize', session: 'corp' },
      { type: 'dismiss', session: 'corp' },
    ]);
  });

  it('says what went wrong in the language of the rest, and the exact sentence in English', async () => {
    const error = { code: 'NETWORK', message: 'AWS cannot be reached.', hint: 'check the network' };
    const ended = attempt('registering', { endedAt: PICTURE_TIME, error });
    const { page } = await open(one({ ...expired, attempt: ended }), 'de');
    await page.getByText('AWS ist von diesem Computer aus nicht erreichbar.').waitFor();
    await page.locator('[lang=en]', { hasText: 'AWS cannot be reached.' }).waitFor();
    await page.getByText('Prüfen Sie die Verbindung und einen etwaigen Proxy').waitFor();
    await page.locator('[lang=en]', { hasText: 'Check the network' }).waitFor();
  });

  it('says until when after a good end', async () => {
    const done = attempt('done', { endedAt: PICTURE_TIME });
    const { page, worker, button } = await open(one({ status: status('valid', 3_600_000), attempt: done }));
    await page.getByText('Signed in until 15:20. The terminal is ready.').waitFor();
    await button('Dismiss').click();
    expect(await worker.requests()).toEqual([{ type: 'dismiss', session: 'corp' }]);
  });

  it('is the usual card again when the good end is no news any more', async () => {
    const done = attempt('done', { endedAt: PICTURE_TIME - 9_000 });
    const { page, button } = await open(one({ status: status('valid', 3_600_000), attempt: done }));
    await page.getByText('Signed in until 15:20', { exact: true }).waitFor();
    await button('Renew').waitFor();
    await button('More for corp').waitFor();
    expect(await button('Dismiss').count()).toBe(0);
  });

  it('asks for a renewal where the session is alive, once, and shows that it came', async () => {
    const alive = { status: status('valid', 22 * 60_000, true) };
    const { page, worker, button } = await open(one(alive));
    await button('Renew').click();
    await worker.setState(one({ ...alive, renewal: 'running' }));
    await button('Renewing…').click({ force: true });
    expect(await worker.requests()).toEqual([{ type: 'renew', session: 'corp' }]);
    await worker.setState(one({ status: status('valid', 60 * 60_000, true), renewal: 'done' }));
    await page.getByRole('status').getByText('Renewed until 15:20').waitFor();
    await worker.setState(one({ status: status('valid', 60 * 60_000, true) }));
    await page.getByText('Signed in until 15:20').waitFor();
  });

  it('asks nothing of a host that is not there, and tries again when told', async () => {
    const { page, worker, button } = await open({ ...one(), host: unavailable('missing') });
    await page.getByText('awsher install --browser chromium').first().waitFor();
    expect(await button('Authorize CLI').count()).toBe(0);
    await button('Retry').click();
    expect(await worker.requests()).toEqual([{ type: 'host.retry' }]);
  });

  it('does not start a sign-in while it connects', async () => {
    const { worker, button } = await open({ ...one(), host: { state: 'connecting' } });
    await button('Authorize CLI').click({ force: true });
    expect(await worker.requests()).toEqual([]);
  });

  it('shows why a request was refused until the next one', async () => {
    const { page, worker, button } = await open(one(expired));
    await worker.refuse({ code: 'PERMISSION_MISSING', message: 'The browser withholds a permission.' });
    await page.getByRole('alert').getByText('The browser withholds a permission.').waitFor();
    await button('Authorize CLI').click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('goes on after the worker was put to sleep, and shows no state that is none', async () => {
    const { page, worker } = await open(one(expired));
    await page.getByRole('heading', { name: 'corp' }).waitFor();
    await worker.sleep();
    await expect.poll(() => worker.connections()).toBe(2);
    await worker.push({ type: 'state', state: { sessions: 'all' } });
    await worker.setState(viewState({ sessions: [session('other')] }));
    await page.getByRole('heading', { name: 'other' }).waitFor();
    expect(shown.problems).toEqual([]);
  });

  it('begins with what was there last, and shows nothing that was under way as if it still were', async () => {
    const before = viewState({
      sessions: [session('corp', { ...expired, attempt: attempt('collecting-token') })],
      pending: [pending('h1')],
    });
    shown = await stage.open('popup/popup.html', null, { lastState: before });
    const { page } = shown;
    await page.getByRole('heading', { name: 'corp' }).waitFor();
    await page.waitForFunction(() => globalThis.fake.connections === 1);
    expect(await page.locator('.attempt').count()).toBe(0);
    expect(await page.locator('.pending').count()).toBe(0);
    const worker = background(page);
    await worker.setState(before);
    await page.locator('.pending').waitFor();
    expect(shown.problems).toEqual([]);
  });

  it('sends what was pressed before the background was asked for anything', async () => {
    shown = await stage.open('popup/popup.html', null, { lastState: one(expired) });
    const worker = background(shown.page);
    await shown.page.keyboard.press('Enter');
    await expect.poll(() => worker.requests()).toEqual([{ type: 'authorize', session: 'corp' }]);
  });

  it('leads to the options page', async () => {
    const { worker, button } = await open(viewState());
    await button('Add a session').click();
    await button('Options').click();
    expect(await worker.optionsOpened()).toBe(2);
  });

  it('says that there is no network, and starts no sign-in then', async () => {
    const { page, worker, button } = await open(one(expired));
    await button('Authorize CLI').waitFor();
    await page.context().setOffline(true);
    await page.getByText('You are offline.').waitFor();
    await button('Authorize CLI').click({ force: true });
    expect(await worker.requests()).toEqual([]);
    await page.context().setOffline(false);
    await page.getByText('You are offline.').waitFor({ state: 'detached' });
    await button('Authorize CLI').click();
    expect(await worker.requests()).toEqual([{ type: 'authorize', session: 'corp' }]);
  });

  it('signs out and removes only after it has asked, and the harmless answer has the focus', async () => {
    const lab = session('lab', { source: 'extension', status: status('valid', 3_600_000) });
    const { page, worker, button, focused } = await open(viewState({ sessions: [lab] }));
    await button('More for lab').click();
    expect(await focused()).toBe('Sign out');
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('Keep');
    await page.keyboard.press('Enter');
    expect(await worker.requests()).toEqual([]);
    await button('Remove').click();
    await button('Remove').click();
    await button('More for lab').click();
    await button('Sign out').click();
    await button('Sign out').click();
    expect(await worker.requests()).toEqual([
      { type: 'session.remove', session: 'lab' },
      { type: 'session.logout', session: 'lab' },
    ]);
  });

  it('goes through its views by arrow keys, and leads from a stopped sign-in to what to do', async () => {
    const { page, worker, focused } = await open(
      viewState({ sessions: [session('corp')], foreign: FOREIGN }),
    );
    await page.getByRole('tab', { name: 'Sessions' }).focus();
    await page.keyboard.press('End');
    expect(await focused()).toMatch(/^History/);
    await worker.push({ type: 'history', decisions: [FOREIGN] });
    await page.getByRole('button', { name: 'I have seen it' }).click();
    expect(await worker.requests()).toEqual([
      { type: 'history.watch' },
      { type: 'foreign.seen', id: FOREIGN.id },
    ]);
    await worker.sleep();
    await expect.poll(async () => (await worker.requests()).length).toBe(3);
    expect((await worker.requests()).at(-1)).toEqual({ type: 'history.watch' });
  });

  it('shows names as text', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const { page } = await open(viewState({ sessions: [session(name)] }));
    await page.getByRole('heading', { name }).waitFor();
    expect(await page.locator('img').count()).toBe(0);
  });
});
