import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { awsher, startAwsher } from '../support/awsher.ts';
import { launchChromium } from '../support/browsers/chromium.ts';
import { startUndrivenChromium, type UndrivenChromium } from '../support/browsers/undriven.ts';
import { hostPids } from '../support/home-files.ts';
import { type IdentityCenter, startIdentityCenter } from '../support/identity-center/index.ts';
import { shellEnv } from '../support/shell-env.ts';
import { EXTENSION } from '../support/stage.ts';
import { until } from '../support/until.ts';

// A driver makes every tab look focused and visible, and keeps the background awake. Here nobody is attached: a
// background tab is really hidden (no frames, timers once a second), as on a person's own computer.

let home: string;
let idc: IdentityCenter;
let browser: UndrivenChromium | null = null;
let env: Record<string, string>;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'awsher-undriven-'));
  idc = await startIdentityCenter({ blankMs: 300 });
  env = shellEnv(home, idc.endpoints);
  await awsher(['install', '--browser', 'chromium', '--user-data-dir', join(home, 'profile')], env);
});
afterEach(async () => {
  await browser?.close();
  browser = null;
  await idc.close();
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

/** A profile in which the person is signed in to the portal. */
async function signInToPortal(): Promise<void> {
  const driven = await launchChromium({ idc, home });
  await driven.context.addCookies([idc.portalCookie()]);
  await driven.close();
}

it('approves in a tab that is really hidden, again and again, and leaves no tab', async () => {
  await signInToPortal();
  browser = await startUndrivenChromium({ idc, home, extensionDir: EXTENSION, env: idc.endpoints });
  await until(() => hostPids(home).length === 1);
  const tabs = (await browser.targets()).filter(({ type }) => type === 'page').length;
  const took: number[] = [];
  for (let round = 0; round < 2; round++) {
    const started = Date.now();
    const { code, stderr } = await awsher(
      ['login', 'corp', '--start-url', idc.startUrl, '--region', 'us-east-1', '--force'],
      env,
    );
    expect({ code, stderr }).toMatchObject({ code: 0 });
    took.push(Date.now() - started);
  }
  expect(idc.count('CreateToken')).toBe(2);
  await until(async () => (await browser?.targets())?.filter(({ type }) => type === 'page').length === tabs);
  // Nothing waited for the page's one-second timers or for the eight seconds of an unknown page.
  expect(Math.max(...took)).toBeLessThan(7_000);
});

it('the background sleeps while the person is away: the terminal stays with its sign-in, and can still leave it', async () => {
  browser = await startUndrivenChromium({ idc, home, extensionDir: EXTENSION, env: idc.endpoints });
  await until(() => hostPids(home).length === 1);
  const login = startAwsher(['login', 'corp', '--start-url', idc.startUrl, '--region', 'us-east-1'], env);
  await login.until(/Sign in on the page/);
  const signInTabs = async () =>
    (await browser?.targets())?.filter(({ type, url }) => type === 'page' && url.includes('signin.aws'))
      .length;
  expect(await signInTabs()).toBe(1);
  const worker = (await browser.targets()).find(({ type }) => type === 'service_worker');
  const [before] = hostPids(home);
  await browser.closeTarget(worker?.id ?? '');
  // An alarm wakes it after half a minute at the latest; a page of AWS that loads does so at once.
  const portal = await browser.open(`${idc.startUrl}/#/device?user_code=AAAA-BBBB`);
  await until(() => hostPids(home).length === 1 && hostPids(home)[0] !== before, 40_000);
  await browser.closeTarget(portal.id);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(await signInTabs()).toBe(1);
  login.child.kill('SIGINT');
  expect((await login.finished).code).toBe(130);
  await until(async () => (await signInTabs()) === 0);
}, 90_000);
