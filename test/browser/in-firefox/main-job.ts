import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shown } from '../../support/browsers/shown.ts';
import { hostPids, tokenFiles } from '../../support/home-files.ts';
import { keptFirefox } from '../../support/kept-firefox.ts';
import { sharedStage } from '../../support/shared-stage.ts';
import { until } from '../../support/until.ts';

export function mainJob(): void {
  describe('the main job in Firefox', () => {
    const nextStage = sharedStage(() => keptFirefox(true));

    describe('a terminal sign-in in Firefox', () => {
      it('from a signed-out browser: passkey, confirm, allow, one token, tab closed; then without a person, in a tab that is never in front', async (test) => {
        const stage = await nextStage(test);
        const { idc, home, firefox } = stage;
        const tabs = await stage.tabs();
        const icon = () =>
          stage.privileged(
            'return extension.apiManager.global.browserActionFor(extension).action.globals.icon[16];',
          );
        await until(async () => String(await icon()).endsWith('/icons/grey-16.png'));
        const opened = firefox.nextPage();
        const login = stage.start('login', ...stage.corp);
        const page = await opened;
        await shown(page, '#sign-in-with-passkey');
        await login.until(/Sign in on the page now in front/);
        await page.click('#sign-in-with-passkey');
        const { code, stdout } = await login.finished;
        expect(code).toBe(0);
        expect(stdout).toMatch(
          /^✓ signed in to corp \(corp\.awsapps\.com\), until (tomorrow )?\d\d:\d\d, renews/,
        );
        await until(async () => String(await icon()).endsWith('/icons/16.png'));
        expect(idc.count('CreateToken', { status: 200 })).toBe(1);
        expect(idc.count('CreateToken')).toBe(1);
        await until(async () => (await stage.tabs()).length === tabs.length);
        const [file] = await tokenFiles(home);
        expect(file?.name).toBe('ee0bfd2552fbd840c02cc48b6e823320543c450f.json');
        expect(file?.mode).toBe(0o600);

        // The portal session lives now.
        await stage.watchTabs();
        for (const expected of [2, 3]) {
          const again = await stage.line('login', ...stage.corp, '--force', '--json').finished;
          expect(JSON.parse(again.stdout)).toMatchObject({ how: 'browser', browser: 'firefox' });
          expect(idc.count('CreateToken')).toBe(expected);
        }
        await until(async () => (await stage.tabs()).length === tabs.length);
        expect(await stage.watchedTabs()).toEqual(['opened behind', 'closed', 'opened behind', 'closed']);
        expect(idc.count('RegisterClient')).toBe(1);
        expect(idc.unexpected).toEqual([]);
        expect(firefox.proxy.refused.filter((host) => /amazon|aws/.test(host))).toEqual([]);
        // Nothing else leads out of this computer.
        await (await firefox.browser.newPage()).goto('https://example.com/').catch(() => null);
        expect(firefox.proxy.refused).toContain('example.com');
      });

      it('Ctrl-C: exit 130, the tab closes, nothing is written', async (test) => {
        const stage = await nextStage(test);
        const tabs = (await stage.tabs()).length;
        const login = stage.start('login', ...stage.corp);
        await login.until(/Sign in on the page/);
        login.child.kill('SIGINT');
        const { code, stdout } = await login.finished;
        expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
        await until(async () => (await stage.tabs()).length === tabs);
        expect(await tokenFiles(stage.home)).toEqual([]);
        await expect(stat(join(stage.home, '.aws/config'))).rejects.toThrow();
      });

      it('the host is killed: exit 1, nothing more is pressed, the next sign-in works', async (test) => {
        const stage = await nextStage(test);
        const { idc, home } = stage;
        const tabs = (await stage.tabs()).length;
        const login = stage.line('login', ...stage.corp);
        await login.until(/Sign in on the page/);
        for (const pid of hostPids(home)) process.kill(pid, 'SIGKILL');
        const { code, stderr } = await login.finished;
        expect(code).toBe(1);
        expect(stderr).toContain('[HOST_LOST]');
        await until(async () => (await stage.tabs()).length === tabs);
        expect(idc.count('CreateToken', { status: 200 })).toBe(0);
        await stage.signedInToPortal();
        expect((await stage.line('login', ...stage.corp).finished).code).toBe(0);
      });
    });

    describe('the event page', () => {
      it('is put to sleep in the middle: the sign-in goes on, with the same terminal', async (test) => {
        const stage = await nextStage(test);
        const { firefox, home } = stage;
        const opened = firefox.nextPage();
        const login = stage.line('login', ...stage.corp);
        const page = await opened;
        await login.until(/Sign in on the page/);
        const [before] = hostPids(home);
        await stage.stopBackground();
        await until(() => !hostPids(home).includes(before ?? 0));
        await page.click('#sign-in-with-passkey');
        const { code, stderr } = await login.finished;
        expect({ code, stderr }).toMatchObject({ code: 0 });
        expect(stage.idc.count('CreateToken', { status: 200 })).toBe(1);
      });
    });

    describe('the popup in Firefox', () => {
      it('authorizes the CLI without a terminal, and writes the config', async (test) => {
        const stage = await nextStage(test);
        const { idc, home } = stage;
        await stage.signedInToPortal();
        const options = await stage.openView('options/options.html');
        const type = async (label: string, text: string) =>
          (await shown(options, `::-p-aria(${label})`)).type(text);
        await type('Start URL', idc.startUrl);
        await options.click('form summary');
        await type('Region', 'us-east-1');
        await type('Name', 'corp');
        await options.keyboard.press('Enter');
        await shown(options, '::-p-text(corp.awsapps.com)');
        await options.close();
        const popup = await stage.openView('popup/popup.html');
        await (await shown(popup, '::-p-text(Authorize CLI)')).click();
        await until(async () => (await tokenFiles(home)).length === 1);
        await shown(popup, '::-p-text(Signed in)');
        expect(idc.count('CreateToken')).toBe(1);
        expect(await readFile(join(home, '.aws/config'), 'utf8')).toContain('[sso-session corp]');
      });
    });

    const OIDC = 'https://oidc.us-east-1.amazonaws.com/*';
    const PORTAL = 'https://*.awsapps.com/*';

    describe('host permissions that the person took back', () => {
      it('a terminal says so and waits; one click on one page, and it goes on', async (test) => {
        const stage = await nextStage(test);
        const { idc, firefox } = stage;
        await stage.signedInToPortal();
        const tabs = (await stage.tabs()).length;
        await stage.revoke(OIDC, PORTAL);
        const opened = firefox.nextPage();
        const login = stage.line('login', ...stage.corp);
        await login.until(/Press Allow in the browser tab in front/);
        expect(idc.count('RegisterClient')).toBe(0);
        const page = await opened;
        await (await shown(page, '::-p-text(Allow)')).click();
        const { code, stderr } = await login.finished;
        expect({ code, stderr }).toMatchObject({ code: 0 });
        await until(async () => (await stage.tabs()).length === tabs);
        expect(idc.count('CreateToken')).toBe(1);
      });

      it('the page closed without an answer: exit 3; the event page asleep meanwhile: the same page, the same end', async (test) => {
        const stage = await nextStage(test);
        const { firefox } = stage;
        await stage.signedInToPortal();
        await stage.revoke(PORTAL);
        const opened = firefox.nextPage();
        const login = stage.line('login', ...stage.corp);
        await login.until(/Press Allow/);
        await (await opened).close();
        const { code, stderr } = await login.finished;
        expect(code).toBe(3);
        expect(stderr).toContain('[SIGN_IN_CANCELLED]');

        const reopened = firefox.nextPage();
        const again = stage.line('login', ...stage.corp);
        await again.until(/Press Allow/);
        const page = await reopened;
        await shown(page, '::-p-text(Allow)');
        const tabs = (await stage.tabs()).length;
        await stage.stopBackground();
        await until(async () => (await stage.backgroundState()) === 'running');
        await until(() => hostPids(stage.home).length === 1);
        expect((await stage.tabs()).length).toBe(tabs);
        await (await shown(page, '::-p-text(Allow)')).click();
        expect((await again.finished).code).toBe(0);
      });

      it('a region that is newer than the manifest is asked for the same way', async (test) => {
        const stage = await nextStage(test);
        const { idc, firefox } = stage;
        const portal = idc.directories.find(({ region }) => region === 'au-farpoint-1');
        await stage.signedInToPortal();
        const opened = firefox.nextPage();
        const login = stage.line(
          'login',
          'far',
          '--start-url',
          portal?.startUrl ?? '',
          '--region',
          'au-farpoint-1',
        );
        await login.until(/Press Allow/);
        await (await shown(await opened, '::-p-text(Allow)')).click();
        const { code, stderr } = await login.finished;
        expect({ code, stderr }).toMatchObject({ code: 0 });
      });

      it('taken back in the middle: exit 1 with the reason, the tab closes; the popup asks for it', async (test) => {
        const stage = await nextStage(test);
        const tabs = (await stage.tabs()).length;
        const login = stage.line('login', ...stage.corp);
        await login.until(/Sign in on the page/);
        await stage.revoke(PORTAL);
        const { code, stderr } = await login.finished;
        expect(code).toBe(1);
        expect(stderr).toContain('[PERMISSION_MISSING]');
        await until(async () => (await stage.tabs()).length === tabs);
        const popup = await stage.openView('popup/popup.html');
        await (await shown(popup, '::-p-text(Allow)')).click();
        await until(async () => (await popup.$('::-p-text(withholds a permission)')) === null);
        await popup.close();
        await stage.signedInToPortal();
        expect((await stage.line('login', ...stage.corp).finished).code).toBe(0);
      });
    });
  });
}
