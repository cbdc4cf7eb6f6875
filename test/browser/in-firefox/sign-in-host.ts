import { describe, expect, it } from 'vitest';
import { shown } from '../../support/browsers/shown.ts';
import { foreignCode } from '../../support/foreign-code.ts';
import { keptFirefox } from '../../support/kept-firefox.ts';
import { noticeIsOver } from '../../support/notice.ts';
import { sharedStage } from '../../support/shared-stage.ts';
import { until } from '../../support/until.ts';

export function signInHost(): void {
  describe("a code on AWS's sign-in host, in Firefox", () => {
    const nextStage = sharedStage(() =>
      keptFirefox(false, { verification: 'sign-in-host', completeAddress: false }),
    );

    it('waits for the person; with their permission it is approved, and a stranger’s gets the notice', async (test) => {
      const stage = await nextStage(test);
      const { idc, firefox } = stage;
      await stage.signedInToPortal();
      const login = stage.line('login', ...stage.corp);
      await login.until(/Approve it yourself in the browser tab/);
      expect(idc.count('AcceptUserCode')).toBe(0);
      const popup = await stage.openView('popup/popup.html');
      await (await shown(popup, '::-p-aria([name="Allow"][role="button"])')).click();
      const { code, stderr } = await login.finished;
      expect({ code, stderr }).toMatchObject({ code: 0 });
      expect([idc.count('AcceptUserCode'), idc.count('DecideConsent')]).toEqual([1, 1]);
      const tab = await firefox.browser.newPage();
      const { url } = await foreignCode(idc);
      await tab.goto(url);
      await until(() => noticeIsOver(tab));
      expect(await stage.judged('signin.aws')).toEqual(['left']);
      expect(idc.count('AcceptUserCode')).toBe(1);
    });
  });
}
