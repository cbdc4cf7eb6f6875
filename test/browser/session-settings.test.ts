import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../native-host/features/settings/own-settings.ts';
import { oidcClient } from '../support/identity-center/wire-clients.ts';
import { noticeIsOver } from '../support/notice.ts';
import { type OwnStage, ownStage } from '../support/own-stage.ts';
import { until } from '../support/until.ts';

const settings = ({ home }: OwnStage) => readSettings({ configDir: join(home, '.config/awsher') });

async function optionsPage({ browser }: OwnStage) {
  const page = await browser.context.newPage();
  await page.goto(`chrome-extension://${(await browser.extension()).id}/options/options.html`);
  return page;
}

/** Signs in; the way that it went. */
async function flowOf(stage: OwnStage, ...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await stage.line('login', ...stage.corp, '--force', '--json', ...args)
    .finished;
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return JSON.parse(stdout).flow;
}

describe('how a session signs in', () => {
  it('is set on the options page, kept in config.ini, and counts for terminal and popup', async (test) => {
    const stage = await ownStage(test, { signedIn: true });
    expect(await flowOf(stage)).toBe('device');
    const options = await optionsPage(stage);
    await options.locator('.row .field-more summary').click();
    await options.getByLabel('Method', { exact: true }).selectOption('pkce');
    await until(async () => settings(stage).sessions?.corp?.flow === 'pkce');
    await expect.poll(() => options.getByLabel('Method', { exact: true }).inputValue()).toBe('pkce');
    expect(await flowOf(stage)).toBe('pkce');
    // What is typed goes before what is set.
    expect(await flowOf(stage, '--flow', 'device')).toBe('device');
    await options.getByLabel('Method', { exact: true }).selectOption('auto');
    await until(async () => settings(stage).sessions === undefined);
    expect(await flowOf(stage)).toBe('device');
    await options.close();
  });

  it('remembers that PKCE led to a token where a code did not, until a code does', async (test) => {
    const stage = await ownStage(test, { signedIn: true });
    const type = 'UnauthorizedClientException';
    stage.idc.faults.add({ operation: 'StartDeviceAuthorization', status: 400, type });
    expect(await flowOf(stage)).toBe('pkce');
    stage.idc.faults.clear();
    const codes = stage.idc.count('StartDeviceAuthorization');
    expect(await flowOf(stage)).toBe('pkce');
    expect(stage.idc.count('StartDeviceAuthorization')).toBe(codes);
    expect(await flowOf(stage, '--flow', 'device')).toBe('device');
    expect(await flowOf(stage)).toBe('device');
  });
});

describe('a computer that never uses device codes', () => {
  it('signs in by PKCE, refuses a code by name, and shows the notice for one that a command here asked for', async (test) => {
    const stage = await ownStage(test, { signedIn: true });
    const options = await optionsPage(stage);
    await options.getByLabel('Never use sign-in codes').click();
    await until(async () => settings(stage).device_codes === 'never');
    await expect.poll(() => options.getByLabel('Never use sign-in codes').isChecked()).toBe(true);
    expect(await flowOf(stage)).toBe('pkce');
    const refused = await stage.line('login', ...stage.corp, '--force', '--flow', 'device').finished;
    expect(refused).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('Device codes are turned off on this computer.'),
    });
    expect(stage.idc.count('StartDeviceAuthorization')).toBe(0);

    const opened = stage.browser.nextPage();
    const { device } = await oidcClient(stage.idc).startDevice();
    expect((await stage.awsher('open-url', device.verificationUriComplete ?? '')).code).toBe(0);
    const page = await opened;
    await until(() => noticeIsOver(page));
    expect(stage.idc.count('AcceptUserCode')).toBe(0);
    await options.close();
  });
});
