import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { launchChromium, passTime } from '../support/browsers/chromium.ts';
import type { RunningLine } from '../support/command-line.ts';
import { hostPids } from '../support/home-files.ts';
import { ownStage } from '../support/own-stage.ts';
import { EXTENSION, type Stage } from '../support/stage.ts';
import { until } from '../support/until.ts';

// What only a browser can show; every other way that a sign-in may go is in test/extension/background/trouble.test.ts.

function login(stage: Stage): RunningLine {
  return stage.line('login', ...stage.corp, '--force', '--verbose', '--timeout', '40');
}

describe('what else happens to a sign-in', () => {
  it('the lid is closed for an hour: CODE_EXPIRED as soon as it is open again', async (test) => {
    const stage = await ownStage(test);
    const running = login(stage);
    await running.until(/step: sign-in-needed/);
    stage.idc.clock.advance(3_600);
    await passTime(stage.browser, 3_600_000);
    const { code, stderr } = await running.finished;
    expect({ code, stderr }).toMatchObject({ code: 1 });
    expect(stderr).toContain('[CODE_EXPIRED]');
    await until(() => stage.browser.context.pages().length === 1);
  });

  it('the network goes and comes back while the token is fetched', async (test) => {
    const stage = await ownStage(test, { signedIn: true });
    // Three attempts of the SDK, and one more.
    stage.idc.faults.add({ operation: 'CreateToken', cut: 'before', times: 4 });
    expect((await login(stage).finished).code).toBe(0);
    expect(stage.idc.count('CreateToken', { status: 200 })).toBe(1);
  });

  it('the browser is killed: exit 1 at once, no host stays; started again, a new sign-in works, the history is there', async (test) => {
    const stage = await ownStage(test, { signedIn: true });
    const { home, idc } = stage;
    stage.idc.faults.add({ operation: 'AcceptUserCode', delayMs: 5_000, times: 1 });
    const running = login(stage);
    await until(() => !idc.faults.armed('AcceptUserCode'));
    const started = Date.now();
    const [host] = hostPids(home);
    const browserPid = execFileSync('ps', ['-o', 'ppid=', '-p', String(host)], { encoding: 'utf8' });
    process.kill(Number(browserPid), 'SIGKILL');
    const { code, stderr } = await running.finished;
    expect([code, /\[(\w+)\]/.exec(stderr)?.[1]]).toEqual([1, 'BROWSER_LOST']);
    expect(Date.now() - started).toBeLessThan(5_000);
    await until(() => hostPids(home).length === 0);
    await stage.browser.close().catch(() => {});
    idc.faults.clear();
    const { userDataDir } = stage.browser;
    const browser = await launchChromium({
      idc,
      home,
      userDataDir,
      extensionDir: EXTENSION,
      env: idc.endpoints,
    });
    test.onTestFinished(() => browser.close().catch(() => {}));
    const again = { ...stage, browser };
    await browser.context.addCookies([idc.portalCookie()]);
    await until(() => hostPids(home).length === 1);
    expect((await login(again).finished).code).toBe(0);
    const acts: { act: string }[] = JSON.parse((await stage.line('history', '--json').finished).stdout);
    expect(acts.map(({ act }) => act)).toEqual([
      'approved',
      'pressed-allow',
      'pressed-confirm',
      'pressed-confirm',
    ]);
  });
});
