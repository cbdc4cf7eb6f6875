import { describe, expect, it } from 'vitest';
import { KNOWN } from '../stage/host.ts';
import { AUTHORIZE_PAGE } from '../stage/pages.ts';
import { stage } from '../stage.ts';

const HOST = {
  'sessions.list': () => ({ sessions: [KNOWN] }),
  'session.logout': () => ({ removed: true, warning: null }),
  'session.region': () => ({ region: 'eu-west-1' }),
  'session.edit': () => ({ region: 'eu-west-1' }),
  'settings.change': () => ({}),
  'doctor.run': () => ({ checks: [] }),
};
async function opened(host: object = {}, more: object = {}) {
  const own = await stage({ host: { ...HOST, ...host }, ...more });
  const view = own.view();
  await own.until(() => view.state()?.sessions.length);
  return { own, view };
}

describe('what a view may ask', () => {
  it('a sign-in of a session that is there, by the popup; of another one not', async () => {
    const { own, view } = await opened();
    await view.send({ type: 'authorize', session: 'corp' });
    await own.until(() => own.request()?.phase === 'page');
    expect(own.request()).toMatchObject({
      participants: ['popup'],
      asks: 'no-more',
      asker: { command: 'the popup' },
    });
    await view.send({ type: 'authorize', session: 'gone' });
    await own.until(() => view.got.some(({ type }) => type === 'refused'));
    expect(view.got.find(({ type }) => type === 'refused')).toMatchObject({
      error: { code: 'SESSION_UNKNOWN' },
    });
  });

  it('to show it, to go the other way, to give it up, and to take its end off the screen', async () => {
    const { own, view } = await opened();
    const { tabId } = await own.toPage();
    await view.send({ type: 'show', session: 'corp' });
    await own.until(() => own.browser.done.includes(`front ${tabId}`));
    await view.send({ type: 'other-way', session: 'corp' });
    await own.until(() => own.request().proof);
    await view.send({ type: 'cancel', session: 'corp' });
    await own.until(() => own.request().phase === 'ended');
    await view.send({ type: 'dismiss', session: 'corp' });
    expect(own.state().requests).toEqual([]);
  });

  it('no to a question about a hand-over: its dialog goes, and the log says so', async () => {
    const { own, view } = await opened();
    const asker = { command: 'company-login', pid: 9, parents: [] };
    await own.over(own.host().call('handover.open', { url: AUTHORIZE_PAGE, asker, silent: false }));
    await own.until(() => own.request()?.tabId && view.state()?.pending.length);
    const { id, tabId } = own.request();
    expect(view.state()?.pending).toMatchObject([{ id, phase: 'asking', asker }]);
    await view.send({ type: 'pending.cancel', id });
    await own.until(() => own.request().phase === 'ended');
    expect(own.browser.tabs.has(tabId)).toBe(false);
    await own.until(() => own.browser.areas.local?.decisions);
    expect(own.browser.areas.local?.decisions).toMatchObject([{ act: 'declined' }]);
  });

  it('the same of a hand-over', async () => {
    const { own, view } = await opened();
    const asker = { command: 'aws sso login', pid: 9, parents: [] };
    const url = 'https://corp.awsapps.com/start/#/device?user_code=ABCD-EFGH';
    await own.over(own.host().call('handover.open', { url, asker, silent: true }));
    await own.until(() => own.request()?.tabId && view.state()?.pending.length);
    const { id, tabId } = own.request();
    expect(view.state()?.pending).toMatchObject([{ id, kind: 'device', phase: 'page' }]);
    await view.send({ type: 'pending.show', id });
    await own.until(() => own.browser.done.includes(`front ${tabId}`));
    await view.send({ type: 'pending.cancel', id });
    await own.until(() => own.request().phase === 'ended');
  });

  it.each([
    ['signing out', { type: 'session.logout', session: 'corp' }, 'session.logout', { session: 'corp' }],
    [
      'the right region, and again',
      { type: 'session.region', session: 'corp' },
      'session.region',
      { session: 'corp' },
    ],
    [
      'another address in the config',
      {
        type: 'session.edit',
        was: 'corp',
        session: 'other',
        startUrl: 'https://x.awsapps.com/start',
        region: null,
      },
      'session.edit',
      { session: 'corp', startUrl: 'https://x.awsapps.com/start', region: null },
    ],
    [
      'settings of a session',
      { type: 'session.settings', session: 'corp', settings: { flow: 'pkce' } },
      'settings.change',
      { sessions: [{ session: 'corp', flow: 'pkce' }] },
    ],
    [
      'no device codes',
      { type: 'settings.change', settings: { noDeviceCodes: true } },
      'settings.change',
      { noDeviceCodes: true },
    ],
    ['the checks', { type: 'doctor.run', fix: true }, 'doctor.run', { fix: true }],
  ])('%s, of the host', async (_name, request, method, params) => {
    const { own, view } = await opened();
    await view.send(request);
    await own.until(() => own.called.includes(method));
    expect(own.asked(method)).toEqual([params]);
    await own.pass(100);
    expect(view.got.filter(({ type }) => type === 'refused')).toEqual([]);
    if (request.type === 'session.region') expect(own.request()?.subject.kind).toBe('sign-in');
    if (request.type === 'doctor.run')
      expect(view.got).toContainEqual({ type: 'doctor', checks: [], error: null });
  });

  it('what signing out leaves behind is said; a host that cannot check says why', async () => {
    const { own, view } = await opened({
      'session.logout': () => ({ removed: true, warning: 'It is away.' }),
      'doctor.run': () => Promise.reject(new Error('no')),
    });
    await view.send({ type: 'session.logout', session: 'corp' });
    await own.until(() =>
      view.got.some((one) => one.type === 'refused' && one.error.message === 'It is away.'),
    );
    await view.send({ type: 'doctor.run' });
    await own.until(() => view.got.some((one) => one.type === 'doctor' && one.error !== null));
  });

  it('settings of its own, all of them one after the other, and a new label goes to the host', async () => {
    const { own, view } = await opened();
    const hellos = () => own.asked('hello').map(({ label }) => label);
    void view.send({ type: 'settings.change', settings: { label: 'work' } });
    await view.send({ type: 'settings.change', settings: { watch: true } });
    await own.until(() => view.state()?.settings.watch);
    expect(view.state()?.settings).toMatchObject({ label: 'work', watch: true });
    await own.until(() => hellos().length > 1);
    expect(hellos()).toEqual(['', 'work']);
  });

  it('sessions of its own, added, changed and taken away', async () => {
    const { own, view } = await opened();
    const added = { session: 'dev', startUrl: 'https://dev.awsapps.com/start', region: 'us-east-1' };
    const names = () =>
      view
        .state()
        ?.sessions.map(({ target }) => target.session)
        .join();
    await view.send({ type: 'session.add', ...added });
    await own.until(() => names() === 'corp,dev');
    await view.send({ type: 'session.edit', was: 'dev', ...added, session: 'lab' });
    await own.until(() => names() === 'corp,lab');
    await view.send({ type: 'session.remove', session: 'lab' });
    await own.until(() => names() === 'corp');
  });

  it('the log, now and with every change, and that it was seen', async () => {
    const decision = {
      id: 3,
      at: 1_900_000_000_000,
      kind: 'foreign',
      session: null,
      codeEnd: '45',
      command: null,
      host: 'corp.awsapps.com',
      act: 'warned',
      reason: 'foreign-code',
    };
    const { own, view } = await opened({}, { local: { decisions: [decision] } });
    await own.until(() => view.state()?.foreign);
    await view.send({ type: 'history.watch' });
    await own.until(() => view.got.some((one) => one.type === 'history' && one.decisions.length === 1));
    await view.send({ type: 'foreign.seen', id: 3 });
    await own.until(() => view.state()?.foreign === null);
  });

  it('to look for the host at once', async () => {
    const own = await stage({ hostMissing: true });
    const view = own.view();
    await own.until(() => view.state()?.host.state === 'unavailable');
    await own.pass(20_000);
    const before = own.connects();
    await view.send({ type: 'host.retry' });
    await own.pass(0);
    expect(own.connects()).toBe(before + 1);
    // And the pauses are short again.
    await own.pass(2_000);
    expect(own.connects()).toBe(before + 3);
  });

  it('nothing else', async () => {
    const { own, view } = await opened();
    const before = own.called.length;
    await view.send({ type: 'token.store' });
    await own.pass(200);
    expect(own.called.length).toBe(before);
    expect(view.got.filter(({ type }) => type === 'refused')).toEqual([]);
  });
});

it('a view that closes hears nothing more', async () => {
  const { own, view } = await opened();
  view.close();
  await own.pass(100);
  const before = view.got.length;
  await own.toPage();
  expect(view.got.length).toBe(before);
  expect(Object(own.browser.areas.session?.lastState ?? own.browser.areas.session)).not.toEqual({});
});

it('the host tells of a change in ~/.aws: it is asked again', async () => {
  const { own, view } = await opened();
  own.answers['sessions.list'] = () => ({ sessions: [] });
  own.host().notify('sessions.changed', {});
  await own.until(() => view.state()?.sessions.length === 0);
});

it("an administrator's other label goes to the host", async () => {
  const { own } = await opened();
  Object.assign(own.browser.areas.managed ?? {}, { label: 'given' });
  own.api().storage.onChanged.tell({}, 'managed');
  await own.until(() => own.asked('hello').some(({ label }) => label === 'given'));
});
