import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeEndpointRules } from '../../scripts/demo/aws-models.ts';
import { signIn } from '../support/browsers/person.ts';
import { OPEN_URL, startPkce, startTool, type Tool } from '../support/clients/run.ts';
import { tokenFiles } from '../support/home-files.ts';
import { noticeIsOver } from '../support/notice.ts';
import { type OwnStage, ownStage } from '../support/own-stage.ts';
import { until } from '../support/until.ts';

// What real commands hand over, in a real browser. How such a request may go otherwise, and what is not its own:
// test/extension/background/hand-over.test.ts, and every attack in test/shared/approval/hostile-authorizations.ts.

const AWS = '/usr/bin/aws';
const ALLOW = '[data-testid="allow-access-button"]';

/** The real AWS CLI 2.9 of Debian, led to the embedded Identity Center by its own model files. */
async function awsSsoLogin(stage: OwnStage): Promise<Tool> {
  const { home, idc, env } = stage;
  await mkdir(join(home, '.aws'), { recursive: true });
  await writeFile(
    join(home, '.aws/config'),
    `[profile dev]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Dev\nregion = us-east-1\n\n[sso-session corp]\nsso_start_url = ${idc.startUrl}\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n`,
  );
  await writeEndpointRules(home, idc.httpUrl);
  return stage.use(startTool(AWS, ['sso', 'login', '--profile', 'dev'], { ...env, BROWSER: OPEN_URL }, home));
}

/** Tabs that open, close or come to the front from now on. */
async function watchTabs({ browser }: OwnStage): Promise<() => Promise<string[]>> {
  const { worker } = await browser.extension();
  await worker.evaluate(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    chrome.tabs.onActivated.addListener(() => seen.push('activated'));
    chrome.windows.onFocusChanged.addListener(() => seen.push('focus'));
    chrome.tabs.onCreated.addListener((tab) => seen.push(`created ${tab.active ? 'active' : 'inactive'}`));
    chrome.tabs.onRemoved.addListener(() => seen.push('removed'));
  });
  return () => worker.evaluate(() => Reflect.get(globalThis, 'seen'));
}

const pages = ({ browser }: OwnStage) => browser.context.pages();

it('two at once, a device code of the AWS CLI of Debian and a PKCE request: each completes untouched while the portal session is alive', async (test) => {
  const stage = await ownStage(test, { signedIn: true });
  const { idc, home } = stage;
  const seen = await watchTabs(stage);
  const [device, pkce] = await Promise.all([
    awsSsoLogin(stage).then((login) => login.finished),
    startPkce(stage, ['aws', 'sso', 'login']).then((login) => stage.use(login).finished),
  ]);
  expect(device).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringContaining(`Successfully logged into Start URL: ${idc.startUrl}`),
  });
  expect(pkce).toMatchObject({ code: 0 });
  expect(JSON.parse(pkce.stdout)).toMatchObject({ tokenType: 'Bearer', refreshToken: expect.any(String) });
  // Nothing comes to the front.
  const quiet = ['created inactive', 'created inactive', 'removed', 'removed'];
  await until(async () => JSON.stringify((await seen()).toSorted()) === JSON.stringify(quiet));
  // The tokens went to the tools, and awsher asked for none.
  expect(idc.count('CreateToken', { status: 200 })).toBe(2);
  expect(idc.count('StartDeviceAuthorization')).toBe(1);
  expect(idc.deviceCodes).toMatchObject([{ status: 'spent', clientName: expect.stringMatching(/botocore/) }]);
  expect(idc.count('DecideConsent')).toBe(2);
  expect((await tokenFiles(home)).length).toBeGreaterThan(0);
  expect(idc.unexpected).toEqual([]);
  // The callback server of Python answers only after the browser command has ended.
  expect(Number(/browser ended with 0 after (\d+) ms/.exec(pkce.stderr)?.[1])).toBeLessThan(2_000);
});

it('a device code: brings the tab to the front once for the passkey, and goes on by itself', async (test) => {
  const stage = await ownStage(test, { passkey: true });
  const { browser, passkey } = stage;
  const before = pages(stage).length;
  const opened = browser.nextPage();
  const login = await awsSsoLogin(stage);
  const page = await opened;
  await page.waitForSelector('#sign-in-with-passkey');
  const { worker } = await browser.extension();
  await until(() =>
    worker.evaluate(async () => {
      const [active] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      return (active?.index ?? 0) > 0;
    }),
  );
  await signIn(page, passkey);
  expect((await login.finished).code).toBe(0);
  await until(() => pages(stage).length === before);
});

it('a PKCE consent that nobody handed over, in another tab while ours waits for the passkey: only ours is approved, and of the other one nothing is said', async (test) => {
  const stage = await ownStage(test, { passkey: true });
  const { context } = stage.browser;
  const opened = stage.browser.nextPage();
  const ours = stage.use(await startPkce(stage, ['aws', 'sso', 'login', '--sso-session', 'corp']));
  const page = await opened;
  await page.waitForSelector('#sign-in-with-passkey');
  const theirs = stage.use(await startPkce(stage, ['theirs'], { BROWSER: 'true' }));
  const address = () => /^https:\S+$/m.exec(theirs.output())?.[0];
  await until(() => address() !== undefined);
  await context.addCookies([stage.idc.portalCookie()]);
  const other = await context.newPage();
  await other.goto(address() ?? '');
  await other.waitForSelector(ALLOW);
  const isLeft = async () => expect(await stage.judged(other.url())).toEqual(['left']);
  await isLeft();
  expect(stage.idc.count('DecideConsent')).toBe(0);
  await page.bringToFront();
  await signIn(page, stage.passkey);
  expect((await ours.finished).code).toBe(0);
  await isLeft();
  expect(stage.idc.count('DecideConsent')).toBe(1);
  expect(theirs.child.exitCode).toBe(null);
  expect(await noticeIsOver(other)).toBe(false);
  // The person still can.
  await other.click(ALLOW);
  expect((await theirs.finished).code).toBe(0);
});
