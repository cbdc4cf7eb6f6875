import { describe, expect, it, type TestContext } from 'vitest';
import { SIGN_IN_PAGES } from '../../shared/aws/host-permissions.ts';
import { foreignCode } from '../support/foreign-code.ts';
import { noticeIsOver } from '../support/notice.ts';
import { keptStage } from '../support/own-stage.ts';
import { agreeTo, allow } from '../support/permissions.ts';
import { sharedStage } from '../support/shared-stage.ts';
import type { Stage } from '../support/stage.ts';
import { until } from '../support/until.ts';

/** AWS compares codes on its sign-in host, as it was seen in September 2026. */
const there = { verification: 'sign-in-host', completeAddress: false } as const;

// A vouch counts for codes of AWS's own hosts only.
const keptHere = sharedStage(() => keptStage({ byName: true, passkey: true }));
async function nextStage(test: Pick<TestContext, 'onTestFinished'>): Promise<Stage> {
  const stage = await keptHere(test);
  Object.assign(stage.idc.options, there);
  return stage;
}

/** The person has let awsher see these pages. What they have allowed stays allowed. */
async function allowed(test: Pick<TestContext, 'onTestFinished'>): Promise<Stage> {
  const stage = await nextStage(test);
  const { worker } = await stage.browser.extension();
  const isAllowed = await worker.evaluate(
    (origins) => chrome.permissions.contains({ origins }),
    [SIGN_IN_PAGES],
  );
  if (!isAllowed) await allow(stage.browser, [SIGN_IN_PAGES]);
  return stage;
}

describe("a code on AWS's sign-in host, which the person lets awsher see", () => {
  // First, before anything is allowed.
  it('given in the middle of a sign-in: the page that waits is approved', async (test) => {
    const stage = await nextStage(test);
    await agreeTo(stage.browser, [SIGN_IN_PAGES]);
    await stage.browser.context.addCookies([stage.idc.portalCookie()]);
    const login = stage.line('login', ...stage.corp);
    await login.until(/Approve it yourself in the browser tab/);
    const popup = await stage.browser.context.newPage();
    const { id } = await stage.browser.extension();
    await popup.goto(`chrome-extension://${id}/popup/popup.html`);
    await popup.getByRole('button', { name: 'Allow' }).click();
    expect(await login.finished).toMatchObject({ code: 0 });
    expect([stage.idc.count('AcceptUserCode'), stage.idc.count('DecideConsent')]).toEqual([1, 1]);
  });

  it('named in the address, too: approved like any other', async (test) => {
    const stage = await allowed(test);
    stage.idc.options.completeAddress = true;
    await stage.browser.context.addCookies([stage.idc.portalCookie()]);
    const { code, stderr } = await stage.line('login', ...stage.corp).finished;
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).not.toContain('Approve it yourself in the browser tab');
    expect([stage.idc.count('AcceptUserCode'), stage.idc.count('DecideConsent')]).toEqual([1, 1]);
  });

  it('named by its request alone, with a sign-in between code and consent: nothing is done there, and it goes on by itself', async (test) => {
    const stage = await allowed(test);
    const opened = stage.browser.nextPage();
    const login = stage.line('login', ...stage.corp);
    const page = await opened;
    await page.waitForSelector('#sign-in-with-passkey');
    await login.until(/Sign in on the page now in front/);
    expect(stage.idc.count('VerifyPasskey')).toBe(0);
    await page.click('#sign-in-with-passkey');
    const { code, stderr } = await login.finished;
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).not.toContain('Approve it yourself in the browser tab');
    expect([stage.idc.count('AcceptUserCode'), stage.idc.count('DecideConsent')]).toEqual([1, 1]);
  });

  it("a stranger's code gets the notice; one that a command of this computer printed gets none", async (test) => {
    const stage = await allowed(test);
    await stage.browser.context.addCookies([stage.idc.portalCookie()]);
    const tab = await stage.browser.context.newPage();
    await tab.goto((await foreignCode(stage.idc)).url);
    await until(() => noticeIsOver(tab));
    const login = stage.line('login', ...stage.corp, '--no-browser');
    await login.until(/Code/);
    await tab.goto(/https:\S+request_uri\S+/.exec(login.output().stderr)?.[0] ?? '');
    await tab.waitForSelector('#cli_verification_btn');
    await until(async () => !(await noticeIsOver(tab)));
    expect(stage.idc.count('AcceptUserCode')).toBe(0);
    login.interrupt();
    await login.finished;
  });
});
