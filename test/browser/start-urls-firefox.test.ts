import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFirefox } from '../support/browsers/find.ts';
import { openFirefoxStage } from '../support/firefox-stage.ts';

// Skipped only where this Firefox is not installed; `npm test` installs it where it may (scripts/test.mjs).
describe.skipIf(findFirefox() === null)('a sign-in with nothing but a start URL, in Firefox', () => {
  it.each(['awsapps', 'instance', 'instance-dual-stack'] as const)('of the form %s', async (portalForm) => {
    const center = { region: 'eu-central-1', portalForm };
    const stage = await openFirefoxStage({ byName: true, passkey: true, center });
    try {
      const { idc, firefox, home } = stage;
      const opened = firefox.nextPage();
      const login = stage.start('login', 'corp', '--start-url', idc.startUrl);
      const page = await opened;
      await page.waitForSelector('#sign-in-with-passkey');
      await page.click('#sign-in-with-passkey');
      const { code, stderr } = await login.finished;
      expect({ code, stderr }).toMatchObject({ code: 0 });
      expect(await readFile(join(home, '.aws/config'), 'utf8')).toContain('sso_region = eu-central-1\n');
      const suffix = portalForm === 'instance-dual-stack' ? 'api.aws' : 'amazonaws.com';
      const apis = idc.requests.map(({ host }) => host).filter((host) => /^(oidc|portal\.sso)\./.test(host));
      expect(new Set(apis)).toEqual(
        new Set([`oidc.eu-central-1.${suffix}`, `portal.sso.eu-central-1.${suffix}`]),
      );
      expect(idc.unexpected).toEqual([]);
    } finally {
      await stage.close();
    }
  });
});
