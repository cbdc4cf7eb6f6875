import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeContainerAddOn } from '../../support/browsers/container-add-on.ts';
import { shown } from '../../support/browsers/shown.ts';
import type { FirefoxStage } from '../../support/firefox-stage.ts';
import { keptFirefox } from '../../support/kept-firefox.ts';
import { sharedStage } from '../../support/shared-stage.ts';
import { until } from '../../support/until.ts';

export function container(): void {
  describe('the console in Firefox', () => {
    let stage: FirefoxStage;
    const nextStage = sharedStage(() => keptFirefox());

    /** Every tab as Firefox has it: its container's name, if it is in one, and its address. */
    async function tabs(): Promise<{ container: string | null; url: string }[]> {
      const text = await stage.privileged(`
    const { ContextualIdentityService } = ChromeUtils.importESModule("resource://gre/modules/ContextualIdentityService.sys.mjs");
    return JSON.stringify([...gBrowser.tabs].map((tab) => {
      const identity = ContextualIdentityService.getPublicIdentityFromId(tab.userContextId);
      return { container: identity?.name ?? null, url: tab.linkedBrowser.currentURI.spec };
    }));`);
      return JSON.parse(String(text));
    }

    /** The question of Firefox itself, whether awsher may use the add-on: the person says yes. `false`: it is not there. */
    const allow = () =>
      stage.privileged(`
    for (const tab of gBrowser.tabs) {
      const [dialog] = gBrowser.getTabDialogBox(tab.linkedBrowser).getTabDialogManager().dialogs;
      const element = dialog?._frame?.contentDocument?.querySelector("dialog");
      if (!element?._buttons || element.getButton("accept").disabled) continue;
      element.acceptDialog();
      return true;
    }
    return false;`);

    it('opens in a container of the account when the person wants that, by an add-on', async (test) => {
      stage = await nextStage(test);
      const { home, idc, firefox } = stage;
      const addOn = join(home, 'add-on');
      await writeContainerAddOn(addOn);
      const addOnId = await firefox.browser.installExtension(addOn);
      test.onTestFinished(async () => {
        await stage.privileged(
          'for (const tab of gBrowser.tabs) if (tab.userContextId) gBrowser.removeTab(tab);',
        );
        await firefox.browser.uninstallExtension(addOnId);
      });
      await mkdir(join(home, '.aws'), { recursive: true });
      await writeFile(
        join(home, '.aws/config'),
        `[sso-session corp]\nsso_start_url = ${idc.startUrl}\nsso_region = us-east-1\n`,
      );
      await stage.signedInToPortal();
      expect((await stage.line('login', 'corp').finished).code).toBe(0);

      const openConsole = async () => {
        const popup = await stage.openView('popup/popup.html');
        await popup.locator('#tab-roles').click();
        await popup.locator('::-p-text(6 roles)').wait();
        await popup.locator('::-p-aria([role="combobox"])').fill('payments-prod readonly');
        await popup.keyboard.press('Enter');
      };
      const consoles = async () => (await tabs()).filter(({ url }) => url.includes('/#/console?'));
      await openConsole();
      await until(async () => (await consoles()).length === 1);
      expect((await consoles())[0]).toMatchObject({ container: null });

      const options = await stage.openView('options/options.html');
      await options.locator('::-p-aria([name="Open the console in a container for each account"])').click();
      await shown(options, '[aria-checked="true"][aria-describedby="consoleContainer-help"]');
      await openConsole();
      await until(async () => (await allow()) === true);
      await until(async () => (await consoles()).some(({ container }) => container !== null));
      const [inside] = (await consoles()).filter(({ container }) => container !== null);
      expect(inside?.container).toMatch(/^payments-prod \d{12}$/);
      expect(inside?.url).toContain(`account_id=${inside?.container?.slice(-12)}`);
      // The add-on's own page is gone, and nothing of the address is left in a tab.
      expect(
        (await tabs()).filter(({ url }) => /^(ext\+container|moz-extension:.*opener)/.test(url)),
      ).toEqual([]);
    });
  });
}
