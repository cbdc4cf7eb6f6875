import { describe, expect, it } from 'vitest';
import { tokenFiles } from '../support/home-files.ts';
import { ownStage } from '../support/own-stage.ts';
import { until } from '../support/until.ts';

describe('a sign-in by PKCE', () => {
  it.for(['page', 'oidc'] as const)(
    'with the portal session alive; the last hop: %s',
    async (lastHop, test) => {
      const stage = await ownStage(test, { signedIn: true, center: { lastHop } });
      const { idc, browser, home } = stage;
      const tabs = browser.context.pages().length;
      const login = stage.start('login', ...stage.corp, '--flow', 'pkce', '--json', '--verbose');
      const { code, stdout, stderr } = await login.finished;
      expect({ code, stderr }).toMatchObject({ code: 0 });
      expect(JSON.parse(stdout)).toMatchObject({ how: 'browser', flow: 'pkce' });
      expect(idc.count('DecideConsent')).toBe(1);
      expect(idc.count('CreateToken')).toBe(1);
      expect(idc.deviceCodes).toEqual([]);
      expect(await tokenFiles(home)).toHaveLength(1);
      await until(() => browser.context.pages().length === tabs);
    },
  );
});
