import { expect, it } from 'vitest';
import { stage } from '../stage.ts';

const RESPONSE = 'PHNhbWw+c2VjcmV0PC9zYW1sPg==';

const asker = { command: 'awsher saml login', pid: 1, parents: [] };
const IDP = 'https://idp.example.com/start';
type Own = Awaited<ReturnType<typeof stage>>;
const start = (own: Own, more: object = {}) =>
  own
    .host()
    .call('saml.start', { participant: 't1', name: 'adfs', url: IDP, asker, ...more } as never)
    .then(
      (end) => Object(end),
      ({ code }: { code: string }) => ({ code }),
    );
const post = (own: Own, tabId: number, more: object = {}) =>
  own.api().webRequest.onBeforeRequest.tell({
    tabId,
    frameId: 0,
    method: 'POST',
    url: 'https://signin.aws.amazon.com/saml?x=1',
    requestBody: { formData: { SAMLResponse: [RESPONSE] } },
    ...more,
  });

it('the one response of its tab goes to the command that asked, the listener is gone, the tab closes', async () => {
  const own = await stage();
  const heard = own.api().webRequest.onBeforeRequest.heard();
  const end = start(own);
  await own.until(() => own.request()?.tabId);
  const { tabId } = own.request();
  expect(own.browser.tabs.get(tabId)?.url).toBe(IDP);
  expect(own.api().webRequest.onBeforeRequest.heard()).toBe(heard + 1);
  post(own, 99);
  post(own, tabId, { frameId: 1 });
  post(own, tabId, { method: 'GET', requestBody: undefined });
  await own.pass(20);
  expect(own.request().phase).toBe('page');
  post(own, tabId);
  const { response, postedTo } = await own.over(end);
  expect([response.expose(), postedTo]).toEqual([RESPONSE, 'https://signin.aws.amazon.com/saml']);
  await own.pass(20);
  expect(own.api().webRequest.onBeforeRequest.heard()).toBe(heard);
  expect(own.browser.tabs.has(tabId)).toBe(false);
  expect(JSON.stringify(own.browser.areas)).not.toContain(RESPONSE);
});

it('a response that comes before the browser has told of the tab is not lost', async () => {
  const own = await stage();
  const before = own.browser.open('https://signin.aws.amazon.com/');
  const { create } = own.api().tabs;
  own.api().tabs.create = async (what) => {
    const tab = await create(what);
    // Of a tab that was there before, and of another new one: not ours.
    post(own, before.id, { requestBody: { formData: { SAMLResponse: ['dGhlaXJz'] } } });
    post(own, tab.id + 1, { requestBody: { formData: { SAMLResponse: ['dGhlaXJz'] } } });
    post(own, tab.id);
    return tab;
  };
  const { response, browser } = await own.over(start(own));
  expect([response.expose(), browser]).toEqual([RESPONSE, 'chromium']);
});

it('a response that is on its way to the first listener, when the browser learns of the second, is not lost', async () => {
  const own = await stage();
  const { onBeforeRequest } = own.api().webRequest;
  const { addListener } = onBeforeRequest;
  const { query } = own.api().tabs;
  let tabId = 0;
  // The browser has sent the post to whoever had asked for posts by then, and tells it before it answers anything more.
  onBeforeRequest.addListener = (listener, filter?: { tabId?: number }) => {
    tabId = filter?.tabId ?? 0;
    if (!tabId) addListener(listener);
  };
  own.api().tabs.query = async () => {
    if (tabId) post(own, tabId);
    return query();
  };
  const { response } = await own.over(start(own));
  expect(response.expose()).toBe(RESPONSE);
});

it('given up while its tab is on its way: the tab goes, and no listener is left', async () => {
  const own = await stage();
  const heard = own.api().webRequest.onBeforeRequest.heard();
  const { create } = own.api().tabs;
  own.api().tabs.create = async (what) => {
    const tab = await create(what);
    post(own, tab.id);
    own.endHost();
    return tab;
  };
  void start(own);
  await own.until(() => own.request()?.phase === 'ended');
  await own.pass(50);
  expect(own.request().ending.how).toBe('failed');
  expect(own.browser.tabs.size).toBe(0);
  expect(own.api().webRequest.onBeforeRequest.heard()).toBe(heard);
});

it('one at a time, and only by https', async () => {
  const own = await stage();
  expect(await own.over(start(own, { url: 'http://idp.example.com/' }))).toEqual({ code: 'USAGE' });
  void start(own);
  await own.until(() => own.request()?.tabId);
  expect(await own.over(start(own, { participant: 't2' }))).toEqual({ code: 'SAML_BUSY' });
});

it('a tab that cannot be opened leaves no listener behind', async () => {
  const own = await stage();
  const heard = own.api().webRequest.onBeforeRequest.heard();
  own.api().tabs.create = async () => {
    throw new Error('no');
  };
  expect(await own.over(start(own))).toEqual({ code: 'INTERNAL' });
  expect(own.api().webRequest.onBeforeRequest.heard()).toBe(heard);
});

it('a response that is too large is refused', async () => {
  const own = await stage();
  const end = start(own);
  await own.until(() => own.request()?.tabId);
  post(own, own.request().tabId, { requestBody: { formData: { SAMLResponse: ['x'.repeat(5_000_000)] } } });
  expect(await own.over(end)).toMatchObject({ code: expect.stringMatching(/^SAML_/) });
});
