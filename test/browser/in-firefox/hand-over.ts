import { afterEach, describe, expect, it } from 'vitest';
import { shown } from '../../support/browsers/shown.ts';
import { startOpener, startPkce, type Tool } from '../../support/clients/run.ts';
import type { FirefoxStage } from '../../support/firefox-stage.ts';
import { foreignCode } from '../../support/foreign-code.ts';
import { keptFirefox } from '../../support/kept-firefox.ts';
import { sharedStage } from '../../support/shared-stage.ts';
import { until } from '../../support/until.ts';

export function handOver(): void {
  describe('a hand-over in Firefox', () => {
    let stage: FirefoxStage;
    const tools: Tool[] = [];
    const use = (tool: Tool): Tool => {
      tools.push(tool);
      return tool;
    };
    afterEach(() => {
      for (const { child } of tools.splice(0)) child.kill();
    });
    const nextStage = sharedStage(() => keptFirefox());

    it('PKCE and a device code complete untouched, in tabs that are never in front', async (test) => {
      stage = await nextStage(test);
      await stage.signedInToPortal();
      const tabs = (await stage.tabs()).length;
      await stage.watchTabs();
      const { code, stderr } = await use(await startPkce(stage, ['aws', 'sso', 'login'])).finished;
      expect({ code, stderr }).toMatchObject({ code: 0 });
      await until(async () => (await stage.tabs()).length === tabs);
      const device = await foreignCode(stage.idc);
      await use(await startOpener(stage, ['aws', 'sso', 'login'], device.url)).finished;
      await until(async () => (await stage.tabs()).length === tabs && stage.idc.count('DecideConsent') === 2);
      expect(await device.redeem()).toMatchObject({ tokenType: 'Bearer' });
      expect(await stage.watchedTabs()).toEqual(['opened behind', 'closed', 'opened behind', 'closed']);
    });

    it("is asked about where an administrator's policy says so, the first one after the installation too", async (test) => {
      stage = await nextStage(test);
      await stage.manage({ ask: true });
      test.onTestFinished(() => stage.manage(null));
      await stage.signedInToPortal();
      const opened = stage.firefox.nextPage();
      use(await startPkce(stage, ['aws', 'sso', 'login']));
      const dialog = await opened;
      await shown(dialog, '#approve');
      expect(stage.idc.count('Authorize')).toBe(0);
    });

    it('without a known sign-in command it asks first', async (test) => {
      stage = await nextStage(test);
      await stage.signedInToPortal();
      const opened = stage.firefox.nextPage();
      const login = use(await startPkce(stage, ['company-login']));
      const dialog = await opened;
      await shown(dialog, '#approve');
      expect(stage.idc.count('Authorize')).toBe(0);
      await new Promise((resolve) => setTimeout(resolve, 700));
      await dialog.click('#approve').catch(() => {});
      expect((await login.finished).code).toBe(0);
    });
  });
}
