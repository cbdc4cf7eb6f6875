import { expect, it } from 'vitest';
import { KNOWN } from '../stage/host.ts';
import { AUTHORIZE_PAGE, DEVICE_PAGE } from '../stage/pages.ts';
import { stage } from '../stage.ts';

const asker = { command: 'granted', pid: 9, parents: [] };
const handed = { asker, askBecause: 'unknown-program' };
const RUNNING = { commands: [{ command: 'aws sso login', pid: 9, startedAt: 5 }] };

type Own = Awaited<ReturnType<typeof stage>>;

async function asked(url: string | null) {
  const own = await stage({
    local: { settings: { label: '', watch: false, ask: true } },
    host: { 'signins.running': () => RUNNING },
  });
  if (url === null) void own.signIn();
  else await own.over(own.host().call('handover.open', { url, asker, silent: false }));
  await own.until(() => own.request()?.phase === 'asking' && own.request().tabId);
  const dialog = own.dialog(own.request().id);
  await own.pass(50);
  return { own, dialog, last: () => dialog.got.at(-1)?.question };
}

it.each([
  ['a sign-in', null, { kind: 'sign-in', session: 'corp', hostname: 'corp.awsapps.com' }],
  [
    'a code',
    DEVICE_PAGE,
    {
      ...handed,
      kind: 'device',
      userCode: 'ABCD-EFGH',
      running: [{ command: 'aws sso login', startedAt: 5 }],
    },
  ],
  [
    'a PKCE request',
    AUTHORIZE_PAGE,
    { ...handed, kind: 'authorization', port: 7777, hostname: 'oidc.us-east-1.amazonaws.com' },
  ],
] as const)('asks about %s, and the word of the person counts', async (_name, url, question) => {
  const { own, dialog, last } = await asked(url);
  expect(last()).toMatchObject(question);
  await dialog.send({ approve: 'yes' });
  expect(own.request().phase).toBe('asking');
  await dialog.send({ approve: true });
  await own.until(() => own.request().phase === 'page');
});

it.each([
  [
    '"Not me"',
    (_own: Own, dialog: { send(answer: object): Promise<void> }) => dialog.send({ approve: false }),
  ],
  [
    'a closed dialog',
    async (own: Own) => {
      const { tabId } = own.request();
      own.browser.tabs.delete(tabId);
      own.api().tabs.onRemoved.tell(tabId);
    },
  ],
] as const)('%s opens nothing, and is in the log', async (_name, decline) => {
  for (const url of [null, DEVICE_PAGE, AUTHORIZE_PAGE]) {
    const { own, dialog } = await asked(url);
    await decline(own, dialog);
    await own.until(() => own.request().phase === 'ended');
    await own.until(() => own.browser.areas.local?.decisions);
    expect(own.browser.areas.local?.decisions).toMatchObject([
      { act: 'declined', reason: 'declined-by-person' },
    ]);
    expect(own.browser.done.filter((one) => one.startsWith('open https'))).toEqual([]);
    expect(own.called).not.toContain('StartDeviceAuthorizationCommand');
  }
});

it('whoever chose to be asked is asked about what a known command hands over, and about SAML, before any page; not about their own click', async () => {
  const local = { settings: { label: '', watch: false, ask: true } };
  for (const url of [DEVICE_PAGE, AUTHORIZE_PAGE]) {
    const own = await stage({ local });
    await own.over(own.host().call('handover.open', { url, asker, silent: true }));
    await own.until(() => own.request()?.phase === 'asking' && own.request().tabId);
    expect(own.request().subject.askBecause).toBeNull();
    expect(own.browser.done.filter((one) => one.startsWith('open https'))).toEqual([]);
  }
  for (const approve of [false, true]) {
    const own = await stage({ local });
    const url = 'https://idp.example.com/start';
    const end = own
      .host()
      .call('saml.start', { participant: 't1', name: 'adfs', url, asker })
      .catch(({ code }: { code: string }) => ({ code }));
    await own.until(() => own.request()?.phase === 'asking' && own.request().tabId);
    expect(own.browser.done).not.toContain(`open ${url}`);
    await own.dialog(own.request().id).send({ approve });
    if (approve) await own.until(() => own.browser.done.includes(`open ${url}`));
    else expect(await own.over(end)).toMatchObject({ code: 'SIGN_IN_CANCELLED' });
  }
  const own = await stage({ local, host: { 'sessions.list': () => ({ sessions: [KNOWN] }) } });
  const view = own.view();
  await own.until(() => view.state()?.sessions.length);
  await view.send({ type: 'authorize', session: 'corp' });
  await own.until(() => own.request()?.phase === 'page');
  expect(own.browser.done.filter((one) => one.startsWith('open ask/'))).toEqual([]);
});

it('there is nothing to ask of what is over, and a closed dialog hears nothing', async () => {
  const { own, dialog } = await asked(DEVICE_PAGE);
  await dialog.send({ approve: false });
  await own.until(() => own.request().phase === 'ended');
  const late = own.dialog(own.request().id);
  await own.pass(20);
  expect(late.got.at(-1)).toEqual({ question: null });
  const closed = own.dialog(own.request().id);
  await own.pass(0);
  closed.close();
  const before = closed.got.length;
  await own.pass(6_000);
  expect(closed.got.length).toBe(before);
});
