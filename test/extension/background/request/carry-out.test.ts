import { describe, expect, it } from 'vitest';
import { AUTHORIZE_PAGE, DEVICE_PAGE } from '../stage/pages.ts';
import { stage } from '../stage.ts';

const ASKER = { command: 'aws sso login', pid: 9, parents: [] };
const handOver = (url: string, more: object = {}) => ({ url, asker: ASKER, silent: true, ...more }) as never;

describe('effects of a sign-in', () => {
  it('with the setting, its own dialog comes first, and a "no" is in the log', async () => {
    const own = await stage({ local: { settings: { label: '', watch: false, ask: true } } });
    const end = own.signIn();
    await own.until(() => own.request()?.tabId);
    expect(own.browser.done).toContain(`open ask/ask.html#${own.request().id}`);
    await own.dialog(own.request().id).send({ approve: false });
    expect(await own.over(end)).toMatchObject({ code: 'SIGN_IN_CANCELLED' });
    await own.until(() => own.browser.areas.local?.decisions);
    expect(own.browser.areas.local?.decisions).toMatchObject([
      { act: 'declined', reason: 'declined-by-person', session: 'corp', host: 'corp.awsapps.com' },
    ]);
  });

  it('a permission that is missing is asked for, in front, and the sign-in goes on when it is given', async () => {
    const own = await stage();
    own.browser.missing.add('every host');
    void own.signIn();
    await own.until(() => own.browser.done.includes('open permission/permission.html'));
    await own.until(() => own.browser.done.includes(`front ${own.request().tabId}`));
    own.browser.missing.clear();
    own.api().permissions.onAdded.tell({ origins: [] });
    await own.until(() => own.request().phase === 'page');
  });

  it('a page on a host that awsher may not see is for the person', async () => {
    const own = await stage();
    own.awsAnswers.StartDeviceAuthorizationCommand = () => ({
      deviceCode: 'd',
      userCode: 'ABCD-EFGH',
      verificationUri: 'https://other.example/device',
      expiresIn: 600,
      interval: 1,
    });
    own.browser.missing.add('https://other.example/*');
    await own.toPage();
    await own.until(() => own.request().step === 'click-needed');
    expect(own.browser.done).toContain(`front ${own.request().tabId}`);
  });

  it('a page that rests where awsher may not see it comes to the front, once', async () => {
    const own = await stage();
    const { tabId } = await own.toPage();
    await own.go(tabId, undefined);
    await own.until(() => own.request().step === 'sign-in-needed');
    expect(own.browser.done.filter((one) => one === `front ${tabId}`)).toHaveLength(1);
  });

  it("an administrator's word of the session goes to the host, and before what the host says", async () => {
    const own = await stage({
      managed: {
        sessions: [
          {
            name: 'corp',
            start_url: 'https://corp.awsapps.com/start',
            region: 'us-east-1',
            endpoints: 'dual-stack',
            flow: 'pkce',
          },
        ],
      },
    });
    void own.signIn();
    await own.until(() => own.asked('portal.find').length > 0);
    await own.until(() => own.request().place);
    expect(own.asked('portal.find')).toMatchObject([{ endpoints: 'dual-stack' }]);
    expect(own.request().place).toMatchObject({ flow: 'pkce' });
  });

  it('what was being opened when the background died is found again', async () => {
    for (const [there, how] of [
      [true, 'page'],
      [false, 'ended'],
    ] as const) {
      const own = await stage();
      const { tabId } = await own.toPage();
      const { requests } = own.state();
      requests[0].tabId = null;
      if (!there) own.browser.tabs.delete(tabId);
      await own.restart();
      await own.until(() => own.request().phase === how || own.request().tabId !== null);
      if (there) expect(own.request().tabId).toBe(tabId);
      else expect(own.request().tabId === tabId).toBe(false);
    }
  });
});

describe('effects of a hand-over', () => {
  it('opens the page as it was handed over, in the book before it is there, and approves it', async () => {
    const own = await stage();
    await own.host().call('handover.open', handOver(DEVICE_PAGE));
    await own.until(() => own.request()?.tabId);
    expect(own.state().book).toMatchObject([
      { userCode: 'ABCD-EFGH', tabId: own.request().tabId, allowedAt: null },
    ]);
    own.browser.tabs.delete(own.request().tabId);
    own.api().tabs.onRemoved.tell(own.request().tabId);
    await own.until(() => own.request().phase === 'ended');
    expect(own.state().book).toMatchObject([{ allowedAt: expect.any(Number) }]);
  });

  it('the page of a PKCE request is read when it comes to the portal', async () => {
    const own = await stage();
    await own.host().call('handover.open', handOver(AUTHORIZE_PAGE));
    await own.until(() => own.request()?.tabId);
    await own.go(own.request().tabId, 'https://corp.awsapps.com/start/#/');
    await own.until(() => own.browser.told.some(({ message }) => message.do === 'look'));
    expect(own.state().authorizations).toMatchObject([{ tabId: own.request().tabId, state: 's' }]);
  });

  it('no agent signs in where the rule forbids it, and the log says so', async () => {
    const own = await stage({ managed: { agents: 'deny' } });
    const asker = { ...ASKER, agent: 'Claude Code' };
    await own.host().call('handover.open', handOver(DEVICE_PAGE, { asker }));
    await own.until(() => own.request()?.phase === 'ended');
    await own.until(() => own.browser.areas.local?.decisions);
    expect(own.browser.areas.local?.decisions).toMatchObject([
      { act: 'left', reason: 'agent-denied', kind: 'hand-over' },
    ]);
  });
});
