import { expect, it } from 'vitest';
import { asked, LISTENER, REQUEST } from '../listeners.ts';
import { ALLOW } from '../stage/pages.ts';

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
  await ask(REQUEST.replace('state=s', 'state=s4'));
  await own.until(() => own.state().requests.length === 2);
  expect(own.browser.areas.local?.['programs.trusted']).toEqual(['/usr/bin/granted']);
});

it('a program that nobody knows is asked about: yes, once', async () => {
  const { own, ask, question } = await asked({ ...LISTENER, tool: null });
  await own.dialog(question() ?? '').send({ approve: true, always: false });
  await own.until(() => own.request().phase === 'page');
  await ask(REQUEST.replace('state=s', 'state=s5'));
  await own.until(() => own.state().requests.at(-1).phase === 'asking');
  expect(own.browser.done.filter((one) => one.startsWith('open ask/'))).toHaveLength(2);
});

const UNKNOWN = { ...LISTENER, tool: null };
it.each<[string, (all: Awaited<ReturnType<typeof asked>>) => unknown, object[]]>([
  [
    'a "no"',
    ({ own, question }) => own.dialog(question() ?? '').send({ approve: false, always: true }),
    [{ act: 'declined', command: 'granted' }],
  ],
  [
    'a closed dialog',
    ({ own, tab }) => {
      own.browser.tabs.delete(tab.id + 1);
      own.api().tabs.onRemoved.tell(tab.id + 1);
    },
    [{ act: 'declined', command: 'granted' }],
  ],
  ['a closed page', ({ own, tab }) => own.api().tabs.onRemoved.tell(tab.id), []],
  [
    'another request of the same tab',
    ({ own, tab }) =>
      own
        .api()
        .webRequest.onBeforeRequest.tell({ tabId: tab.id, url: REQUEST.replace('state=s', 'state=x') }),
    [{ reason: 'opened-by-page' }],
  ],
  ['a minute too many', ({ own }) => own.pass(121_000), []],
])('%s ends the question, and nothing is approved', async (_name, happens, logged) => {
  const all = await asked(UNKNOWN);
  const { own, question, log, tab } = all;
  await happens(all);
  await own.pass(50);
  await own.dialog(question() ?? '').send({ approve: true, always: true });
  await own.pass(50);
  expect(own.request()).toMatchObject({ phase: 'ended', ending: { how: 'failed' } });
  expect(own.state().authorizations).toEqual([]);
  expect(own.browser.tabs.has(tab.id + 1)).toBe(false);
  expect(own.browser.areas.local).not.toHaveProperty('programs.trusted');
  expect(log()).toMatchObject(logged);
});

it('the question outlives the background', async () => {
  const { own, tab, question } = await asked(UNKNOWN);
  await own.restart();
  await own.dialog(question() ?? '').send({ approve: true });
  await own.until(() => own.request().phase === 'page');
  expect(own.state().authorizations).toMatchObject([{ tabId: tab.id, requested: REQUEST }]);
});

it('who listens now has to be who was asked about', async () => {
  const { own, log, question } = await asked(UNKNOWN);
  own.answers['listener.who'] = () => ({ listener: { ...LISTENER, asker: { ...LISTENER.asker, pid: 10 } } });
  await own.dialog(question() ?? '').send({ approve: true });
  await own.pass(50);
  expect(own.request().phase).toBe('ended');
  expect(own.state().authorizations).toEqual([]);
  expect(log()).toMatchObject([{ act: 'left', reason: 'taken-over' }]);
});

const THEIRS = REQUEST.replace('state=s', 'state=theirs');
const THEIR_CONSENT = 'https://corp.awsapps.com/start/#/?clientId=c&clientType=public&orchestratorId=o2';

it('another request of the same tab while it is looked who listens now: neither is approved', async () => {
  const { own, tab, question } = await asked(UNKNOWN);
  let letGo = (): void => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  own.answers['listener.who'] = () => held.then(() => ({ listener: UNKNOWN }));
  await own.dialog(question() ?? '').send({ approve: true });
  await own.until(() => own.request().phase === 'starting');
  own.api().webRequest.onBeforeRequest.tell({ tabId: tab.id, url: THEIRS });
  await own.pass(50);
  letGo();
  await own.go(tab.id, THEIR_CONSENT);
  expect(await own.over(own.report(tab.id, ALLOW))).not.toMatchObject({ do: 'press' });
  expect(own.state().requests).toMatchObject([{ phase: 'ended', ending: { how: 'failed' } }]);
  expect(own.state().authorizations).toEqual([]);
});

it('ten questions at once, and no more', async () => {
  const { own, ask } = await asked(UNKNOWN);
  for (let index = 0; index < 10; index++) await ask(REQUEST.replace('state=s', `state=n${index}`));
  expect(own.state().requests).toHaveLength(10);
});
