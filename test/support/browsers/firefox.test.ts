import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type IdentityCenter, startIdentityCenter } from '../identity-center/index.ts';
import { findFirefox } from './find.ts';
import { type DrivenFirefox, enrolPasskey, launchFirefox } from './firefox.ts';
import { writeProbeExtension } from './probe-extension.ts';

// Skipped only where Firefox is not installed; `npm test` installs it where it may.
describe.skipIf(findFirefox() === null)('a real Firefox on the production host names', () => {
  let home: string;
  let idc: IdentityCenter;
  let firefox: DrivenFirefox | null;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'awsher-firefox-'));
    idc = await startIdentityCenter({ blankMs: 50 });
    firefox = null;
  });
  afterEach(async () => {
    await firefox?.close();
    await idc.close();
    await rm(home, { recursive: true, force: true });
  });

  it('signs in with a passkey, and loads an extension whose script runs on the portal', async () => {
    const extensionDir = join(home, 'extension');
    await writeProbeExtension(extensionDir, 'firefox');
    firefox = await launchFirefox({ idc, home, extensionDir, extensionId: 'probe@example.com' });
    await enrolPasskey(firefox.browser, idc.enrolUrl);
    const page = await firefox.browser.newPage();
    await page.goto(idc.startUrl);
    await page.waitForSelector('#sign-in-with-passkey');
    idc.options.blankMs = 1000;
    await page.click('#sign-in-with-passkey');
    await page.waitForSelector('html[data-extension="here"]');
    await page.waitForSelector('::-p-text(Welcome, Ana)');
    expect(page.url()).toBe(`${idc.startUrl}/`);

    const opening = firefox.nextPage();
    await page.evaluate(() => void window.open('/start/#/device?user_code=AAAA-BBBB'));
    const opened = await opening;
    await opened.waitForSelector('#user-code');
    await opened.goto('https://example.com/').catch(() => null);
    expect(firefox.proxy.refused).toContain('example.com');
    expect(idc.unexpected).toEqual([]);
  });
});
