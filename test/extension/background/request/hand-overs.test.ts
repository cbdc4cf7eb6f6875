import { expect, it } from 'vitest';
import { AUTHORIZE_PAGE, DEVICE_PAGE, SHOWN } from '../stage/pages.ts';
import { stage } from '../stage.ts';

const asker = { command: 'aws sso login', pid: 9, parents: [] };
const codeOf = (error: { code: string }) => error.code;
type Own = Awaited<ReturnType<typeof stage>>;
const take = (own: Own, url: string, more: object = {}) =>
  own.over(
    own
      .host()
      .call('handover.open', { url, asker, silent: true, ...more } as never)
      .then(() => 'taken', codeOf),
  );
const open = (own: Own) => own.state().requests.filter(({ phase }: { phase: string }) => phase !== 'ended');

it('is in storage when it is answered; the same again is in hand already', async () => {
  const own = await stage();
  expect(await take(own, DEVICE_PAGE)).toBe('taken');
  expect(open(own)).toHaveLength(1);
  expect(await take(own, DEVICE_PAGE)).toBe('taken');
  expect(open(own)).toHaveLength(1);
});

it.each([
  ['no approval page', 'https://evil.example/#/device?user_code=ABCD-EFGH', 'PROTOCOL_MESSAGE'],
  ['a code that is known, at another address', DEVICE_PAGE.replace('corp', 'other'), 'SIGN_IN_FAILED'],
])('%s is refused', async (_name, url, code) => {
  const own = await stage();
  await take(own, DEVICE_PAGE);
  await own.until(() => own.state().book.length > 0);
  expect(await take(own, url)).toBe(code);
  expect(open(own)).toHaveLength(1);
});

it('ten at once, and no more', async () => {
  const own = await stage();
  const url = (index: number) => AUTHORIZE_PAGE.replace('state=s', `state=s${index}`);
  for (let index = 0; index < 10; index++) expect(await take(own, url(index))).toBe('taken');
  expect(await take(own, url(10))).toBe('SIGN_IN_FAILED');
});

it('where device codes are turned off its page opens for the person, with nothing in hand', async () => {
  const own = await stage({ host: { 'settings.read': () => ({ noDeviceCodes: true, sessions: [] }) } });
  expect(await take(own, DEVICE_PAGE)).toBe('taken');
  expect(own.browser.done).toContain(`open ${DEVICE_PAGE}`);
  expect(own.state().requests ?? []).toEqual([]);
  expect(await take(own, AUTHORIZE_PAGE)).toBe('taken');
  expect(open(own)).toMatchObject([{ subject: { grant: 'authorization' } }]);
});

it('without a known command, or with a reason, the person is asked first', async () => {
  for (const [more, because] of [
    [{ silent: false }, 'unknown-program'],
    [{ askBecause: 'endpoint-override' }, 'endpoint-override'],
  ] as const) {
    const own = await stage();
    await take(own, DEVICE_PAGE, more);
    await own.until(() => own.request().phase === 'asking');
    expect(own.request().subject.askBecause).toBe(because);
  }
});

it('the address that the browser asked for in its tab is noted', async () => {
  const own = await stage();
  await take(own, AUTHORIZE_PAGE);
  await own.until(() => own.request()?.tabId);
  own.api().webRequest.onBeforeRequest.tell({ tabId: own.request().tabId, url: AUTHORIZE_PAGE });
  own.api().webRequest.onBeforeRequest.tell({ tabId: 99, url: AUTHORIZE_PAGE });
  await own.until(() => own.state().authorizations[0]?.requested === AUTHORIZE_PAGE);
});

it("a page that is a running command's is approved in the person's own tab, which stays", async () => {
  const own = await stage({
    // Two, so that the other tab's word is not refused for want of a command.
    host: {
      'signins.running': () => ({
        commands: [9, 10].map((pid) => ({ command: 'aws sso login', pid, startedAt: 0 })),
      }),
    },
  });
  const compared = async () => {
    const tab = own.browser.open(DEVICE_PAGE);
    await own.over(own.report(tab.id));
    await own.pass(100);
    const notice = Object(await own.over(own.report(tab.id)));
    expect(notice).toMatchObject({ state: 'compare' });
    const choice = { type: 'notice.choice', notice: notice.id, choice: 'match', reading: SHOWN } as const;
    return { tab, match: () => own.over(own.say(tab.id, choice)) };
  };
  const [one, other] = [await compared(), await compared()];
  expect(await one.match()).toEqual({ do: 'withdraw-notice' });
  expect(own.request().subject).toMatchObject({ kind: 'hand-over', personsTab: one.tab.id });
  await other.match();
  expect(open(own)).toHaveLength(1);
});

it.each([
  ['denies it', 'error=access_denied', 'failed'],
  ['allows it', 'code=0', 'approved'],
])('is over as soon as the person %s by hand; the tab stays theirs', async (_name, answer, how) => {
  const own = await stage();
  await take(own, AUTHORIZE_PAGE);
  await own.until(() => own.request()?.tabId);
  const { tabId } = own.request();
  await own.say(tabId, { type: 'page.left', to: `http://127.0.0.1:7777/oauth/callback?${answer}&state=s` });
  await own.until(() => own.request().phase === 'ended');
  expect(own.request().ending.how).toBe(how);
  expect(own.browser.tabs.has(tabId)).toBe(true);
});
