import { expect, it } from 'vitest';
import { AUTHORIZE_PAGE, stage } from '../stage.ts';

const LISTENER = {
  asker: { command: 'granted', pid: 9, parents: [] },
  executable: '/usr/bin/granted',
  trustable: true,
  tool: 'granted',
  own: true,
  loopback: true,
  alone: true,
  sameNetwork: true,
  since: null,
  agentDenied: false,
  endpointOverride: false,
};
const URL_ = AUTHORIZE_PAGE.replace('7777', '45555');

/** A tab is opened by a program of this computer and asks for the address. */
async function asked(listener: object | null, { url = URL_, byPage = false } = {}) {
  const own = await stage({ host: { 'listener.who': () => ({ listener }) } });
  const ask = async (address = url) => {
    const tab = own.browser.open(byPage ? '' : address);
    own.api().tabs.onCreated.tell({ id: tab.id, pendingUrl: byPage ? undefined : address });
    own.api().webRequest.onBeforeRequest.tell({ tabId: tab.id, url: address });
    await own.pass(100);
    return tab;
  };
  const tab = await ask();
  const log = () => Object(own.browser.areas.local?.decisions ?? []);
  const question = () => own.browser.done.findLast((one) => one.startsWith('open ask/'))?.split('#')[1];
  return { own, tab, ask, log, question };
}

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
  await ask(URL_.replace('state=s', 'state=s2'));
  expect(own.request()).toBeUndefined();
});

it('a private window is left alone', async () => {
  const { own, ask } = await asked(null);
  own.answers['listener.who'] = () => ({ listener: LISTENER });
  const { open } = own.browser;
  own.browser.open = (url) => Object.assign(open(url), { incognito: true });
  await ask(URL_.replace('state=s', 'state=s3'));
  expect(own.request()).toBeUndefined();
});

it('what awsher opened itself is no news', async () => {
  const own = await stage();
  await own.host().call('handover.open', { url: URL_, asker: LISTENER.asker, silent: true });
  await own.until(() => own.request()?.tabId);
  own.api().webRequest.onBeforeRequest.tell({ tabId: own.request().tabId, url: URL_ });
  await own.pass(50);
  expect(own.called).not.toContain('listener.who');
  expect(own.state().authorizations).toMatchObject([{ requested: URL_ }]);
});

it('a program that nobody knows is asked about: yes, always', async () => {
  const { own, ask, question } = await asked({ ...LISTENER, tool: null });
  const id = question() ?? '';
  const dialog = own.dialog(id);
  await own.pass(0);
  expect(dialog.got).toMatchObject([
    {
      question: {
        kind: 'authorization',
        askBecause: 'unknown-program',
        path: '/usr/bin/granted',
        mayTrust: true,
        port: 45555,
      },
    },
  ]);
  await dialog.send({ approve: true, always: true });
  await own.until(() => own.request());
  await ask(URL_.replace('state=s', 'state=s4'));
  await own.until(() => own.state().requests.length === 2);
  expect(own.browser.areas.local?.['programs.trusted']).toEqual(['/usr/bin/granted']);
});

it('a "no", a closed dialog and a minute too many approve nothing', async () => {
  const no = await asked({ ...LISTENER, tool: null });
  await no.own.dialog(no.question() ?? '').send({ approve: false });
  await no.own.pass(50);
  expect(no.log()).toMatchObject([{ act: 'declined', command: 'granted' }]);
  const closed = await asked({ ...LISTENER, tool: null });
  closed.own.api().tabs.onRemoved.tell(closed.tab.id + 1);
  await closed.own.pass(0);
  const late = await asked({ ...LISTENER, tool: null });
  await late.own.pass(121_000);
  for (const { own, question } of [no, closed, late]) {
    const dialog = own.dialog(question() ?? '');
    await dialog.send({ approve: true });
    await own.pass(50);
    expect(own.request()).toBeUndefined();
  }
});

it('who listens now has to be who was asked about', async () => {
  const { own, log, question } = await asked({ ...LISTENER, tool: null });
  own.answers['listener.who'] = () => ({ listener: { ...LISTENER, asker: { ...LISTENER.asker, pid: 10 } } });
  await own.dialog(question() ?? '').send({ approve: true });
  await own.pass(50);
  expect(own.request()).toBeUndefined();
  expect(log()).toMatchObject([{ reason: 'taken-over' }]);
});
