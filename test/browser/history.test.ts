import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { LoggedDecision } from '../../shared/approval/decision-log.ts';
import { foreignCode } from '../support/foreign-code.ts';
import { openGround } from '../support/ground.ts';
import { type OwnStage, ownStage } from '../support/own-stage.ts';
import { until } from '../support/until.ts';

let stage: OwnStage;

const Lines = v.array(v.object({ ...v.omit(LoggedDecision, ['id', 'at']).entries, when: v.string() }));

async function history(...args: string[]) {
  const { code, stdout, stderr } = await stage.line('history', '--json', ...args).finished;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return v.parse(Lines, JSON.parse(stdout));
}

describe('awsher history', () => {
  it('tells every decision once, newest first, and no whole code; the popup keeps up with it, and filters it', async (test) => {
    stage = await ownStage(test, { signedIn: true });
    const { browser, idc } = stage;
    expect(await history()).toEqual([]);
    expect((await stage.line('login', ...stage.corp).finished).code).toBe(0);

    const popup = await browser.context.newPage();
    await popup.goto(`chrome-extension://${(await browser.extension()).id}/popup/popup.html`);
    await popup.getByRole('tab', { name: 'History' }).click();
    await popup.locator('.entry').first().waitFor();
    expect(await popup.locator('.entry').count()).toBe(1);

    const foreign = await foreignCode(idc);
    const tab = await browser.context.newPage();
    await tab.goto(foreign.url);
    await tab.waitForSelector('#cli_verification_btn');
    await until(async () => (await history()).some(({ act }) => act === 'warned'));
    await until(async () => (await popup.locator('.entry').count()) === 2);
    const titles = () => popup.locator('.entry-title').allTextContents();
    await popup.getByRole('radio', { name: 'Stopped' }).click();
    expect(await titles()).toEqual(['Stopped: no one here asked for it']);
    await popup.getByRole('radio', { name: 'All' }).click();
    await popup.getByRole('searchbox').fill('corp login');
    expect(await titles()).toEqual(['Approved']);
    expect(await popup.content()).not.toContain(foreign.userCode);
    await popup.close();
    // The page goes on to report once a second; the worker that is put to sleep forgets nothing.
    await stage.stopWorker();
    expect(await stage.judged(foreign.userCode)).toEqual(['left']);

    // The worker that came back connects its host anew.
    await until(async () => (await stage.line('history').finished).code === 0);
    const lines = await history();
    const ours = idc.deviceCodes[0]?.userCode ?? '';
    const page = { codeEnd: ours.slice(-2), host: 'corp.awsapps.com', kind: 'sign-in', session: 'corp' };
    const mine = { ...page, command: 'awsher login' };
    expect(lines.map(({ when: _when, ...rest }) => rest)).toEqual([
      {
        ...page,
        kind: 'foreign',
        session: null,
        command: null,
        codeEnd: foreign.userCode.slice(-2),
        act: 'warned',
        reason: 'foreign-code',
      },
      { ...mine, act: 'approved', reason: 'page-says-approved' },
      { ...mine, act: 'pressed-allow', reason: 'all-checks-passed' },
      { ...mine, act: 'pressed-confirm', reason: 'all-checks-passed' },
    ]);
    expect(await history('--limit', '1')).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toMatch(new RegExp(`${ours}|${foreign.userCode}`));

    const { code, stdout } = await stage.line('history').finished;
    expect(code).toBe(0);
    expect(stdout).toMatch(/✗ WARNED +foreign code +- +…\w\w +nobody here +corp\.awsapps\.com/);

    // More than one message holds.
    await until(() => browser.context.serviceWorkers().length > 0);
    const { worker } = await browser.extension();
    await worker.evaluate(async () => {
      const { decisions } = await chrome.storage.local.get<{ decisions: object[] }>('decisions');
      const many = Array.from({ length: 130 }, (_, n) => ({ ...decisions[0], id: n + 1 }));
      await chrome.storage.local.set({ decisions: many });
    });
    expect(await history('--limit', '120')).toHaveLength(120);
    expect(await history('--limit', '200')).toHaveLength(130);
  });

  it('without a browser says so', async ({ onTestFinished }) => {
    const ground = await openGround();
    onTestFinished(() => ground.clear());
    const { code, stdout, stderr } = await ground.awsher('history');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^✗ No browser with awsher is connected\. \[BROWSER_MISSING\]\n {2}→ /);
    expect((await ground.awsher('history', '--limit', '0')).code).toBe(2);
  });
});
