import { copyFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shown } from '../../support/browsers/shown.ts';
import { type KeptFirefox, keptFirefox } from '../../support/kept-firefox.ts';
import { buildViews } from '../../support/views/build.ts';
import { serveViews } from '../../support/views/server.ts';

const LOCALES = new URL('../../../extension/_locales/', import.meta.url).pathname;

export function notice(): void {
  describe('notice in Firefox, as a content script', () => {
    let folder: string;
    let stage: KeptFirefox | undefined;
    let addOn: string;
    let server: Awaited<ReturnType<typeof serveViews>> | undefined;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'awsher-notice-'));
      const views = join(folder, 'views');
      const extension = join(folder, 'extension');
      await buildViews(views);
      server = await serveViews(views);
      await mkdir(extension);
      await cp(LOCALES, join(extension, '_locales'), { recursive: true });
      await copyFile(join(views, 'notice-content.js'), join(extension, 'content.js'));
      const manifest = {
        manifest_version: 3,
        name: 'notice',
        version: '1.0',
        default_locale: 'en',
        browser_specific_settings: { gecko: { id: 'notice@test.invalid' } },
        host_permissions: ['http://127.0.0.1/*'],
        content_scripts: [{ js: ['content.js'], matches: ['http://127.0.0.1/*'] }],
      };
      await writeFile(join(extension, 'manifest.json'), JSON.stringify(manifest));
      stage = await keptFirefox();
      addOn = await stage.firefox.browser.installExtension(extension);
    });
    afterAll(async () => {
      await stage?.firefox.browser.uninstallExtension(addOn);
      await stage?.leave();
      await server?.close();
      await rm(folder, { recursive: true, force: true });
    });

    it('is drawn over a page with a strict policy, keeps its button out of reach, and takes a choice', async () => {
      const page = await stage?.firefox.browser.newPage();
      if (!page || !server) throw new Error('no browser');
      await page.setViewport({ width: 1000, height: 700 });
      await page.goto(`${server.origin}/portal`);
      await shown(page, 'html[data-drawn]');
      const read = () =>
        page.evaluate(() => {
          const box = document.querySelector('#cli_verification_btn')?.getBoundingClientRect();
          const found = box && document.elementFromPoint(box.x + 5, box.y + 5);
          return {
            drawn: document.documentElement.dataset.drawn,
            title: document.documentElement.dataset.title,
            choice: document.documentElement.dataset.choice,
            hit: found?.parentElement === document.documentElement ? 'notice' : found?.id,
          };
        });
      expect(await read()).toEqual({
        drawn: '6px 1000px 700px',
        title: "Don't approve this sign-in",
        choice: undefined,
        hit: 'notice',
      });
      await page.evaluate(() => document.querySelector('dialog')?.showModal());
      await expect.poll(async () => (await read()).hit).toBe('notice');
      for (let press = 0; press < 3; press++) await page.keyboard.press('Escape');
      await expect.poll(async () => (await read()).hit).toBe('notice');
      await page.keyboard.press('Enter');
      await expect.poll(async () => (await read()).choice).toBe('leave');
      const picture = process.env.AWSHER_TEST_PICTURES;
      if (picture) await page.screenshot({ path: join(picture, 'notice-firefox.png') });
    });
  });
}
