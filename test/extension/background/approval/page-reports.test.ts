import { expect, it } from 'vitest';
import { KNOWN } from '../stage/host.ts';
import { NOTHING } from '../stage/pages.ts';
import { stage } from '../stage.ts';

it('a page that awsher does not know is named in the log once, and told for a report while it is open', async () => {
  const own = await stage();
  const view = own.view();
  const { tabId } = await own.toPage();
  await own.until(() => own.request().step === 'click-needed');
  await own.until(() => view.state()?.sessions[0]?.attempt?.pageReport);
  expect(view.state()?.sessions[0]?.attempt?.pageReport).toContain('corp.awsapps.com');
  expect(view.state()?.sessions[0]?.attempt?.pageReport).not.toContain('ABCD');
  expect(own.browser.told).toContainEqual({ tabId, message: { do: 'outline' } });
  expect(own.browser.areas.local?.decisions).toMatchObject([
    { act: 'left', reason: 'unknown-page', codeEnd: 'GH' },
  ]);
  own.browser.tabs.delete(tabId);
  own.api().tabs.onRemoved.tell(tabId);
  await own.pass(200);
  expect(view.state()?.sessions[0]?.attempt?.pageReport ?? null).toBeNull();
});

it.each([
  ['its shape, where the page tells it', ['main', 'h1'], 'main\nh1'],
  ['none, where it tells something else', { main: 'h1' }, 'awsher may not see this page'],
])(
  'a report has %s, and the view hears of it at once; it goes with the sign-in',
  async (_name, told, words) => {
    const own = await stage({ host: { 'sessions.list': () => ({ sessions: [KNOWN] }) } });
    const view = own.view();
    let tell = (_outline: unknown): void => {};
    own.api().tabs.sendMessage = (_tab, message) =>
      message.do === 'outline'
        ? new Promise<never>((resolve) => {
            tell = resolve as typeof tell;
          })
        : Promise.resolve(undefined);
    await own.toPage();
    await own.until(() => own.request().step === 'click-needed');
    await own.pass(300);
    const report = () => view.state()?.sessions[0]?.attempt?.pageReport;
    expect(report()).toBeNull();
    tell(told);
    await own.pass(50);
    expect(report()).toContain(words);
    own.awsAnswers.CreateTokenCommand = () => {
      throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    };
    await own.until(() => own.request().phase === 'ended');
    await own.pass(200);
    expect(view.state()?.sessions[0]?.attempt).toMatchObject({
      pageReport: null,
      error: { code: 'SIGN_IN_DENIED' },
    });
  },
);

it('it is named once, however often the sign-in comes back to the person', async () => {
  const own = await stage();
  const { tabId } = await own.toPage();
  await own.until(() => own.request().step === 'click-needed');
  expect(await own.over(own.report(tabId))).toMatchObject({ do: 'press' });
  await own.report(tabId, { ...NOTHING, error: true });
  await own.until(() => own.request().step === 'click-needed');
  await own.pass(200);
  const named = Object(own.browser.areas.local?.decisions).filter(
    ({ reason }: { reason: string }) => reason === 'unknown-page',
  );
  expect(named).toHaveLength(1);
});

it('nothing of a private window is kept', async () => {
  const own = await stage();
  const { tabId } = await own.toPage();
  Object(own.browser.tabs.get(tabId)).incognito = true;
  await own.until(() => own.request().step === 'click-needed');
  await own.pass(100);
  expect(own.browser.areas.local?.decisions).toBeUndefined();
});

it('of a page that the browser does not name, it is the one that AWS named', async () => {
  const start = {
    deviceCode: 'd',
    userCode: 'ABCD-EFGH',
    verificationUri: 'https://other.example/device',
    expiresIn: 600,
    interval: 1,
  };
  const own = await stage({
    aws: { StartDeviceAuthorizationCommand: () => start },
    missing: ['https://other.example/*'],
  });
  const { create } = own.api().tabs;
  own.api().tabs.create = async (what) => {
    const tab = await create(what);
    delete tab.url;
    return tab;
  };
  await own.toPage();
  await own.until(() => own.browser.areas.local?.decisions);
  expect(own.browser.areas.local?.decisions).toMatchObject([
    { reason: 'unknown-page', host: 'other.example/device' },
  ]);
});
