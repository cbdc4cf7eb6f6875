import { expect, it, vi } from 'vitest';
import { UNKNOWN_PAGE_MS } from '../../../shared/request/deadlines.ts';
import { ALLOW, CONSENT_PAGE, DEVICE_PAGE, NOTHING, SHOWN } from './stage/pages.ts';
import { stage } from './stage.ts';

// What happens to a sign-in on its way, and how it ends. What the command says of each end: test/shared/errors/errors.test.ts.

type Own = Awaited<ReturnType<typeof stage>>;

/** AWS answers the question for the token so, time after time; the last answer stays. */
function awsAnswers(own: Own, ...words: string[]): void {
  own.awsAnswers.CreateTokenCommand = () => {
    const word = (words.length > 1 ? words.shift() : words[0]) ?? '';
    if (word === 'token') return { accessToken: 'a', expiresIn: 3600 };
    throw Object.assign(word === 'no network' ? new TypeError('Failed to fetch') : new Error(word), {
      name: word === 'no network' ? 'TypeError' : word,
    });
  };
}
const questions = (own: Own) => own.asked('CreateTokenCommand').length;
const presses = (own: Own): string[] =>
  Object(own.browser.areas.local?.decisions ?? [])
    .map(({ act }: { act: string }) => act)
    .filter((act: string) => act.startsWith('pressed'));

/** The page that is shown is one that nobody knows, for so long that the person is asked. */
async function personIsAsked(own: Own, tabId: number): Promise<void> {
  await own.report(tabId, NOTHING);
  await own.pass(UNKNOWN_PAGE_MS);
  await own.until(() => own.request().step === 'click-needed');
  expect(own.browser.done).toContain(`front ${tabId}`);
}

it.each([
  ['denied on the page', 'AccessDeniedException', 'SIGN_IN_DENIED'],
  ['its code is over', 'ExpiredTokenException', 'CODE_EXPIRED'],
])('on a page that nobody knows the person decides; %s: AWS tells the end', async (_name, word, code) => {
  const own = await stage();
  const { tabId, end } = await own.toPage();
  await personIsAsked(own, tabId);
  expect(presses(own)).toEqual([]);
  awsAnswers(own, word);
  expect(await own.over(end)).toMatchObject({ code });
  expect(own.browser.tabs.has(tabId)).toBe(false);
});

it.each([
  ['at first', async () => {}],
  [
    'after our confirm',
    async (own: Own, tabId: number) => {
      expect(await own.report(tabId)).toMatchObject({ do: 'press', step: 'confirm' });
      await own.go(tabId, CONSENT_PAGE);
    },
  ],
  [
    'after the passkey',
    async (own: Own, tabId: number) => {
      await own.go(tabId, undefined);
      await own.until(() => own.request().step === 'sign-in-needed');
      await own.go(tabId, DEVICE_PAGE);
    },
  ],
])('a page that nobody knows, %s: the person approves it by hand', async (_name, come) => {
  const own = await stage();
  const { tabId, end } = await own.toPage();
  await come(own, tabId);
  const before = presses(own);
  await personIsAsked(own, tabId);
  awsAnswers(own, 'token');
  expect(await own.over(end)).toMatchObject({ browser: 'chromium' });
  expect(presses(own)).toEqual(before);
});

it('a portal that answers with an error: the person is asked, and once more makes it good', async () => {
  const own = await stage();
  const { tabId, end } = await own.toPage();
  await personIsAsked(own, tabId);
  await own.go(tabId, DEVICE_PAGE, 'loading');
  await own.go(tabId, DEVICE_PAGE);
  expect(await own.report(tabId, SHOWN)).toMatchObject({ do: 'press', step: 'confirm' });
  await own.go(tabId, CONSENT_PAGE);
  expect(await own.report(tabId, ALLOW)).toMatchObject({ do: 'press', step: 'allow' });
  awsAnswers(own, 'token');
  await own.report(tabId, { ...NOTHING, approved: true });
  expect(await own.over(end)).toMatchObject({ browser: 'chromium' });
});

it('an error of the portal after our allow: the person is asked, and it is not pressed again', async () => {
  const own = await stage();
  const { tabId, end } = await own.toPage();
  await own.report(tabId);
  await own.go(tabId, CONSENT_PAGE);
  const { nonce } = Object(await own.report(tabId, ALLOW));
  await own.say(tabId, { type: 'page.pressed', nonce, outcome: 'clicked' });
  await own.report(tabId, { ...NOTHING, error: true });
  await own.until(() => own.request().step === 'click-needed');
  expect(await own.report(tabId, ALLOW)).not.toMatchObject({ do: 'press' });
  expect(presses(own)).toHaveLength(2);
  awsAnswers(own, 'token');
  expect(await own.over(end)).toMatchObject({ browser: 'chromium' });
});

it("the page's error is not the end, AWS's word is", async () => {
  const own = await stage();
  const { tabId, end } = await own.toPage();
  await own.report(tabId, { ...NOTHING, error: true });
  await own.pass(60_000);
  expect(own.request().phase).toBe('page');
  awsAnswers(own, 'ExpiredTokenException');
  expect(await own.over(end)).toMatchObject({ code: 'CODE_EXPIRED' });
});

it('the lid is closed for an hour: no timer has fired, and the alarm ends it', async () => {
  const own = await stage();
  const { tabId, end } = await own.toPage();
  vi.setSystemTime(Date.now() + 3_600_000);
  own.api().alarms.onAlarm.tell({});
  await own.pass(50);
  expect(own.request().phase).toBe('ended');
  expect(await own.over(end)).toMatchObject({ code: 'CODE_EXPIRED' });
  expect(own.browser.tabs.has(tabId)).toBe(false);
});

it('the network goes and comes back while AWS is asked', async () => {
  const own = await stage();
  const { tabId, end } = await own.toPage();
  await personIsAsked(own, tabId);
  awsAnswers(own, 'no network', 'no network', 'no network', 'token');
  const before = questions(own);
  expect(await own.over(end)).toMatchObject({ browser: 'chromium' });
  expect(questions(own) - before).toBe(4);
});

it('the answer with the token is lost: the truth, and the next sign-in works', async () => {
  const own = await stage();
  const { tabId, end } = await own.toPage();
  awsAnswers(own, 'no network', 'InvalidGrantException');
  await own.report(tabId, { ...NOTHING, approved: true });
  expect(await own.over(end)).toEqual({
    code: 'SIGN_IN_FAILED',
    hint: 'run `awsher login corp` to start again',
  });
  awsAnswers(own, 'token');
  const again = own.signIn({ participant: 't2' });
  const next = () => own.state().requests.at(-1);
  await own.until(() => next().phase === 'page' && next().tabId !== null);
  await own.report(next().tabId, { ...NOTHING, approved: true });
  expect(await own.over(again)).toMatchObject({ browser: 'chromium' });
});
