import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shown } from '../../support/browsers/shown.ts';
import { type FirefoxStage, openFirefoxStage } from '../../support/firefox-stage.ts';
import { hostPids } from '../../support/home-files.ts';
import { until } from '../../support/until.ts';

export function noHostAtFirst(): void {
  describe('a Firefox of its own, in which awsher finds no host at first', () => {
    let stage: FirefoxStage;
    beforeAll(async () => {
      stage = await openFirefoxStage({
        install: false,
        prefs: { 'extensions.background.idle.timeout': 2_000 },
      });
    });
    afterAll(() => stage?.close());
    const welcomePages = async () => (await stage.tabs()).filter((url) => url.includes('/welcome/')).length;

    it('opens the welcome page by itself', async () => {
      await until(async () => (await welcomePages()) === 1, 60_000);
    });

    it('has its event page asleep, tells in the popup what to type, and stays awake while it has one', async () => {
      await until(async () => (await stage.backgroundState()) === 'stopped');
      const popup = await stage.openView('popup/popup.html');
      await shown(popup, '::-p-text(awsher install --browser firefox)');
      // An open popup is no reason for Firefox to keep it awake: it may have slept and been woken again meanwhile.
      await until(async () => (await stage.backgroundState()) === 'running');
      // Before there is one: afterwards the link's own tries may come first, and then there is no button any more.
      await popup.locator('.host-view button').click();
      await stage.install('--browser', 'firefox');
      await until(() => hostPids(stage.home).length === 1);
      await popup.close();
      const [host] = hostPids(stage.home);
      // Firefox' idle timer has run out twice, and found the host.
      await stage.privileged(`
      let times = 0;
      await new Promise((resolve) => extension.on("background-script-reset-idle", (_, { reason }) => {
        if (reason === "nativeapp" && ++times === 2) resolve();
      }));`);
      expect(await stage.backgroundState()).toBe('running');
      expect(hostPids(stage.home)).toEqual([host]);
      expect(await welcomePages()).toBe(1);
    });

    it('with no window but private ones signs in by a normal window of its own, which comes and goes', async () => {
      await stage.signedInToPortal();
      await stage.onlyPrivateWindows();
      expect(await stage.windows('open')).toBe('private');
      const { code, stderr } = await stage.line('login', ...stage.corp).finished;
      expect({ code, stderr }).toMatchObject({ code: 0 });
      await until(async () => (await stage.windows('open')) === 'private');
      expect(await stage.windows('opened')).toBe('normal');
    });
  });
}
