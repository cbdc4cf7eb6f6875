import { expect, it } from 'vitest';
import { ALLOW, CONSENT_PAGE, DEVICE_PAGE, NOTHING } from '../stage/pages.ts';
import { stage } from '../stage.ts';

const decisions = (own: Awaited<ReturnType<typeof stage>>) =>
  Object(own.browser.areas.local?.decisions ?? []);
const ERROR = { ...NOTHING, error: true };

it('a press is spent and saved before it goes out, and is in the log', async () => {
  const own = await stage();
  const { tabId } = await own.toPage();
  const order = await own.report(tabId);
  expect(own.state().book).toMatchObject([{ confirmedAt: expect.any(Number), allowedAt: null }]);
  expect(own.state().tabs).toMatchObject([
    { tabId, vouchedCode: 'ABCD-EFGH', order: { nonce: Object(order).nonce, step: 'confirm' } },
  ]);
  expect(own.state().presses).toHaveLength(1);
  expect(decisions(own)).toMatchObject([{ act: 'pressed-confirm', session: 'corp' }]);
  // The same page again: it was pressed.
  expect(await own.report(tabId)).not.toMatchObject({ do: 'press' });
});

it('two reports at once give one press', async () => {
  const own = await stage();
  const { tabId } = await own.toPage();
  const orders = await own.over(Promise.all([own.report(tabId), own.report(tabId)]));
  expect(orders.map((order) => order?.do).sort()).toEqual(['press', 'watch']);
});

it('a press that did not happen gives the code back; an answer to another order changes nothing', async () => {
  const own = await stage();
  const { tabId } = await own.toPage();
  const { nonce } = Object(await own.report(tabId));
  const answer = (of: string, outcome: 'changed' | 'clicked') =>
    own.say(tabId, { type: 'page.pressed', nonce: of, outcome });
  expect(await answer('another', 'changed')).toEqual({ do: 'nothing' });
  expect(own.state().book[0].confirmedAt).not.toBeNull();
  expect(await answer(nonce, 'changed')).toEqual({ do: 'watch' });
  await own.pass(0);
  expect(own.state().book[0].confirmedAt).toBeNull();
  expect(await answer(nonce, 'clicked')).toEqual({ do: 'nothing' });
});

it('a page that fails is for the person', async () => {
  const own = await stage();
  const { tabId } = await own.toPage();
  expect(await own.report(tabId, ERROR)).toEqual({ do: 'watch' });
  expect(own.request().step).toBe('click-needed');
});

it('where the person clicks or signs in, the page says why', async () => {
  const own = await stage();
  const { tabId } = await own.toPage();
  await own.pass(9_000);
  expect(await own.report(tabId, NOTHING)).toMatchObject({ do: 'hint', line: 'hintPleaseClick' });
  const other = await stage();
  const { tabId: tab } = await other.toPage();
  await other.go(tab, undefined);
  await other.until(() => other.request().step === 'sign-in-needed');
  await other.go(tab, DEVICE_PAGE);
  expect(await other.report(tab, NOTHING)).toMatchObject({ do: 'hint', line: 'hintSignInGoesOn' });
});

it("a stranger's code gets its notice while nothing of it is in the book, and the alarm is logged; not of a private window", async () => {
  for (const incognito of [false, true]) {
    const own = await stage();
    const tab = own.browser.open('https://corp.awsapps.com/start/#/device?user_code=WXYZ-2345');
    tab.incognito = incognito;
    const report = () => own.over(own.report(tab.id, { shownCodes: ['WXYZ-2345'] }));
    expect(await report()).toMatchObject({ do: 'notice', code: 'WXYZ-2345', state: 'checking' });
    await own.pass(2_000);
    expect(await report()).toMatchObject({ do: 'notice', state: 'stranger' });
    await own.pass(0);
    expect(decisions(own)).toMatchObject(incognito ? [] : [{ act: 'warned', codeEnd: '45' }]);
  }
});

it("the consent page after our confirm is allowed; one that is another tab's is not", async () => {
  const own = await stage();
  const { tabId } = await own.toPage();
  await own.report(tabId);
  await own.go(tabId, CONSENT_PAGE);
  const other = own.browser.open(CONSENT_PAGE.replace('d1', 'd2'));
  expect(await own.over(own.report(other.id, ALLOW))).toMatchObject({ do: 'notice' });
  expect(await own.over(own.report(tabId, ALLOW))).toMatchObject({ do: 'press', step: 'allow' });
});

it('a page of nobody, and one that is no approval, are left alone', async () => {
  const own = await stage();
  const gone = own.browser.open('https://corp.awsapps.com/start/#/');
  expect(await own.over(own.report(gone.id, NOTHING))).toEqual({ do: 'nothing' });
  own.browser.tabs.delete(gone.id);
  expect(await own.over(own.report(gone.id, NOTHING))).toEqual({ do: 'nothing' });
});

it('a code that a command of this computer vouches for is shown to the person, and the log says so', async () => {
  const asker = { command: 'aws sso login', pid: 9, parents: [] };
  const own = await stage({ host: { 'vouch.find': () => ({ asker }) } });
  const tab = own.browser.open('https://corp.awsapps.com/start/#/device?user_code=WXYZ-2345');
  const report = () => own.over(own.report(tab.id, { shownCodes: ['WXYZ-2345'] }));
  expect(await report()).toMatchObject({ do: 'notice', state: 'checking' });
  await own.until(() => own.browser.told.some(({ tabId }) => tabId === tab.id));
  expect(await report()).toEqual({ do: 'withdraw-notice' });
  expect(own.asked('vouch.find')).toEqual([{ codeHash: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  expect(decisions(own)).toMatchObject([
    { act: 'left', reason: 'asked-by-command', command: 'aws sso login' },
  ]);
});

it('presses are counted for a minute', async () => {
  const own = await stage();
  const { tabId } = await own.toPage();
  await own.report(tabId);
  await own.pass(40_000);
  await own.go(tabId, CONSENT_PAGE);
  await own.over(own.report(tabId, ALLOW));
  expect(own.state().presses).toHaveLength(2);
});
