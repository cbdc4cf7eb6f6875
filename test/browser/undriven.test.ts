import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { awsher, startAwsher } from '../support/awsher.ts';
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
let browser: UndrivenChromium;
let env: Record<string, string>;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'awsher-undriven-'));
  idc = await startIdentityCenter({ blankMs: 300 });
  env = shellEnv(home, idc.endpoints);
  await awsher(['install', '--browser', 'chromium', '--user-data-dir', join(home, 'profile')], env);
  browser = await startUndrivenChromium({ idc, home, extensionDir: EXTENSION, env: idc.endpoints });
  await until(() => hostPids(home).length === 1);
});
afterAll(async () => {
  await browser?.close();
  await idc?.close();
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

const login = () =>
  startAwsher(['login', 'corp', '--start-url', idc.startUrl, '--region', 'us-east-1', '--force'], env);

it('approves in a tab that is really hidden, again and again, and leaves no tab', async () => {
  // The first time the company's own sign-in lets the person in, the second time the portal knows them.
  idc.options.signIn = 'silent';
  const tabs = (await browser.targets()).filter(({ type }) => type === 'page').length;
  for (let round = 0; round < 2; round++) {
    const { code, stderr } = await login().finished;
    expect({ code, stderr }).toMatchObject({ code: 0 });
  }
  // Once for each token: after the eight seconds of an unknown page AWS is asked by the clock.
  expect(idc.count('CreateToken')).toBe(2);
  await until(async () => (await browser.targets()).filter(({ type }) => type === 'page').length === tabs);
});

it('the background sleeps while the person is away: the terminal stays with its sign-in, and can still leave it', async () => {
  idc.options.signIn = 'click';
  idc.endPortalSessions();
  const first = login();
  await first.until(/Sign in on the page/);
  const signInTabs = async () =>
    (await browser.targets()).filter(({ type, url }) => type === 'page' && url.includes('signin.aws')).length;
  expect(await signInTabs()).toBe(1);
  const worker = (await browser.targets()).find(({ type }) => type === 'service_worker');
  const [before] = hostPids(home);
  await browser.closeTarget(worker?.id ?? '');
  // An alarm wakes it after half a minute at the latest; a page of AWS that loads does so at once.
  const portal = await browser.open(`${idc.startUrl}/#/device?user_code=AAAA-BBBB`);
  await until(() => hostPids(home).length === 1 && hostPids(home)[0] !== before, 40_000);
  await browser.closeTarget(portal.id);
  // A second terminal is told of the sign-in that runs: by the next background, which has not lost it.
  const second = login();
  await second.until(/Sign in on the page/);
  expect(await signInTabs()).toBe(1);
  for (const { child, finished } of [second, first]) {
    child.kill('SIGINT');
    expect((await finished).code).toBe(130);
  }
  await until(async () => (await signInTabs()) === 0);
}, 90_000);
