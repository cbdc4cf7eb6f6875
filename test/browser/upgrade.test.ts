import { execFile } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type DrivenChromium, launchChromium } from '../support/browsers/chromium.ts';
import { type Ground, openGround } from '../support/ground.ts';
import { hostPids } from '../support/home-files.ts';
import { buildOldPackage, hasOldSources, OLD_VERSION, type OldPackage } from '../support/old-package.ts';
import { EXTENSION } from '../support/stage.ts';
import { until } from '../support/until.ts';

/** Command, host and extension are brought up to date one after the other, and never at once. SKIP in a shallow clone. */
describe.skipIf(!hasOldSources)('an upgrade', () => {
  let old: OldPackage;
  let ground: Ground;
  let browser: DrivenChromium | undefined;
  beforeAll(() => {
    old = buildOldPackage();
  });
  afterEach(async () => {
    await browser?.close();
    browser = undefined;
    await ground?.clear();
  });
  afterAll(() => old?.remove());

  const profile = () => join(ground.home, 'profile');
  const target = () => ['install', '--browser', 'chromium', '--user-data-dir', profile()];
  const oldCommand = (...args: string[]) =>
    promisify(execFile)(process.execPath, [old.command, ...args], { env: ground.env, cwd: ground.home });

  async function start(extensionDir: string): Promise<void> {
    const { idc, home } = ground;
    browser = await launchChromium({ idc, home, userDataDir: profile(), extensionDir, env: idc.endpoints });
    await browser.context.addCookies([idc.portalCookie()]);
    await until(() => hostPids(home).length === 1);
  }

  /** The version that the running host writes beside its socket. */
  const hostVersions = (): string[] => {
    const run = join(ground.home, '.local/state/awsher/run');
    return readdirSync(run)
      .filter((name) => name.endsWith('.json'))
      .map((name) => JSON.parse(readFileSync(join(run, name), 'utf8')).version);
  };
  const login = (...more: string[]) => ground.awsher('login', ...ground.corp, ...more);
  const pageOf = async (name: string) => {
    const { id } = (await browser?.extension()) ?? { id: '' };
    const page = await browser?.context.newPage();
    await page?.goto(`chrome-extension://${id}/${name}`);
    return page;
  };

  it('new command, old host, old extension: it signs in, and the next host is the new one; with that, it signs in from the terminal, and the window shows it', async () => {
    ground = await openGround();
    await oldCommand(...target());
    await start(old.extension);
    expect(hostVersions()).toEqual([OLD_VERSION]);
    const doctor = await ground.awsher('doctor');
    expect(doctor.stdout).toMatch(new RegExp(`still runs awsher ${OLD_VERSION}`));
    // At once, while the old host makes room.
    const { code, stderr, stdout } = await login('--timeout', '60');
    expect(`${code} ${stderr}`).toMatch(/^0 /);
    expect(stdout).toContain('signed in to corp');
    // The old host had seen a newer command and ended; the launcher had been written again meanwhile.
    await until(() => hostVersions().length === 1 && hostVersions()[0] !== OLD_VERSION, 60_000);
    expect((await login('--force')).code).toBe(0);
    // The new host tells more of a session than the old extension knows: as whom.
    const [account] = ground.idc.accounts;
    const profile = `\n[profile dev]\nsso_session = corp\nsso_account_id = ${account?.accountId}\nsso_role_name = ${account?.roles[0]}\nregion = us-east-1\n`;
    appendFileSync(join(ground.home, '.aws/config'), profile);
    expect((await ground.awsher('whoami', '--profile', 'dev')).code).toBe(0);
    expect((await login()).stdout).toMatch(/ as \S+@/);
    const popup = await pageOf('popup/popup.html');
    await popup?.waitForSelector('text=corp');
    expect(await popup?.textContent('body')).toMatch(/until/i);
  });

  it('new extension, old host: says what to update before any page opens, and the new command heals it; then the old command signs in', async () => {
    ground = await openGround();
    await oldCommand(...target());
    await start(EXTENSION);
    const popup = await pageOf('popup/popup.html');
    await popup?.waitForSelector('text=Connected');
    const { code, stderr } = await login();
    expect(`${code} ${stderr}`).toMatch(/^1 .*\[PROTOCOL_MESSAGE\]\n.*to the same version/);
    await until(() => hostVersions().length === 1 && hostVersions()[0] !== OLD_VERSION, 60_000);
    await popup?.waitForSelector('text=Connected');
    expect((await login()).code).toBe(0);
    const { stdout } = await oldCommand('login', ...ground.corp, '--force');
    expect(stdout).toContain('signed in to corp');
    // An old command does not make a new host go.
    expect(hostVersions()).not.toContain(OLD_VERSION);
  });
});
