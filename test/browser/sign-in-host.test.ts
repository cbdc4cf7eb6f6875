import { describe, expect, it } from 'vitest';
import { SIGN_IN_PAGES } from '../../shared/aws/host-permissions.ts';
import { foreignCode } from '../support/foreign-code.ts';
import { noticeIsOver } from '../support/notice.ts';
import { agreeTo, allow } from '../support/permissions.ts';
import { openStage, type StageOptions } from '../support/stage.ts';
import { until } from '../support/until.ts';

/** AWS compares codes on its sign-in host, as it was seen in September 2026. */
const there = { verification: 'sign-in-host', completeAddress: false } as const;

async function stageFor(
  onTestFinished: (end: () => Promise<void>) => void,
  center: StageOptions['center'],
  { allowed = true, ...options }: StageOptions & { allowed?: boolean } = {},
) {
  const stage = await openStage({ center, ...options });
  onTestFinished(() => stage.close());
  await (allowed ? allow : agreeTo)(stage.browser, [SIGN_IN_PAGES]);
  return stage;
}

describe("a code on AWS's sign-in host, which the person lets awsher see", () => {
  it.for([
    ['named by its request alone', there],
    ['named in the address, too', { verification: 'sign-in-host' }],
  ] as const)('%s: approved like any other', async ([, center], { onTestFinished }) => {
    const stage = await stageFor(onTestFinished, center);
    await stage.browser.context.addCookies([stage.idc.portalCookie()]);
    const { code, stderr } = await stage.awsher('login', ...stage.corp);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).not.toContain('Approve it yourself in the browser tab');
    expect([stage.idc.count('AcceptUserCode'), stage.idc.count('DecideConsent')]).toEqual([1, 1]);
  });

  it('a sign-in between code and consent: nothing is done there, and it goes on by itself', async ({
    onTestFinished,
  }) => {
    const stage = await stageFor(onTestFinished, there, { passkey: true });
    const opened = stage.browser.nextPage();
    const login = stage.start('login', ...stage.corp);
    const page = await opened;
    await page.waitForSelector('#sign-in-with-passkey');
    await login.until(/Sign in on the page now in front/);
    expect(stage.idc.count('VerifyPasskey')).toBe(0);
    await page.click('#sign-in-with-passkey');
    expect(await login.finished).toMatchObject({ code: 0 });
    expect([stage.idc.count('AcceptUserCode'), stage.idc.count('DecideConsent')]).toEqual([1, 1]);
  });

  it("a stranger's code gets the notice; one that a command of this computer printed gets none", async ({
    onTestFinished,
  }) => {
    // A vouch counts for codes of AWS's own hosts only.
    const stage = await stageFor(onTestFinished, there, { byName: true });
    await stage.browser.context.addCookies([stage.idc.portalCookie()]);
    const tab = await stage.browser.context.newPage();
    await tab.goto((await foreignCode(stage.idc)).url);
    await until(() => noticeIsOver(tab));
    const login = stage.start('login', ...stage.corp, '--no-browser');
    await login.until(/Code/);
    await tab.goto(/https:\S+request_uri\S+/.exec(login.output().stderr)?.[0] ?? '');
    await tab.waitForSelector('#cli_verification_btn');
    await until(async () => !(await noticeIsOver(tab)));
    expect(stage.idc.count('AcceptUserCode')).toBe(0);
    login.child.kill('SIGINT');
    await login.finished;
  });

  it('given in the middle of a sign-in: the page that waits is approved', async ({ onTestFinished }) => {
    const stage = await stageFor(onTestFinished, there, { allowed: false });
    await stage.browser.context.addCookies([stage.idc.portalCookie()]);
    const login = stage.start('login', ...stage.corp);
    await login.until(/Approve it yourself in the browser tab/);
    const popup = await stage.browser.context.newPage();
    const { id } = await stage.browser.extension();
    await popup.goto(`chrome-extension://${id}/popup/popup.html`);
    await popup.getByRole('button', { name: 'Allow' }).click();
    expect(await login.finished).toMatchObject({ code: 0 });
    expect([stage.idc.count('AcceptUserCode'), stage.idc.count('DecideConsent')]).toEqual([1, 1]);
  });
});
