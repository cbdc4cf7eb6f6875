import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquireLock } from '../../native-host/base/files/lock.ts';
import { resolvePaths } from '../../native-host/base/files/paths.ts';
import { tokenLockName } from '../../native-host/base/files/token-cache.ts';
import { FLOWS, type Flow } from '../../shared/flows.ts';
import type { Step } from '../../shared/login/progress.ts';
import type { RunningLine } from '../support/command-line.ts';
import { hostPids, tokenFiles } from '../support/home-files.ts';
import { PAGE_DEFAULTS } from '../support/identity-center/options.ts';
import { keptStage } from '../support/own-stage.ts';
import { until } from '../support/until.ts';

let stage: Awaited<ReturnType<typeof keptStage>>;

/** Each step of a sign-in, and what holds it open until `release`. */
interface HeldStep {
  step: Step;
  hold(): Promise<() => void> | (() => void);
  /** The token of the step is lost with whoever held it; the truth is then the end. */
  loses?: true;
  /** The step is told before its button is pressed: the request that shows that it was. */
  presses?: 'AcceptUserCode' | 'DecideConsent';
  /** Nobody saw which consent page followed our confirm: the person presses the second button. */
  leavesAllow?: true;
  /** The browser's word of a PKCE request may go with the background; whose consent page it is, nobody knows then. */
  mayLoseRequest?: true;
}

const pathsOf = () =>
  resolvePaths({
    env: { HOME: stage.home },
    platform: process.platform,
    homedir: () => stage.home,
  });

const slow = (operation: string) => () => {
  stage.idc.faults.add({ operation, delayMs: 1_200, times: 1 });
  return () => {};
};

const STEPS: readonly HeldStep[] = [
  { step: 'requesting-code', hold: slow('StartDeviceAuthorization') },
  { step: 'opening-page', hold: slow('PortalPage'), mayLoseRequest: true },
  {
    step: 'waiting-for-page',
    hold: () => {
      stage.idc.options.blankMs = 1_200;
      return () => {};
    },
  },
  { step: 'confirming', hold: slow('AcceptUserCode'), presses: 'AcceptUserCode', leavesAllow: true },
  { step: 'allowing', hold: slow('DecideConsent'), presses: 'DecideConsent' },
  { step: 'approved', hold: slow('CreateToken'), loses: true },
  {
    step: 'storing-token',
    hold: async () => (await acquireLock(pathsOf(), tokenLockName('corp'))).release,
    loses: true,
  },
];

/**
 * Where the background may be stopped, one for each thing that it then waits for: the host, a tab, a page, a press, AWS, a lock.
 * Whatever else a request may be doing when it is woken or its host is lost: test/shared/request/whole-life.md, row by row.
 */
const STOPPED: Readonly<Record<Flow, readonly Step[]>> = {
  device: ['requesting-code', 'opening-page', 'waiting-for-page', 'confirming', 'approved', 'storing-token'],
  // Its own are the browser's word of what was asked for, and the way back.
  pkce: ['opening-page', 'allowing'],
};
const ROWS = FLOWS.flatMap((flow) =>
  STEPS.filter(({ step }) => STOPPED[flow].includes(step)).map((held) => [flow, held.step, held] as const),
);

/**
 * Where the host may be killed: with a tab, with a press on its way, and while it stores. That whatever runs hears of it:
 * test/extension/background/request/requests.test.ts.
 */
const KILLED = STEPS.filter(({ step }) => ['waiting-for-page', 'confirming', 'storing-token'].includes(step));

function login(flow: Flow = 'device'): RunningLine {
  return stage.line('login', ...stage.corp, '--flow', flow, '--force', '--verbose', '--timeout', '40');
}

const presses = () => stage.idc.count('AcceptUserCode') + stage.idc.count('DecideConsent');
const tokens = () => stage.idc.count('CreateToken', { status: 200 });

beforeAll(async () => {
  stage = await keptStage();
});
afterAll(() => stage?.leave());

async function beginAnew(): Promise<void> {
  await stage.renew();
  await stage.browser.context.addCookies([stage.idc.portalCookie()]);
}

/** Forgets the registration of an earlier row, so that every step is walked. */
async function forgetRegistrations(): Promise<void> {
  stage.idc.faults.clear();
  Object.assign(stage.idc.options, PAGE_DEFAULTS, { blankMs: 100 });
  await rm(join(pathsOf().stateDir, 'registrations.json'), { force: true });
}

async function personAllows(): Promise<void> {
  const consent = () =>
    stage.browser.context.pages().find((one) => /(deviceContextId|orchestratorId)=/.test(one.url()));
  // The driver hears of the page's move later than awsher does.
  await until(() => consent() !== undefined);
  await consent()?.click('[data-testid="allow-access-button"]');
}

describe('the background is stopped at any step: the sign-in ends well, or with the truth', () => {
  beforeAll(beginAnew);

  it.each(ROWS)('%s: %s', async (flow, step, held) => {
    await forgetRegistrations();
    const before = { tokens: tokens(), presses: presses() };
    const release = await held.hold();
    const running = login(flow);
    await running.until(new RegExp(`step: ${step}`));
    const { presses: press } = held;
    if (press) await until(() => !stage.idc.faults.armed(press));
    const hosts = hostPids(stage.home);
    await stage.stopWorker();
    release();
    await stage.wakeWorker(hosts);
    const clickNeeded = () => running.until(/step: click-needed/);
    if (held.leavesAllow) {
      await clickNeeded();
      expect(presses() - before.presses).toBe(1);
      await personAllows();
    } else if (held.mayLoseRequest && flow === 'pkce') {
      const asked = clickNeeded().then(
        () => true,
        () => false,
      );
      const ended = running.finished.then(() => false);
      if (await Promise.race([asked, ended])) await personAllows();
    }
    const { code, stderr } = await running.finished;
    if (held.loses && code !== 0) {
      expect({ code, stderr }).toMatchObject({ code: 1 });
      expect(stderr).toMatch(/its token was lost on the way\. \[SIGN_IN_FAILED\]/);
    } else {
      expect({ code, stderr }).toMatchObject({ code: 0 });
    }
    expect(tokens() - before.tokens).toBe(1);
    expect(presses() - before.presses).toBe(flow === 'device' ? 2 : 1);
    await until(() => stage.browser.context.pages().length === 1);
  });
});

describe('the host is killed at any step: exit 1 at once, and nothing more is pressed', () => {
  beforeAll(beginAnew);

  it.each(KILLED.map((held) => [held.step, held] as const))('%s', async (step, held) => {
    await forgetRegistrations();
    const [old] = hostPids(stage.home);
    expect(await tokenFiles(stage.home)).toEqual([]);
    const release = await held.hold();
    const running = login();
    await running.until(new RegExp(`step: ${step}`));
    const pressed = presses();
    for (const pid of hostPids(stage.home)) process.kill(pid, 'SIGKILL');
    const { code, stdout, stderr } = await running.finished;
    release();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('[HOST_LOST]');
    await until(() => stage.browser.context.pages().length === 1);
    await until(() => hostPids(stage.home).some((pid) => pid !== old));
    // No page is left to press on. What had been pressed may have arrived meanwhile.
    const onItsWay = step === 'confirming' || step === 'allowing' ? 1 : 0;
    expect(presses() - pressed).toBeLessThanOrEqual(onItsWay);
    expect(await tokenFiles(stage.home)).toEqual([]);
  });
});
