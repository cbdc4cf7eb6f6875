import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { signIn } from '../support/browsers/person.ts';
import { tokenFiles } from '../support/home-files.ts';
import { openStage, type Stage } from '../support/stage.ts';
import { until } from '../support/until.ts';

/**
 * The welcome page in a real Chromium, with a real host: it opens when nobody else could, and leads to the first token. When
 * it opens, and when not: test/extension/background/signs/first-run.test.ts. In Firefox: firefox.test.ts.
 */

let stage: Stage;
afterEach(() => stage?.close());

const welcomePages = (): Page[] =>
  stage.browser.context.pages().filter((page) => page.url().includes('/welcome/'));

/** The welcome page, as soon as the extension has opened it by itself. */
async function opened(): Promise<Page> {
  await until(() => welcomePages().length === 1, 60_000);
  const [page] = welcomePages();
  if (!page) throw new Error('it is closed again');
  return page;
}

const install = () =>
  stage.awsher('install', '--browser', 'chromium', '--user-data-dir', join(stage.home, 'profile'));

describe('the welcome page', () => {
  it('without a host opens by itself, sees it come, and one field, one choice and the passkey lead to the first token', async () => {
    stage = await openStage({ passkey: true, install: false });
    const { idc, home, browser, passkey } = stage;
    const page = await opened();
    await page
      .locator('code', { hasText: 'npm install -g awsher && awsher install --browser chromium' })
      .waitFor();
    expect(await page.locator('[aria-current=step] h2').textContent()).toBe('Connect your terminal');

    // Nobody touches the page: it goes on when the command was run.
    expect((await install()).code).toBe(0);
    const began = performance.now();
    const did: string[] = [];
    const field = page.locator('[aria-current=step] #startUrl');
    await field.waitFor();
    expect(await page.locator('.step-done .step-outcome').first().textContent()).toContain(
      'Connected to awsher',
    );
    expect(await page.title()).toBe('Add your access portal · awsher');
    // The step has taken the focus to its heading or field; nothing else there has to be filled in.
    expect(await page.locator('[aria-current=step] input:visible').count()).toBe(1);
    await field.fill(idc.startUrl);
    await field.press('Enter');
    did.push('field');

    const button = page.getByRole('button', { name: /^Sign in / });
    await button.waitFor();
    const signInPage = browser.nextPage();
    await button.click();
    did.push('choice');
    const portal = await signInPage;
    await page.getByText('Your turn').waitFor();
    await portal.waitForSelector('#sign-in-with-passkey');
    await signIn(portal, passkey);
    did.push('passkey');
    await page.getByRole('heading', { name: 'Your terminal is signed in' }).waitFor();
    await page.locator('code', { hasText: 'awsher profiles sync' }).waitFor();
    expect(await tokenFiles(home)).toHaveLength(1);
    // Name and region were found, and are what the terminal takes.
    expect(await readFile(join(home, '.aws/config'), 'utf8')).toMatch(
      /\[sso-session [\w-]+\]\nsso_start_url = .*\nsso_region = us-east-1\n/,
    );
    expect(did).toEqual(['field', 'choice', 'passkey']);
    const seconds = Math.round((performance.now() - began) / 1000);
    expect(seconds, `${seconds} s from the installed command to the token`).toBeLessThan(60);
  });
});
