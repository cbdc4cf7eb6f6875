import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shown } from '../../support/browsers/shown.ts';
import type { Options } from '../../support/identity-center/options.ts';
import { keptFirefox } from '../../support/kept-firefox.ts';
import { setUpSaml } from '../../support/saml-stage.ts';
import { sharedStage } from '../../support/shared-stage.ts';
import { until } from '../../support/until.ts';

/**
 * What Firefox hands over of a post, in its own way; and one that the host refuses. Every other one: saml-hostile.test.ts in Chromium,
 * test/native-host/features/saml/assertion.test.ts.
 */
const BAD: readonly (readonly [Partial<Options>, string])[] = [
  [{ samlForm: 'none' }, '[SAML_INVALID]'],
  [{ samlForm: 'two' }, '[SAML_INVALID]'],
  [{ samlFault: 'long' }, '[SAML_INVALID]'],
  [{ samlFault: 'expired' }, '[SAML_EXPIRED]'],
];

/** Every file below the folders, by its path. */
function readFiles(...folders: string[]): Record<string, string> {
  const entries = folders.flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }));
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file, readFileSync(file, 'utf8')]),
  );
}

export function saml(): void {
  describe('SAML in Firefox', () => {
    const nextStage = sharedStage(() => keptFirefox(true));

    it('asks for the permission, uses the passkey, and takes the one response of its own tab', async (test) => {
      const stage = await nextStage(test);
      await setUpSaml(stage);
      const tabs = (await stage.tabs()).length;
      const asking = stage.firefox.nextPage();
      const login = stage.line('saml', 'login', 'corp', '--role', 'Admin');
      await login.until(/Press Allow in the browser tab in front/);
      const permission = await asking;
      await shown(permission, '.button-main');
      const opened = stage.firefox.nextPage();
      await permission.click('.button-main');
      const page = await opened;
      await login.until(/Sign in on the page/);
      await shown(page, '#sign-in-with-passkey');
      await page.click('#sign-in-with-passkey').catch(() => {});
      expect(await login.finished).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^✓ signed in to corp as ana@example\.com: Admin in 111122223333/),
      });
      await until(async () => (await stage.tabs()).length === tabs);

      // Armed again, another tab posts: nothing of it is read, and ours is.
      Object.assign(stage.idc.options, { samlForm: 'waits' });
      const again = stage.firefox.nextPage();
      const second = stage.line('saml', 'login', 'corp', '--role', 'ReadOnly', '--profile', 'second');
      const ours = await again;
      await shown(ours, 'form');
      Object.assign(stage.idc.options, { samlForm: 'usual' });
      const before = stage.idc.count('SamlSignIn');
      const other = await stage.firefox.browser.newPage();
      await other.goto(stage.idc.samlStartUrl, { waitUntil: [] });
      await until(() => stage.idc.count('SamlSignIn') === before + 1);
      expect(second.code()).toBeNull();
      await ours.evaluate(() => document.forms[0]?.submit()).catch(() => {});
      expect(await second.finished).toMatchObject({ code: 0, stdout: expect.stringContaining('ReadOnly') });
      expect(readFileSync(join(stage.home, '.aws/config'), 'utf8')).toContain('[profile second]');

      // What a hostile or broken identity provider posts: a clear error each time, and nothing written.
      const written = () => readFiles(join(stage.home, '.aws'), join(stage.home, '.local/state/awsher/saml'));
      Object.assign(stage.idc.options, { samlForm: 'usual' });
      const good = stage.line('saml', 'login', 'corp', '--role', 'ReadOnly', '--profile', 'third');
      expect(await good.finished).toMatchObject({ code: 0 });
      const files = written();
      const assumed = stage.idc.count('AssumeRoleWithSAML');
      for (const [options, code] of BAD) {
        Object.assign(stage.idc.options, { samlForm: 'usual', samlFault: null }, options);
        const bad = stage.line('saml', 'login', 'corp', '--role', 'ReadOnly', '--profile', 'third');
        expect(await bad.finished).toMatchObject({
          code: 1,
          stdout: '',
          stderr: expect.stringContaining(code),
        });
      }
      expect(written()).toEqual(files);
      expect(stage.idc.count('AssumeRoleWithSAML')).toBe(assumed);
    });
  });
}
