import { expect, it } from 'vitest';
import { asked, LISTENER, REQUEST } from '../listeners.ts';
import { stage } from '../stage.ts';

it('a known tool that listens for its own answer is approved in its tab', async () => {
  const { own, tab } = await asked(LISTENER);
  expect(own.request()).toMatchObject({
    subject: { kind: 'hand-over', personsTab: tab.id },
    asker: { command: 'granted' },
  });
  expect(own.asked('listener.who')).toEqual([{ port: 45555 }]);
});

it.each([
  ['nobody listens', null, {}, []],
  ['a page asked', LISTENER, { byPage: true }, [{ act: 'left', reason: 'opened-by-page' }]],
  ['another user', { ...LISTENER, own: false }, {}, [{ act: 'left', reason: 'other-user' }]],
  ['it is no request', LISTENER, { url: 'https://oidc.us-east-1.amazonaws.com/authorize?x=1' }, []],
])('nothing is approved where %s', async (_name, listener, how, logged) => {
  const { own, log } = await asked(listener, how);
  expect(own.request()).toBeUndefined();
  expect(log()).toMatchObject(logged);
});

it('the same request a second time was taken from somewhere; a host that is gone knows nobody', async () => {
  const { own, ask, log } = await asked(null);
  own.answers['listener.who'] = () => ({ listener: LISTENER });
  await ask();
  expect(own.request()).toBeUndefined();
  expect(log()).toMatchObject([{ reason: 'seen-before' }]);
  own.answers['listener.who'] = () => {
    throw new Error('gone');
  };
  await ask(REQUEST.replace('state=s', 'state=s2'));
  expect(own.request()).toBeUndefined();
});

it('the same request in two tabs at once is approved in one at most', async () => {
  const { own, tab } = await asked(null);
  own.answers['listener.who'] = () => ({ listener: LISTENER });
  const url = REQUEST.replace('state=s', 'state=s4');
  const tabs = [tab, own.browser.open(url)];
  const { session } = own.api().storage;
  const get = session.get.bind(session);
  session.get = async (key) => {
    const kept = await get(key);
    await new Promise((resolve) => setTimeout(resolve, 10));
    return kept;
  };
  for (const { id } of tabs) own.api().tabs.onCreated.tell({ id, pendingUrl: url });
  for (const { id } of tabs) own.api().webRequest.onBeforeRequest.tell({ tabId: id, url });
  await own.pass(100);
  expect(own.state().requests).toHaveLength(1);
});

it('a tab that goes on to another request while the host looks is not approved', async () => {
  const { own, ask, log } = await asked(null);
  let letGo = (): void => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  own.answers['listener.who'] = () => held.then(() => ({ listener: LISTENER }));
  const { id: tabId } = await ask(REQUEST.replace('state=s', 'state=s5'));
  own.api().webRequest.onBeforeRequest.tell({ tabId, url: REQUEST.replace('state=s', 'state=theirs') });
  await own.pass(50);
  letGo();
  await own.pass(100);
  expect(own.request()).toBeUndefined();
  expect(log()).toMatchObject([{ reason: 'opened-by-page' }]);
});

it('a private window is left alone', async () => {
  const { own, ask } = await asked(null);
  own.answers['listener.who'] = () => ({ listener: LISTENER });
  const { open } = own.browser;
  own.browser.open = (url) => Object.assign(open(url), { incognito: true });
  await ask(REQUEST.replace('state=s', 'state=s3'));
  expect(own.request()).toBeUndefined();
});

it('what awsher opened itself is no news', async () => {
  const own = await stage();
  await own.host().call('handover.open', { url: REQUEST, asker: LISTENER.asker, silent: true });
  await own.until(() => own.request()?.tabId);
  own.api().webRequest.onBeforeRequest.tell({ tabId: own.request().tabId, url: REQUEST });
  await own.pass(50);
  expect(own.called).not.toContain('listener.who');
  expect(own.state().authorizations).toMatchObject([{ requested: REQUEST }]);
});
