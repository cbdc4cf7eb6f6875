import { describe, expect, it } from 'vitest';
import { foreignCode } from '../../support/foreign-code.ts';
import type { HostileBrowser, HostileStage } from '../../support/hostile.ts';
import { noticeIsOver } from '../../support/notice.ts';
import { sharedStage } from '../../support/shared-stage.ts';
import { until } from '../../support/until.ts';

type Case = readonly [name: string, play: (stage: HostileStage) => Promise<void>];

/** What every browser plays. */
const CASES: readonly Case[] = [
  [
    'is not pressed, is in no list, and gets a full-page notice',
    async (stage) => {
      const { idc } = stage;
      await stage.signedInToPortal();
      const { url, redeem, userCode } = await foreignCode(stage.idc);
      const tab = await stage.newTab();
      await tab.goto(url);
      await tab.waitFor('#cli_verification_btn');
      await until(() => noticeIsOver(tab));
      expect(await stage.judged(userCode)).toEqual(['left']);
      expect(idc.count('AcceptUserCode')).toBe(0);
      await expect(redeem()).rejects.toMatchObject({ name: 'AuthorizationPendingException' });
      expect(await stage.stored()).not.toContain(userCode);
      // The button under the notice cannot be reached.
      await tab.clickAt('#cli_verification_btn');
      // What the page asks AWS for after that click comes after what the click has asked for.
      const asked = idc.count('PortalPage');
      await tab.evaluate(async () => void (await fetch(location.pathname)));
      await until(() => idc.count('PortalPage') > asked);
      expect(idc.count('AcceptUserCode')).toBe(0);
    },
  ],
];

/** What is decided by code that knows no browser. Firefox: in-firefox/hostile.ts has a stranger's code beside ours. */
const ANYWHERE: readonly Case[] = [
  [
    'beside a sign-in of our own: ours is approved, the stranger is not',
    async (stage) => {
      await stage.signedInToPortal();
      const foreign = await foreignCode(stage.idc);
      const tab = await stage.newTab();
      await tab.goto(foreign.url);
      const { code } = await stage.line('login', ...stage.corp).finished;
      expect(code).toBe(0);
      await until(() => noticeIsOver(tab));
      await expect(foreign.redeem()).rejects.toMatchObject({ name: 'AuthorizationPendingException' });
    },
  ],
  [
    'a code that our own command printed raises no alarm and is left to the person',
    async (stage) => {
      const { idc } = stage;
      await stage.signedInToPortal();
      const login = stage.line('login', ...stage.corp, '--no-browser');
      await login.until(/Code/);
      const [device] = idc.deviceCodes;
      const tab = await stage.newTab();
      await tab.goto(`${idc.startUrl}/#/device?user_code=${device?.userCode}`);
      await tab.waitFor('#cli_verification_btn');
      expect(await stage.judged(device?.userCode ?? '')).toEqual(['left']);
      expect(idc.count('AcceptUserCode')).toBe(0);
      expect(await noticeIsOver(tab)).toBe(false);
      await tab.clickAt('#cli_verification_btn');
      await tab.waitFor('[data-testid="allow-access-button"]');
      await tab.clickAt('[data-testid="allow-access-button"]');
      expect((await login.finished).code).toBe(0);
    },
  ],
];

export function foreignCodeIn(browser: HostileBrowser): void {
  describe(`a code that nobody on this computer asked for, in ${browser.browser}`, () => {
    const nextStage = sharedStage(() => browser.open());

    // Skipped only where this browser is not installed; `npm test` installs it where it may (scripts/test.mjs).
    it.skipIf(!browser.installed).for(browser.browser === 'chromium' ? [...CASES, ...ANYWHERE] : CASES)(
      '%s',
      async ([, play], test) => {
        await play(await nextStage(test));
      },
    );
  });
}
