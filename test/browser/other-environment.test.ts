import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, type TestContext } from 'vitest';
import { launchChromium } from '../support/browsers/chromium.ts';
import { openGround } from '../support/ground.ts';
import { hostPids } from '../support/home-files.ts';
import { EXTENSION } from '../support/stage.ts';
import { until } from '../support/until.ts';

/** The person's shell names other files than a browser that was started from the desktop knows of. */
async function begin({ onTestFinished }: TestContext, browserEnv: (home: string) => Record<string, string>) {
  const ground = await openGround();
  const { home, idc, env } = ground;
  onTestFinished(() => ground.clear());
  const own = join(home, 'work files');
  await mkdir(join(own, 'awsher'), { recursive: true });
  await mkdir(join(home, '.aws'));
  const section = (name: string) =>
    `[sso-session ${name}]\nsso_start_url = ${idc.startUrl}\nsso_region = us-east-1\n`;
  await writeFile(join(own, 'config'), section('of-the-shell'));
  await writeFile(join(own, 'awsher/config.ini'), '[sessions.of-the-shell]\nflow = device\n');
  await writeFile(join(home, '.aws/config'), section('of-the-home'));
  await writeFile(join(home, 'other'), section('of-the-browser'));
  Object.assign(env, { AWS_CONFIG_FILE: '$HOME/work files/config', XDG_CONFIG_HOME: own });
  const profile = join(home, 'profile');
  await ground.install('--browser', 'chromium', '--user-data-dir', profile);
  const browser = await launchChromium({
    idc,
    home,
    userDataDir: profile,
    extensionDir: EXTENSION,
    env: { ...ground.services, ...browserEnv(home) },
  });
  onTestFinished(() => browser.close());
  await until(() => hostPids(home).length === 1, 30_000);
  const popup = await browser.context.newPage();
  await popup.goto(`chrome-extension://${(await browser.extension()).id}/popup/popup.html`);
  const doctor = async () => {
    const { stdout } = await ground.awsher('doctor', '--json');
    const { checks }: { checks: { id: string; result: string; detail: string; next?: string }[] } =
      JSON.parse(stdout);
    return checks.find(({ id }) => id === 'same-files');
  };
  return { ...ground, browser, popup, doctor };
}

it("a browser with another HOME and an AWS_PROFILE of its own shows the shell's sessions, and signs in", async (test) => {
  const other = await mkdtemp(join(tmpdir(), 'awsher-other-home-'));
  test.onTestFinished(() => rm(other, { recursive: true, force: true }));
  const { env, home, popup, browser, idc, awsher, doctor } = await begin(test, () => ({
    HOME: other,
    AWS_PROFILE: 'nobody',
  }));
  // Chromium on Linux trusts what its HOME trusts.
  await symlink(join(home, '.pki'), join(other, '.pki'));
  await popup.getByText('of-the-shell').first().waitFor();
  expect(await popup.getByText('of-the-home').count()).toBe(0);
  expect(await doctor()).toMatchObject({ result: 'ok' });
  // A proxy that only the shell knows: named, but neither the name nor the password in its address.
  env.HTTPS_PROXY = 'http://ana:hush@proxy.test:3128';
  const proxied = await doctor();
  expect(proxied).toMatchObject({
    result: 'fail',
    detail: expect.stringMatching(
      /^The proxy to AWS: this shell uses http:\/\/proxy\.test:3128, chromium none\.$/i,
    ),
    next: expect.stringContaining('environment.d'),
  });
  expect(JSON.stringify(proxied)).not.toMatch(/hush|ana/);
  delete env.HTTPS_PROXY;
  await browser.context.addCookies([idc.portalCookie()]);
  const { code, stderr } = await awsher('login', 'of-the-shell');
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) });
  await popup.getByText('Signed in until').first().waitFor();
});

it('a browser whose environment names another file keeps it, and doctor says which', async (test) => {
  const { popup, doctor } = await begin(test, (home) => ({ AWS_CONFIG_FILE: join(home, 'other') }));
  await popup.getByText('of-the-browser').first().waitFor();
  expect(await doctor()).toMatchObject({
    result: 'fail',
    detail: expect.stringMatching(
      /^AWS_CONFIG_FILE: this shell reads ~\/work files\/config, chromium ~\/other\.$/i,
    ),
    next: expect.stringMatching(
      /^restart chromium, from a desktop or shell that does not name other files$/i,
    ),
  });
});
