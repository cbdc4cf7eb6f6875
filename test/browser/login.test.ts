import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { signIn } from '../support/browsers/person.ts';
import { tokenFiles } from '../support/home-files.ts';
import { ownStage } from '../support/own-stage.ts';
import { until } from '../support/until.ts';

describe('a terminal sign-in', () => {
  it('from a signed-out browser: passkey, confirm, allow, one token, tab closed', async (test) => {
    const stage = await ownStage(test, { passkey: true });
    const { browser, passkey, idc, home } = stage;
    const config = '# mine\r\n[profile old]\r\nregion = eu-west-1 \r\n';
    await mkdir(join(home, '.aws'), { mode: 0o755 });
    await writeFile(join(home, '.aws/config'), config);
    const tabs = browser.context.pages().length;
    const opened = browser.nextPage();
    const login = stage.start('login', ...stage.corp);
    const page = await opened;
    await page.waitForSelector('#sign-in-with-passkey');
    await login.until(/Sign in on the page now in front/);
    await signIn(page, passkey);
    const { code, stdout } = await login.finished;
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^✓ signed in to corp \(corp\.awsapps\.com\), until (tomorrow )?\d\d:\d\d, renews automatically until .*\n$/,
    );

    expect(idc.count('CreateToken', { status: 200 })).toBe(1);
    expect(idc.count('CreateToken')).toBe(1);
    expect(idc.unexpected).toEqual([]);
    await until(() => browser.context.pages().length === tabs);
    const section = `\r\n[sso-session corp]\r\nsso_start_url = ${idc.startUrl}\r\nsso_region = us-east-1\r\nsso_registration_scopes = sso:account:access\r\n`;
    expect(await readFile(join(home, '.aws/config'), 'utf8')).toBe(`${config}${section}`);
    const [file] = await tokenFiles(home);
    expect(file?.name).toBe('ee0bfd2552fbd840c02cc48b6e823320543c450f.json');
    expect(file?.mode).toBe(0o600);
    const date = '"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"';
    expect(file?.text).toMatch(
      new RegExp(
        `^\\{"startUrl": "${idc.startUrl}", "region": "us-east-1", "accessToken": "[^"]+", "expiresAt": ${date}, "clientId": "[^"]+", "clientSecret": "[^"]+", "registrationExpiresAt": ${date}, "refreshToken": "[^"]+"\\}$`,
      ),
    );
    expect((await stat(join(home, '.aws/sso/cache'))).mode & 0o777).toBe(0o700);

    // From the cache, without any request.
    const before = idc.requests.length;
    const again = await stage.awsher('login', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ session: 'corp', how: 'cached', browser: null });
    expect(idc.requests.length).toBe(before);
  });

  it('with the portal session alive: an inactive tab comes and goes, nothing comes to the front', async (test) => {
    const stage = await ownStage(test, { signedIn: true });
    const { browser, idc } = stage;
    const { worker } = await browser.extension();
    await worker.evaluate(() => {
      const seen: string[] = [];
      Object.assign(globalThis, { seen });
      chrome.tabs.onActivated.addListener(() => seen.push('activated'));
      chrome.windows.onFocusChanged.addListener(() => seen.push('focus'));
      chrome.tabs.onCreated.addListener((tab) => seen.push(`created ${tab.active ? 'active' : 'inactive'}`));
      chrome.tabs.onRemoved.addListener(() => seen.push('removed'));
    });
    for (const expected of [1, 2]) {
      const { code } = await stage.line('login', ...stage.corp, '--force').finished;
      expect(code).toBe(0);
      expect(idc.count('CreateToken', { status: 200 })).toBe(expected);
    }
    expect(idc.count('CreateToken')).toBe(2);
    // The registration was kept.
    expect(idc.count('RegisterClient')).toBe(1);
    const seen = (): Promise<string[]> => worker.evaluate(() => Reflect.get(globalThis, 'seen'));
    // The command may end before the browser has told of its tab's end.
    await until(async () => (await seen()).filter((one) => one === 'removed').length === 2);
    expect(await seen()).toEqual(['created inactive', 'removed', 'created inactive', 'removed']);
  });

  it('is shared by every terminal that asks: one tab, one token, everyone gets the answer', async (test) => {
    const stage = await ownStage(test, { passkey: true });
    const { browser, idc, passkey } = stage;
    const opened = browser.nextPage();
    const logins = Array.from({ length: 10 }, () => stage.line('login', ...stage.corp, '--json'));
    const page = await opened;
    await page.waitForSelector('#sign-in-with-passkey');
    await Promise.all(logins.map((login) => login.until(/Sign in on the page|Another terminal/)));
    // One that leaves takes nobody with it.
    logins[0]?.interrupt();
    expect((await logins[0]?.finished)?.code).toBe(130);
    await signIn(page, passkey);
    for (const login of logins.slice(1)) {
      const { code, stdout } = await login.finished;
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ session: 'corp', how: 'browser' });
    }
    expect(idc.count('StartDeviceAuthorization')).toBe(1);
    expect(idc.count('CreateToken')).toBe(1);
  });
});

describe('a sign-in that does not come to its end', () => {
  it('Ctrl-C: exit 130, the tab closes, nothing is written', async (test) => {
    const stage = await ownStage(test);
    const { browser, home } = stage;
    const tabs = browser.context.pages().length;
    const login = stage.start('login', ...stage.corp);
    await login.until(/Sign in on the page/);
    login.child.kill('SIGINT');
    const { code, stdout, stderr } = await login.finished;
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toContain('Interrupted. [INTERRUPTED]');
    await until(() => browser.context.pages().length === tabs);
    expect(await tokenFiles(home)).toEqual([]);
    await expect(stat(join(home, '.aws/config'))).rejects.toThrow();
  });

  it('the person closes the tab: exit 3', async (test) => {
    const stage = await ownStage(test);
    const opened = stage.browser.nextPage();
    const login = stage.line('login', ...stage.corp);
    const page = await opened;
    await login.until(/Sign in on the page/);
    await page.close();
    const { code, stderr } = await login.finished;
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /The sign-in was canceled\. \[SIGN_IN_CANCELLED\]\n {2}→ run `awsher login corp` to start again/,
    );
  });
});
