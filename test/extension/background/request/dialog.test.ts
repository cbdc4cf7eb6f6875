import { expect, it } from 'vitest';
import { AUTHORIZE_PAGE, DEVICE_PAGE, stage } from '../stage.ts';

const asker = { command: 'granted', pid: 9, parents: [] };
const handed = { asker, askBecause: 'unknown-program' };
const RUNNING = { commands: [{ command: 'aws sso login', pid: 9, startedAt: 5 }] };

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
