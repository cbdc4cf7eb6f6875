import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { writeEndpointRules } from '../../scripts/demo/aws-models.ts';
import { signIn } from '../support/browsers/person.ts';
import { OPEN_URL, startPkce, startTool, type Tool } from '../support/clients/run.ts';
import { tokenFiles } from '../support/home-files.ts';
import { type OwnStage, ownStage } from '../support/own-stage.ts';
import { until } from '../support/until.ts';

const AWS = '/usr/bin/aws';

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
async function watchTabs({ browser }: OwnStage): Promise<() => Promise<unknown>> {
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

const QUIET = ['created inactive', 'removed'];

const pages = ({ browser }: OwnStage): Page[] => browser.context.pages();

describe.concurrent('the AWS CLI of Debian, device flow', () => {
  it('completes untouched while the portal session is alive', async (test) => {
    const stage = await ownStage(test, { signedIn: true });
    const { idc, home } = stage;
    const seen = await watchTabs(stage);
    const { code, stdout, stderr } = await (await awsSsoLogin(stage)).finished;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Successfully logged into Start URL: ${idc.startUrl}`);
    await until(async () => JSON.stringify(await seen()) === JSON.stringify(QUIET));
    // The token went to the tool, and awsher asked for none.
    expect(idc.count('CreateToken', { status: 200 })).toBe(1);
    expect(idc.count('StartDeviceAuthorization')).toBe(1);
    expect(idc.deviceCodes).toMatchObject([
      { status: 'spent', clientName: expect.stringMatching(/botocore/) },
    ]);
    expect((await tokenFiles(home)).length).toBeGreaterThan(0);
    expect(idc.unexpected).toEqual([]);
  });

  it('brings the tab to the front once for the passkey, and goes on by itself', async (test) => {
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
});

describe.concurrent('a PKCE sign-in, as newer AWS CLIs do it', () => {
  it('completes untouched while the portal session is alive', async (test) => {
    const stage = await ownStage(test, { signedIn: true });
    const seen = await watchTabs(stage);
    const { code, stdout, stderr } = await stage.use(await startPkce(stage, ['aws', 'sso', 'login']))
      .finished;
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(JSON.parse(stdout)).toMatchObject({ tokenType: 'Bearer', refreshToken: expect.any(String) });
    await until(async () => JSON.stringify(await seen()) === JSON.stringify(QUIET));
    expect(stage.idc.count('DecideConsent')).toBe(1);
    // The callback server of Python answers only after the browser command has ended.
    expect(Number(/browser ended with 0 after (\d+) ms/.exec(stderr)?.[1])).toBeLessThan(2_000);
  });

  it('waits for the passkey in front, then goes on by itself', async (test) => {
    const stage = await ownStage(test, { passkey: true });
    const before = pages(stage).length;
    const opened = stage.browser.nextPage();
    const login = stage.use(await startPkce(stage, ['aws', 'sso', 'login', '--sso-session', 'corp']));
    const page = await opened;
    await page.waitForSelector('#sign-in-with-passkey');
    await signIn(page, stage.passkey);
    expect((await login.finished).code).toBe(0);
    await until(() => pages(stage).length === before);
  });

  it('knows its own consent page by the tab, whatever its address looks like', async (test) => {
    const stage = await ownStage(test, { signedIn: true, center: { plainConsent: true } });
    const { code } = await stage.use(await startPkce(stage, ['aws', 'sso', 'login'])).finished;
    expect(code).toBe(0);
    expect(stage.idc.count('DecideConsent')).toBe(1);
  });

  it('a remembered grant needs no press; its tab might be a sign-in page, so it stays for the person', async (test) => {
    const stage = await ownStage(test, { signedIn: true, center: { skipConsent: true } });
    const before = pages(stage).length;
    const { code } = await stage.use(await startPkce(stage, ['aws', 'sso', 'login'])).finished;
    expect(code).toBe(0);
    expect(stage.idc.count('DecideConsent')).toBe(0);
    await stage.browser.context.pages()[0]?.waitForTimeout(2_000);
    expect(pages(stage).length).toBe(before + 1);
  });
});

it.concurrent('two at once, a device code and a PKCE request: each gets its own', async (test) => {
  const stage = await ownStage(test, { signedIn: true });
  const before = pages(stage).length;
  const [device, pkce] = await Promise.all([
    awsSsoLogin(stage).then((login) => login.finished),
    startPkce(stage, ['aws', 'sso', 'login']).then((login) => stage.use(login).finished),
  ]);
  expect([device.code, pkce.code]).toEqual([0, 0]);
  await until(() => pages(stage).length === before);
});
